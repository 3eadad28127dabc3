/** What stands beside an offered text: what it means in the person's language. */
import type { Language, Suggestion } from '../../shared/model.ts';
import { splitTerms } from '../../shared/queryText.ts';
import type { Format } from '../i18n/format.ts';
import type { Translate } from '../i18n/index.ts';
import { asSearchKey, keyExamples } from './keyHelp.ts';
import { termWords } from './termText.ts';

/** Null where the text says all there is. */
export function suggestionDetail(
  suggestion: Suggestion,
  t: Translate,
  exists: (key: string) => boolean,
  language: Language,
  format: Pick<Format, 'month' | 'date'>,
): string | null {
  const { kind, text, detail, insert } = suggestion;
  switch (kind) {
    case 'tag':
    case 'folder':
      return detail;
    case 'camera':
      return t(insert.startsWith('lens:') ? 'search.kinds.lens' : 'search.kinds.camera');
    case 'key': {
      const key = insert.endsWith(':') ? asSearchKey(insert.slice(0, -1)) : null;
      if (key === null) return wordsOf(insert, text, t, exists, format);
      return t('search.keyDetail', {
        meaning: t(`search.help.keys.${key}`),
        example: keyExamples(key, language)[0],
      });
    }
    case 'date':
      if (detail !== null || insert.startsWith('date:')) return detail;
      return wordsOf(insert, text, t, exists, format);
  }
}

/** The term as its chip would show it, with a date in words; null where that is the text again. */
function wordsOf(
  insert: string,
  text: string,
  t: Translate,
  exists: (key: string) => boolean,
  format: Pick<Format, 'month' | 'date'>,
): string | null {
  const [term] = splitTerms(insert);
  if (!term) return null;
  const { words } = termWords(term, t, exists);
  const dated = words.replace(/\b\d{4}-\d{2}(-\d{2})?\b/gu, (date, day) =>
    day === undefined ? format.month(date) : format.date(date),
  );
  return dated === text ? null : dated;
}
