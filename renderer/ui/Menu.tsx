import { Check } from 'lucide-react';
import { ContextMenu as Context, DropdownMenu as Dropdown } from 'radix-ui';
import type { ReactNode } from 'react';
import { classes } from './classes.ts';
import styles from './Menu.module.css';

export type MenuItem = {
  readonly id: string;
  readonly label: string;
  readonly icon?: ReactNode;
  /** At the end of the line: how else it is done. */
  readonly hint?: string;
  /** Shows a tick in front: one of several, or on. */
  readonly checked?: boolean;
  readonly danger?: boolean;
  readonly disabled?: boolean;
  /** A hairline above. */
  readonly separated?: boolean;
  readonly onSelect: () => void;
};

type MenuProps = {
  readonly items: readonly MenuItem[];
  /** The element that it belongs to; one that takes a ref. */
  readonly children: ReactNode;
};

type ButtonMenuProps = MenuProps & {
  readonly label?: string;
  /** Which edges of button and menu are in line. */
  readonly align?: 'start' | 'end';
  /** Over the viewer, which is dark in both themes. */
  readonly theme?: 'dark' | undefined;
};

/** A menu that opens from a button. */
export function Menu({ items, children, label, align = 'start', theme }: ButtonMenuProps) {
  return (
    <Dropdown.Root modal={false}>
      <Dropdown.Trigger asChild>{children}</Dropdown.Trigger>
      <Dropdown.Portal>
        <Dropdown.Content
          className={styles['menu']}
          align={align}
          sideOffset={4}
          collisionPadding={8}
          aria-label={label}
          data-theme={theme}
        >
          {items.map((item) => (
            <div key={item.id} role="none">
              {item.separated && <Dropdown.Separator className={styles['separator']} />}
              {item.checked === undefined ? (
                <Dropdown.Item {...itemProps(item)}>
                  <ItemContent item={item} />
                </Dropdown.Item>
              ) : (
                <Dropdown.CheckboxItem {...itemProps(item)} checked={item.checked}>
                  <ItemContent item={item} />
                </Dropdown.CheckboxItem>
              )}
            </div>
          ))}
        </Dropdown.Content>
      </Dropdown.Portal>
    </Dropdown.Root>
  );
}

type ContextMenuProps = MenuProps & {
  /** It is gone, and the focus is about to go back; prevent the event's default to put it elsewhere. */
  readonly onClosed?: (event: Event) => void;
};

/** A menu that opens with the right mouse button or the menu key. */
export function ContextMenu({ items, children, onClosed }: ContextMenuProps) {
  return (
    <Context.Root modal={false}>
      <Context.Trigger asChild>{children}</Context.Trigger>
      <Context.Portal>
        <Context.Content
          className={styles['menu']}
          collisionPadding={8}
          {...(onClosed ? { onCloseAutoFocus: onClosed } : {})}
        >
          {items.map((item) => (
            <div key={item.id} role="none">
              {item.separated && <Context.Separator className={styles['separator']} />}
              {item.checked === undefined ? (
                <Context.Item {...itemProps(item)}>
                  <ItemContent item={item} />
                </Context.Item>
              ) : (
                <Context.CheckboxItem {...itemProps(item)} checked={item.checked}>
                  <ItemContent item={item} />
                </Context.CheckboxItem>
              )}
            </div>
          ))}
        </Context.Content>
      </Context.Portal>
    </Context.Root>
  );
}

function itemProps(item: MenuItem) {
  return {
    className: classes(styles['item'], item.danger && styles['danger']),
    disabled: item.disabled ?? false,
    onSelect: item.onSelect,
  };
}

function ItemContent({ item }: { readonly item: MenuItem }) {
  return (
    <>
      <span className={styles['icon']} aria-hidden="true">
        {item.checked ? <Check size={14} /> : item.icon}
      </span>
      {item.label}
      {item.hint && (
        <span className={styles['hint']} aria-hidden="true">
          {item.hint}
        </span>
      )}
    </>
  );
}
