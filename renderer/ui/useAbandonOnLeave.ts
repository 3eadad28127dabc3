import { type RefObject, useEffect, useRef } from 'react';

/**
 * For a picture that may leave the page while it loads: taking the element out does not stop its download,
 * taking its address does.
 */
export function useAbandonOnLeave(): RefObject<HTMLImageElement | null> {
  const image = useRef<HTMLImageElement>(null);
  useEffect(() => {
    const element = image.current;
    return () => element?.removeAttribute('src');
  }, []);
  return image;
}
