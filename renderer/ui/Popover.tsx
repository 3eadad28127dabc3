import { Popover as Primitive } from 'radix-ui';
import type { ReactNode } from 'react';
import { classes } from './classes.ts';
import styles from './Popover.module.css';

export type PopoverProps = {
  readonly open: boolean;
  readonly onOpenChange: (open: boolean) => void;
  /** What it points at; one element that takes a ref. A click on it opens the popover. */
  readonly trigger: ReactNode;
  /** The trigger only marks the place: something else opens the popover. */
  readonly placeOnly?: boolean;
  /** Takes the focus after closing, unless the person has put it elsewhere. Default: the trigger. */
  readonly returnFocus?: () => void;
  readonly label: string;
  readonly children: ReactNode;
  readonly side?: 'top' | 'right' | 'bottom' | 'left';
  readonly align?: 'start' | 'center' | 'end';
  /** `none` for lists that bring their own. */
  readonly padding?: 'normal' | 'none';
};

/** A small panel beside what it belongs to. */
export function Popover(props: PopoverProps) {
  const { open, onOpenChange, trigger, label, children, side = 'bottom', align = 'start' } = props;
  const { returnFocus } = props;
  return (
    <Primitive.Root open={open} onOpenChange={onOpenChange}>
      {props.placeOnly ? (
        <Primitive.Anchor asChild>{trigger}</Primitive.Anchor>
      ) : (
        <Primitive.Trigger asChild>{trigger}</Primitive.Trigger>
      )}
      <Primitive.Portal>
        <Primitive.Content
          className={classes(styles['popover'], props.padding !== 'none' && styles['padded'])}
          side={side}
          align={align}
          sideOffset={6}
          collisionPadding={8}
          aria-label={label}
          data-shortcuts="off"
          onCloseAutoFocus={(event) => {
            if (!returnFocus) return;
            event.preventDefault();
            if (document.activeElement === document.body) returnFocus();
          }}
        >
          {children}
        </Primitive.Content>
      </Primitive.Portal>
    </Primitive.Root>
  );
}
