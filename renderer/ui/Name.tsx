import { visibleName } from '../i18n/directions.ts';

/** A name of a file, folder, tag or camera: in the direction of its own letters, which leaves its neighbours alone. */
export function Name({ children }: { readonly children: string }) {
  return <bdi>{visibleName(children)}</bdi>;
}
