import type { Notice } from '../../shared/events.ts';
import type { Language } from '../../shared/model.ts';
import { useEngineEvent } from '../api/useLive.ts';
import { type Translate, useLanguage, useTranslation } from '../i18n/index.ts';
import { reasonText } from '../i18n/reasons.ts';
import { asServiceId } from '../services/queries.ts';
import { showToast, type Toast } from '../state/toasts.ts';
import { salvageText } from './salvageText.ts';

const KINDS: Readonly<Record<Notice['code'], Toast['kind']>> = {
  watch_limit: 'info',
  watch_network: 'info',
  watch_failed: 'info',
  root_offline: 'warning',
  root_online: 'success',
  disk_full: 'error',
  library_read_only: 'error',
  scan_failed: 'warning',
  engine_restarted: 'warning',
  service_stopped: 'warning',
  backup_failed: 'warning',
  library_damaged: 'error',
  library_recovered: 'warning',
  library_was_gone: 'warning',
  library_restored: 'success',
  library_synced: 'warning',
  library_on_network: 'warning',
};

/** Tells what the engine wants a person to know. */
export function useNotices(): void {
  const { t } = useTranslation();
  const language = useLanguage();
  useEngineEvent('notice', ({ notice }) => {
    const text = t(`status.notices.${notice.code}`, {
      path: '',
      ...notice.data,
      time: timeText(notice, language),
      saved: salvageText(notice, t, language),
      ...stopWords(notice, t, language),
    });
    showToast({ kind: KINDS[notice.code], text });
  });
}

/** When the backup was made that stands in, as people write it. */
function timeText({ data }: Notice, language: Language): string {
  const time = data['time'];
  if (typeof time !== 'string') return '';
  const words = new Intl.DateTimeFormat(language, { dateStyle: 'medium', timeStyle: 'short' });
  return words.format(new Date(time));
}

/** Which service stopped and why, where the notice is about one. */
function stopWords(
  { data }: Notice,
  t: Translate,
  language: Language,
): { readonly service: string; readonly reason: string } {
  const service = asServiceId(data['service']);
  if (!service) return { service: '', reason: '' };
  const reason = { code: String(data['code'] ?? ''), message: String(data['message'] ?? '') };
  return {
    service: t(`services.names.${service}`),
    reason: reasonText(service, reason, language),
  };
}
