import { CircleAlert, CircleCheck, Info, TriangleAlert, X } from 'lucide-react';
import { useEffect, useState } from 'react';
import { useTranslation } from '../i18n/index.ts';
import { dismissToast, type Toast, useToasts } from '../state/toasts.ts';
import { Button } from './Button.tsx';
import { classes } from './classes.ts';
import { IconButton } from './IconButton.tsx';
import styles from './Toasts.module.css';

const SHOWN_MS = 7000;
const ICONS = { info: Info, success: CircleCheck, warning: TriangleAlert, error: CircleAlert };

/** Short messages at the bottom of the window, read out as they come. They wait while one looks at them. */
export function Toasts() {
  const { t } = useTranslation();
  const toasts = useToasts();
  const [held, setHeld] = useState(false);
  return (
    <section
      className={styles['region']}
      aria-label={t('toasts.label')}
      aria-live="polite"
      onMouseEnter={() => setHeld(true)}
      onMouseLeave={() => setHeld(false)}
      onFocus={() => setHeld(true)}
      onBlur={() => setHeld(false)}
    >
      {toasts.map((toast) => (
        <ToastCard key={toast.id} toast={toast} held={held} />
      ))}
    </section>
  );
}

function ToastCard({ toast, held }: { readonly toast: Toast; readonly held: boolean }) {
  const { t } = useTranslation();
  const Icon = ICONS[toast.kind];
  useEffect(() => {
    if (held) return;
    const timer = setTimeout(() => dismissToast(toast.id), SHOWN_MS);
    return () => clearTimeout(timer);
  }, [toast.id, held]);
  const { action } = toast;
  const undo = (): void => {
    dismissToast(toast.id);
    toast.undo?.();
  };
  return (
    <div className={styles['toast']}>
      <Icon size={16} className={classes(styles['icon'], styles[toast.kind])} aria-hidden="true" />
      <span className={styles['text']}>{toast.text}</span>
      {action && (
        <Button
          variant="quiet"
          onClick={() => {
            dismissToast(toast.id);
            action.run();
          }}
        >
          {action.label}
        </Button>
      )}
      {toast.undo && (
        <Button variant="quiet" onClick={undo}>
          {t('common.undo')}
        </Button>
      )}
      <IconButton
        size="small"
        side="top"
        label={t('common.dismiss')}
        icon={<X size={14} aria-hidden="true" />}
        onClick={() => dismissToast(toast.id)}
      />
    </div>
  );
}
