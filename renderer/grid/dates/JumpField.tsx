import { useEffect, useId, useMemo, useRef, useState } from 'react';
import type { Language } from '../../../shared/model.ts';
import { formatFor } from '../../i18n/format.ts';
import { type Translate, useLanguage, useTranslation } from '../../i18n/index.ts';
import { TextField } from '../../ui/TextField.tsx';
import { dayText, monthText, yearText } from '../dateText.ts';
import { dateOfDay } from '../timeline.ts';
import type { DayRuns } from './dayRuns.ts';
import { type FoundDate, findDate } from './findDate.ts';
import styles from './JumpToDate.module.css';
import { parseDateText, todayOf } from './parseDateText.ts';

export type JumpFieldProps = {
  readonly days: DayRuns;
  readonly onJump: (index: number) => void;
};

/** A field for a date, with what was understood of it so far and where that leads. */
export function JumpField({ days, onJump }: JumpFieldProps) {
  const { t } = useTranslation();
  const language = useLanguage();
  const [text, setText] = useState('');
  /** Enter was pressed on what is no date. */
  const [refused, setRefused] = useState(false);
  const field = useRef<HTMLInputElement>(null);
  const answerId = useId();
  useEffect(() => field.current?.focus(), []);

  const { parsed, found } = useMemo(() => {
    const today = todayOf(new Date());
    const answer = parseDateText(text, language, today);
    return { parsed: answer, found: findAll(answer, days, today) };
  }, [text, language, days]);
  const [best, other] = found;

  const answer = (): string => {
    if (best) return foundText(best, t, language);
    if (parsed.kind === 'date') return t('grid.jump.noDates');
    if (parsed.kind === 'no-such-date') return t('grid.jump.noSuchDate');
    return refused && parsed.kind === 'not-a-date' ? t('grid.jump.notADate') : t('grid.jump.hint');
  };
  return (
    <div className={styles['panel']}>
      <TextField
        ref={field}
        label={t('grid.jump.title')}
        value={text}
        onChange={(value) => {
          setText(value);
          setRefused(false);
        }}
        invalid={refused && best === undefined}
        describedBy={answerId}
        onEnter={() => {
          if (best) onJump(best.index);
          else setRefused(parsed.kind !== 'empty');
        }}
      />
      <p id={answerId} className={styles['answer']} data-found={best !== undefined} role="status">
        {answer()}
      </p>
      {other && (
        <button type="button" className={styles['other']} onClick={() => onJump(other.index)}>
          {t('grid.jump.or', { date: spanText(other, language), count: other.count })}
        </button>
      )}
    </div>
  );
}

/** Each way to understand a text that leads somewhere: those with photos first, and no empty second one. */
function findAll(
  parsed: ReturnType<typeof parseDateText>,
  days: DayRuns,
  today: number,
): readonly FoundDate[] {
  if (parsed.kind !== 'date') return [];
  const all = parsed.readings
    .map((reading) => findDate(reading, days, today))
    .filter((date) => date !== null);
  const withPhotos = all.filter(({ count }) => count > 0);
  return withPhotos.length > 0 ? withPhotos : all.slice(0, 1);
}

function foundText(found: FoundDate, t: Translate, language: Language): string {
  if (found.count > 0) {
    return t('grid.jump.found', { date: spanText(found, language), count: found.count });
  }
  const date = formatFor(language).day(found.day);
  switch (found.span) {
    case 'day':
      return t('grid.jump.nearestToDay', { date });
    case 'month':
      return t('grid.jump.nearestToMonth', { date });
    case 'year':
      return t('grid.jump.nearestToYear', { date });
  }
}

/** "14 July 2019", "July 2019" or "2019". */
function spanText({ span, firstDay }: FoundDate, language: Language): string {
  switch (span) {
    case 'day':
      return dayText(firstDay, language) ?? '';
    case 'month':
      return monthText(firstDay, language) ?? '';
    case 'year':
      return yearText(dateOfDay(firstDay)?.getUTCFullYear() ?? 0, language);
  }
}
