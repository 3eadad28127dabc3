import { X } from 'lucide-react';
import { Dialog as Primitive } from 'radix-ui';
import { type ReactNode, useRef } from 'react';
import { useTranslation } from '../i18n/index.ts';
import { classes } from './classes.ts';
import styles from './Dialog.module.css';
import { focusToReturnTo, returnFocus } from './focusMemory.ts';
import { IconButton } from './IconButton.tsx';

export type DialogProps = {
  readonly open: boolean;
  readonly onClose: () => void;
  readonly title: string;
  /** One sentence under the title. */
  readonly description?: ReactNode;
  readonly children?: ReactNode;
  /** Buttons, the one to choose last. */
  readonly actions?: ReactNode;
  readonly width?: 'small' | 'medium' | 'large';
};

/** A window inside the window. The rest waits, and focus goes back to where it was. */
export function Dialog(props: DialogProps) {
  const { open, onClose, title, description, children, actions, width = 'medium' } = props;
  const { t } = useTranslation();
  const before = useRef<HTMLElement | null>(null);
  return (
    <Primitive.Root open={open} onOpenChange={(next) => !next && onClose()}>
      <Primitive.Portal>
        {/* Radix's own overlay puts a style element into the page, which the window's policy forbids. */}
        <div className={styles['scrim']} />
        <Primitive.Content
          className={classes(styles['dialog'], styles[width])}
          data-shortcuts="off"
          onOpenAutoFocus={(event) => {
            before.current = focusToReturnTo();
            focusFirst(event);
          }}
          onEscapeKeyDown={(event) => {
            const { target } = event;
            if (target instanceof HTMLElement && target.dataset['keepsEscape']) {
              event.preventDefault();
            }
          }}
          onCloseAutoFocus={(event) => {
            // Radix knows only a trigger to go back to, and these dialogs have none.
            event.preventDefault();
            returnFocus(before.current);
          }}
          {...(description ? {} : { 'aria-describedby': undefined })}
        >
          <header className={styles['header']}>
            <Primitive.Title className={styles['title']}>{title}</Primitive.Title>
            <IconButton
              label={t('common.close')}
              icon={<X size={16} aria-hidden="true" />}
              size="small"
              onClick={onClose}
            />
          </header>
          {description && (
            <Primitive.Description className={styles['description']}>
              {description}
            </Primitive.Description>
          )}
          {children && <div className={styles['body']}>{children}</div>}
          {actions && <footer className={styles['actions']}>{actions}</footer>}
        </Primitive.Content>
      </Primitive.Portal>
    </Primitive.Root>
  );
}

/** What asks for it has the focus, else the dialog itself: its close button would show its name at once. */
function focusFirst(event: Event): void {
  const dialog = event.currentTarget;
  if (!(dialog instanceof HTMLElement)) return;
  event.preventDefault();
  (dialog.querySelector<HTMLElement>('[data-autofocus]') ?? dialog).focus();
}
