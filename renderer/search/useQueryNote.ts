import { useEffect, useState } from 'react';
import { useLanguage, useTranslation } from '../i18n/index.ts';
import { useFacets } from '../sidebar/queries.ts';
import { useCalmView } from '../state/useCalmView.ts';
import { useViewPart } from '../state/view.ts';
import { useHints } from './queries.ts';
import { hintProblem, type QueryMark, type QueryNote, queryProblem } from './queryProblem.ts';

/** Nobody is told of a mistake in the middle of a word. */
const TELL_AFTER_MS = 800;
const NO_MARKS: readonly QueryMark[] = [];

export type QueryNoteControl = {
  readonly marks: readonly QueryMark[];
  readonly note: QueryNote | null;
  /** The query cannot be understood, whether that is said at the moment or not. */
  readonly isMistaken: boolean;
  /** The person types: nothing is said for a while. */
  readonly hush: () => void;
  /** The person is done: what there is to say is said at once. */
  readonly speak: () => void;
  /** What is said of this query is not said again by itself. */
  readonly dismiss: () => void;
  /** It is said again: the person comes back to the query. */
  readonly recall: () => void;
};

/** What there is to say about the view's query, and what of it to underline. */
export function useQueryNote(): QueryNoteControl {
  const { t } = useTranslation();
  const language = useLanguage();
  const typed = useViewPart('query');
  // With what is known of it, which comes after the photos.
  const { query } = useCalmView();
  const { error } = useFacets();
  const hints = useHints();
  const [calm, setCalm] = useState(true);
  const [dismissed, setDismissed] = useState<string | null>(null);
  useEffect(() => {
    if (calm) return;
    const timer = setTimeout(() => setCalm(true), TELL_AFTER_MS);
    return () => clearTimeout(timer);
  });
  const problem = calm
    ? (queryProblem(error, query, t, language) ?? hintProblem(hints, query, t))
    : null;
  return {
    marks: typed === query ? (problem?.marks ?? NO_MARKS) : NO_MARKS,
    note: problem === null || dismissed === query ? null : problem.note,
    isMistaken: problem?.note.kind === 'mistake',
    hush: () => setCalm(false),
    speak: () => setCalm(true),
    dismiss: () => setDismissed(query),
    recall: () => setDismissed(null),
  };
}
