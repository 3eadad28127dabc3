import { Component, type ReactNode } from 'react';
import { translate } from '../i18n/index.ts';
import { Button } from '../ui/Button.tsx';
import styles from './Layout.module.css';

type State = { readonly fault: Error | null };

/** A fault in drawing shows what happened and a way on, never a white window. */
export class ErrorBoundary extends Component<{ readonly children: ReactNode }, State> {
  override state: State = { fault: null };

  static getDerivedStateFromError(error: unknown): State {
    return { fault: error instanceof Error ? error : new Error(String(error)) };
  }

  override render(): ReactNode {
    const { fault } = this.state;
    if (!fault) return this.props.children;
    return (
      <main className={styles['fault']}>
        <div className={styles['faultText']} role="alert">
          <h1 className={styles['faultTitle']}>{translate('app.crashedTitle')}</h1>
          <p>{translate('app.crashedText')}</p>
          <Button variant="accent" onClick={() => window.location.reload()}>
            {translate('app.reload')}
          </Button>
          <p className={styles['faultDetail']}>{fault.message}</p>
        </div>
      </main>
    );
  }
}
