import type { Notice } from '../../shared/events.ts';
import type { Language } from '../../shared/model.ts';
import type { Translate } from '../i18n/index.ts';

/** What could be saved from a damaged library beyond its backup. Empty for a notice that tells nothing of it. */
export function salvageText({ data }: Notice, t: Translate, language: Language): string {
  if (data['unread'] !== undefined) return t('status.salvage.unread');
  const { changes, replies, waiting, badPages } = data;
  if (typeof changes !== 'number' || typeof replies !== 'number') return '';
  const saved: string[] = [];
  if (changes > 0) saved.push(t('status.salvage.changes', { count: changes }));
  if (replies > 0) saved.push(t('status.salvage.replies', { count: replies }));
  const sentences: string[] = [];
  if (saved.length > 0) {
    const list = new Intl.ListFormat(language, { type: 'conjunction' });
    sentences.push(t('status.salvage.saved', { things: list.format(saved) }));
  }
  if (Number(waiting) > 0) sentences.push(t('status.salvage.waiting', { count: Number(waiting) }));
  if (sentences.length === 0) {
    sentences.push(t(Number(badPages) > 0 ? 'status.salvage.unread' : 'status.salvage.nothing'));
  } else if (Number(badPages) > 0) {
    sentences.push(t('status.salvage.partly'));
  }
  sentences.push(t('status.salvage.removed'));
  return sentences.join(language === 'zh' ? '' : ' ');
}
