import type { Notice } from '../../shared/events.ts';
import { useEngineEvent } from '../api/useLive.ts';
import { useTranslation } from '../i18n/index.ts';
import { showToast, type Toast } from '../state/toasts.ts';

const KINDS: Readonly<Record<Notice['code'], Toast['kind']>> = {
  watch_limit: 'info',
  watch_network: 'info',
  watch_failed: 'info',
  root_offline: 'warning',
  root_online: 'success',
  disk_full: 'error',
  library_read_only: 'error',
  scan_failed: 'warning',
};

/** Tells what the engine wants a person to know. */
export function useNotices(): void {
  const { t } = useTranslation();
  useEngineEvent('notice', ({ notice }) => {
    const text = t(`status.notices.${notice.code}`, { path: '', ...notice.data });
    showToast({ kind: KINDS[notice.code], text });
  });
}
