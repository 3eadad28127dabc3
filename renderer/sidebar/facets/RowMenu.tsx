import {
  type ComponentProps,
  createContext,
  type MouseEvent,
  type PointerEvent,
  use,
  useCallback,
  useRef,
  useState,
} from 'react';
import { ContextMenu, type MenuItem } from '../../ui/Menu.tsx';

type MakeItems = () => readonly MenuItem[];

const RowMenuContext = createContext<(make: MakeItems) => void>(() => undefined);

/**
 * The element around the lines of a list, with one menu for all of them: a menu for each would be most
 * of the work of a list that changes with every key.
 */
export function RowMenu({ children, ...rest }: ComponentProps<'div'>) {
  const [items, setItems] = useState<readonly MenuItem[]>([]);
  const asked = useRef(false);
  const show = useCallback((make: MakeItems): void => {
    asked.current = true;
    setItems(make());
  }, []);
  return (
    <RowMenuContext value={show}>
      <ContextMenu items={items}>
        <div
          role="none"
          {...rest}
          onContextMenuCapture={() => {
            asked.current = false;
          }}
          onContextMenu={(event: MouseEvent) => {
            // Headings and the like have no menu.
            if (!asked.current) event.preventDefault();
          }}
        >
          {children}
        </div>
      </ContextMenu>
    </RowMenuContext>
  );
}

/** The handlers of a line that has a menu; its items are made when it opens. */
export function useRowMenu(make: MakeItems) {
  const show = use(RowMenuContext);
  return {
    onContextMenu: () => show(make),
    // A long press opens the menu without that event.
    onPointerDown: (event: PointerEvent) => {
      if (event.pointerType !== 'mouse') show(make);
    },
  };
}
