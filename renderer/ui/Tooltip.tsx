import { Tooltip as Primitive } from 'radix-ui';
import type { ReactNode } from 'react';
import { isMac } from '../api/desktop.ts';
import { keyLabels } from '../state/keys.ts';
import styles from './Tooltip.module.css';

export type TooltipProps = {
  readonly text: string;
  /** Keys that do the same, such as `mod+z`. */
  readonly keys?: string;
  readonly side?: 'top' | 'right' | 'bottom' | 'left';
  /** One element that takes a ref. */
  readonly children: ReactNode;
};

/** A name or a full text on hover and focus. Never the only name of a control. */
export function Tooltip({ text, keys, side = 'bottom', children }: TooltipProps) {
  return (
    <Primitive.Root>
      <Primitive.Trigger asChild>{children}</Primitive.Trigger>
      <Primitive.Portal>
        <Primitive.Content
          className={styles['tooltip']}
          side={side}
          sideOffset={6}
          collisionPadding={8}
        >
          {text}
          {keys && (
            <span className={styles['keys']}>
              {keyLabels(keys, isMac()).map((key) => (
                <kbd key={key} className={styles['key']}>
                  {key}
                </kbd>
              ))}
            </span>
          )}
        </Primitive.Content>
      </Primitive.Portal>
    </Primitive.Root>
  );
}

/** Once around the window: neighbouring tooltips follow without a delay. */
export function TooltipProvider({ children }: { readonly children: ReactNode }) {
  return (
    <Primitive.Provider delayDuration={500} skipDelayDuration={300}>
      {children}
    </Primitive.Provider>
  );
}
