/** Where and why a query cannot be understood, or asks for a tag that is not there. */
import type { TagrollError } from '../../shared/errors.ts';
import type { Language, QueryHint } from '../../shared/model.ts';
import { tokenize } from '../../shared/queryText.ts';
import type { Translate } from '../i18n/index.ts';
import { asSearchKey, keyExamples } from './keyHelp.ts';
import { type Fix, markedRange, queryFixes } from './queryFixes.ts';

/** A part of the query to underline. Places are UTF-16 units of the whole query. */
export type QueryMark = {
  readonly start: number;
  readonly end: number;
  /** A mistake has no answer; a hint is only about a tag that nobody has. */
  readonly kind: 'mistake' | 'hint';
};

/** What is said about a query, and what a person can do about it. */
export type QueryNote = {
  readonly kind: QueryMark['kind'];
  readonly sentence: string;
  readonly actions: readonly { readonly label: string; readonly query: string }[];
};

/** One note at most is shown; every part it could be about is underlined. */
export type QueryProblem = { readonly marks: readonly QueryMark[]; readonly note: QueryNote };

export const MISTAKES = [
  'unknown_key',
  'missing_value',
  'bad_value',
  'reversed_range',
  'no_such_date',
  'unclosed_quote',
  'unclosed_group',
  'unopened_group',
  'missing_term',
  'too_deep',
  'too_many_terms',
] as const;

/** Marked text is said again in the sentence, as far as it fits. */
const MOST_QUOTED = 60;

/** What to underline and say; null when the error is not about the query. */
export function queryProblem(
  error: TagrollError | null,
  query: string,
  t: Translate,
  language: Language,
): QueryProblem | null {
  if (error?.code !== 'query_invalid') return null;
  const { position, length, reason, suggestion } = error.data;
  const from = Math.min(typeof position === 'number' ? position : 0, query.length);
  const to = Math.min(from + (typeof length === 'number' ? length : 0), query.length);
  const mistake = MISTAKES.find((known) => known === reason) ?? 'other';
  const [start, end] = markedRange(query, from, to);
  const sentences = [t(`search.mistakes.${mistake}`, { text: shortened(query.slice(start, end)) })];
  const example = EXPECTS_VALUE.has(mistake) ? expectedText(query, from, t, language) : null;
  if (example !== null) sentences.push(example);
  const fixes = queryFixes(query, {
    reason: mistake,
    start: from,
    end: to,
    suggestion: typeof suggestion === 'string' ? suggestion : null,
  });
  return {
    marks: [{ start, end, kind: 'mistake' }],
    note: {
      kind: 'mistake',
      sentence: sentences.join(language === 'zh' ? '' : ' '),
      actions: fixes.map((fix) => ({ label: fixLabel(fix, t), query: fix.query })),
    },
  };
}

/** What to say about tags that the library does not have; null without one. */
export function hintProblem(
  hints: readonly QueryHint[],
  query: string,
  t: Translate,
): QueryProblem | null {
  const [first] = hints;
  if (!first) return null;
  const name = shortened(first.name);
  const { suggestion, replacement, position, length } = first;
  const fixed =
    replacement === null
      ? null
      : query.slice(0, position) + replacement + query.slice(position + length);
  return {
    marks: hints.map((hint) => ({
      start: hint.position,
      end: hint.position + hint.length,
      kind: 'hint',
    })),
    note: {
      kind: 'hint',
      sentence:
        suggestion === null
          ? t('search.hint.unknown', { name })
          : t('search.hint.nearest', { name, suggestion }),
      actions:
        fixed === null
          ? []
          : [{ label: t('search.fixes.use', { text: suggestion }), query: fixed }],
    },
  };
}

const EXPECTS_VALUE: ReadonlySet<string> = new Set([
  'missing_value',
  'bad_value',
  'reversed_range',
  'no_such_date',
]);

/** What the key at a place takes, with examples. Null where there is no key. */
function expectedText(query: string, at: number, t: Translate, language: Language): string | null {
  const token = tokenize(query).find(({ start, end }) => start <= at && at <= end);
  const key = token?.kind === 'term' && token.key !== null ? asSearchKey(token.key) : null;
  if (key === null) return null;
  return t('search.expected', {
    meaning: t(`search.help.keys.${key}`),
    examples: keyExamples(key, language)
      .slice(0, 2)
      .join(language === 'zh' ? '、' : ', '),
  });
}

function fixLabel({ kind, text }: Fix, t: Translate): string {
  return t(`search.fixes.${kind}`, { text: shortened(text) });
}

function shortened(text: string): string {
  return text.length > MOST_QUOTED ? `${text.slice(0, MOST_QUOTED)}…` : text;
}
