import type { Language } from '../../../shared/model.ts';

const LOCALES: Readonly<Record<Language, string>> = { en: 'en-GB', zh: 'zh-CN' };

const months = new Map<Language, readonly string[]>();

/** A month of a year, `2019-07`, without the year: `July`, `7月`. The text itself when it is none. */
export function monthName(text: string, language: Language): string {
  let names = months.get(language);
  if (!names) {
    // Chinese months are numbers; the long form writes them as words.
    const form = language === 'zh' ? 'short' : 'long';
    const format = new Intl.DateTimeFormat(LOCALES[language], { month: form, timeZone: 'UTC' });
    names = Array.from({ length: 12 }, (_, month) => format.format(Date.UTC(2000, month, 1)));
    months.set(language, names);
  }
  const month = /^\d+-(\d\d)$/.exec(text)?.[1];
  return names[Number(month) - 1] ?? text;
}

/** A year: `2019`, `2019年`. */
export function yearName(text: string, language: Language): string {
  return language === 'zh' ? `${text}年` : text;
}
