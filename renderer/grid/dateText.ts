import type { Language } from '../../shared/model.ts';
import { formatFor } from '../i18n/format.ts';
import { dateOfDay } from './timeline.ts';

const months = new Map<Language, Intl.DateTimeFormat>();
/** Scrolling asks for the same few again and again. */
const monthTexts = new Map<string, string>();
const shortMonths = new Map<Language, readonly string[]>();

/** "14 July 2019"; null for a photo without a date. */
export function dayText(day: number, language: Language): string | null {
  return dateOfDay(day) ? formatFor(language).day(day) : null;
}

/** "3–14 July 2019", from either end; one day as itself. Null for photos without a date. */
export function daysText(first: number, last: number, language: Language): string | null {
  if (first === last) return dayText(first, language);
  if (!dateOfDay(first) || !dateOfDay(last)) return null;
  return formatFor(language).days(Math.min(first, last), Math.max(first, last));
}

/** "July 2019"; null for a photo without a date. */
export function monthText(day: number, language: Language): string | null {
  const date = dateOfDay(day);
  if (!date) return null;
  const key = `${language} ${day}`;
  const known = monthTexts.get(key);
  if (known !== undefined) return known;
  let format = months.get(language);
  if (!format) {
    format = new Intl.DateTimeFormat(language === 'zh' ? 'zh-CN' : 'en-GB', {
      timeZone: 'UTC',
      year: 'numeric',
      month: 'long',
    });
    months.set(language, format);
  }
  const text = format.format(date);
  monthTexts.set(key, text);
  return text;
}

/** "Jul" of a month counted from 0. */
export function shortMonthText(month: number, language: Language): string {
  let names = shortMonths.get(language);
  if (!names) {
    const format = new Intl.DateTimeFormat(language === 'zh' ? 'zh-CN' : 'en-GB', {
      timeZone: 'UTC',
      month: 'short',
    });
    names = Array.from({ length: 12 }, (_, at) => format.format(Date.UTC(2000, at, 1)));
    shortMonths.set(language, names);
  }
  return names[month] ?? '';
}

/** "2019"; in Chinese "2019年". */
export function yearText(year: number, language: Language): string {
  return language === 'zh' ? `${year}年` : String(year);
}

/** The day of a wall-clock time `YYYY-MM-DDTHH:MM:SS`; null when there is none. */
export function dayTextOfTime(takenAt: string | null, language: Language): string | null {
  if (!takenAt) return null;
  const timeMs = Date.parse(`${takenAt.slice(0, 10)}T00:00:00Z`);
  return Number.isNaN(timeMs) ? null : formatFor(language).day(timeMs / 86_400_000);
}
