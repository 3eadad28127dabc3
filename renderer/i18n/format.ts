/** Numbers, sizes, dates and durations as a language writes them. */
import { useMemo } from 'react';
import type { Language } from '../../shared/model.ts';
import { useLanguage } from './index.ts';

const LOCALES: Readonly<Record<Language, string>> = { en: 'en-GB', zh: 'zh-CN' };
/** British English writes `mins`; Americans the short form that is wanted here. */
const UNIT_LOCALES: Readonly<Record<Language, string>> = { en: 'en-US', zh: 'zh-CN' };
const MILLISECONDS_A_DAY = 86_400_000;

export type Format = {
  /** `12,408`. */
  readonly number: (value: number, maximumDecimals?: number) => string;
  /** From bytes, in units of 1000: `3.5 MB`. */
  readonly size: (sizeBytes: number) => string;
  /** A day since 1970 of a wall clock: `14 July 2019`. */
  readonly day: (day: number) => string;
  /** From one day to a later one: `3–14 July 2019`. */
  readonly days: (first: number, last: number) => string;
  /** A wall-clock time `YYYY-MM-DDTHH:MM:SS`: `14 July 2019, 18:03`. The text itself when it is none. */
  readonly wallClock: (time: string) => string;
  /** An instant in the person's own time zone. */
  readonly instant: (timeMs: number) => string;
  /** From seconds, to one unit: `31 min`. */
  readonly duration: (seconds: number) => string;
  /** An amount in a currency of ISO 4217: `¥3.61`. What is less than the smallest coin is said to be. */
  readonly money: (amount: number, currency: string) => string;
  /** A calendar month `2026-11`: `November 2026`. The text itself when it is none. */
  readonly month: (month: string) => string;
  /** A calendar day `2026-12-30`: `30 December 2026`. The text itself when it is none. */
  readonly date: (date: string) => string;
};

const cache = new Map<Language, Format>();

/** The formats of a language. */
export function formatFor(language: Language): Format {
  const known = cache.get(language);
  if (known) return known;
  const made = createFormat(LOCALES[language], UNIT_LOCALES[language]);
  cache.set(language, made);
  return made;
}

/** The formats of the language on screen. */
export function useFormat(): Format {
  const language = useLanguage();
  return useMemo(() => formatFor(language), [language]);
}

function createFormat(locale: string, unitLocale: string): Format {
  const numbers = new Map<number, Intl.NumberFormat>();
  const number = (value: number, maximumDecimals = 0): string => {
    let format = numbers.get(maximumDecimals);
    if (!format) {
      format = new Intl.NumberFormat(locale, { maximumFractionDigits: maximumDecimals });
      numbers.set(maximumDecimals, format);
    }
    return format.format(value);
  };
  const unit = (value: number, name: string, maximumFractionDigits = 0): string =>
    new Intl.NumberFormat(unitLocale, {
      style: 'unit',
      unit: name,
      // The short form of bytes has no plural.
      unitDisplay: name === 'byte' ? 'long' : 'short',
      maximumFractionDigits,
    }).format(value);
  // Wall clocks have no zone: they are handed over as if they were UTC.
  const day = new Intl.DateTimeFormat(locale, {
    year: 'numeric',
    month: 'long',
    day: 'numeric',
    timeZone: 'UTC',
  });
  const range = locale === LOCALES.zh ? chineseRange(day) : day.formatRange.bind(day);
  const wallClock = new Intl.DateTimeFormat(locale, {
    year: 'numeric',
    month: 'long',
    day: 'numeric',
    hour: '2-digit',
    minute: '2-digit',
    hourCycle: 'h23',
    timeZone: 'UTC',
  });
  const instant = new Intl.DateTimeFormat(locale, {
    year: 'numeric',
    month: 'short',
    day: 'numeric',
    hour: '2-digit',
    minute: '2-digit',
    hourCycle: 'h23',
  });
  const month = new Intl.DateTimeFormat(locale, {
    year: 'numeric',
    month: 'long',
    timeZone: 'UTC',
  });
  /** Dates without a time are read as UTC. */
  const dated = (text: string, format: Intl.DateTimeFormat): string => {
    const timeMs = Date.parse(text);
    return Number.isNaN(timeMs) ? text : format.format(timeMs);
  };
  return {
    number,
    money: moneyFormat(locale),
    month: (text) => dated(text, month),
    date: (text) => dated(text, day),
    size(sizeBytes) {
      if (sizeBytes < 1000) return unit(sizeBytes, 'byte');
      if (sizeBytes < 1e6) return unit(sizeBytes / 1e3, 'kilobyte');
      if (sizeBytes < 1e9) return unit(sizeBytes / 1e6, 'megabyte', 1);
      return unit(sizeBytes / 1e9, 'gigabyte', 1);
    },
    day: (value) => day.format(value * MILLISECONDS_A_DAY),
    days: (first, last) => range(first * MILLISECONDS_A_DAY, last * MILLISECONDS_A_DAY),
    wallClock(time) {
      const timeMs = Date.parse(`${time}Z`);
      return Number.isNaN(timeMs) ? time : wallClock.format(timeMs);
    },
    instant: (timeMs) => instant.format(timeMs),
    duration(seconds) {
      if (seconds < 60) return unit(Math.max(1, Math.round(seconds)), 'second');
      if (seconds < 5400) return unit(Math.round(seconds / 60), 'minute');
      if (seconds < 172_800) return unit(Math.round(seconds / 3600), 'hour');
      return unit(Math.round(seconds / 86_400), 'day');
    },
  };
}

function moneyFormat(locale: string): Format['money'] {
  const formats = new Map<string, Intl.NumberFormat>();
  return (amount, currency) => {
    let format = formats.get(currency);
    if (!format) {
      format = new Intl.NumberFormat(locale, {
        style: 'currency',
        currency,
        currencyDisplay: 'narrowSymbol',
        // Caps and prices are mostly whole: ¥50, but ¥3.61.
        trailingZeroDisplay: 'stripIfInteger',
      });
      formats.set(currency, format);
    }
    const coin = 10 ** -(format.resolvedOptions().maximumFractionDigits ?? 2);
    return amount > 0 && amount < coin ? `< ${format.format(coin)}` : format.format(amount);
  };
}

/** `2019年7月3日–14日`: ranges of `Intl` fall back to slashes in Chinese, whatever is asked for. */
function chineseRange(day: Intl.DateTimeFormat): (firstMs: number, lastMs: number) => string {
  const dayOfMonth = new Intl.DateTimeFormat(LOCALES.zh, { day: 'numeric', timeZone: 'UTC' });
  const dayOfYear = new Intl.DateTimeFormat(LOCALES.zh, {
    month: 'long',
    day: 'numeric',
    timeZone: 'UTC',
  });
  return (firstMs, lastMs) => {
    const [first, last] = [new Date(firstMs), new Date(lastMs)];
    const sameYear = first.getUTCFullYear() === last.getUTCFullYear();
    const sameMonth = sameYear && first.getUTCMonth() === last.getUTCMonth();
    const end = sameMonth ? dayOfMonth : sameYear ? dayOfYear : day;
    return `${day.format(first)}–${end.format(last)}`;
  };
}
