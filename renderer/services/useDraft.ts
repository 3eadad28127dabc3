import { useEffect, useRef, useState } from 'react';

/** How long a saved change can be taken back with one click. */
const UNDO_SHOWN_MS = 8000;

export type Draft = {
  readonly text: string;
  /** What is typed is not saved yet. */
  readonly isDirty: boolean;
  readonly change: (text: string) => void;
  /** Saves what is typed, if it differs. Call on leaving the field and on enter. */
  readonly commit: () => void;
  /** Back to what is saved. */
  readonly revert: () => void;
  /** Takes the last save back; null when there is none, or it was long ago. */
  readonly undo: (() => void) | null;
};

/**
 * A field that is saved when a person leaves it. `save` gets the text and answers whether it was taken:
 * what is not stays in the field, for its sentence to be read beside it.
 */
export function useDraft(saved: string, save: (text: string) => boolean): Draft {
  const [text, setText] = useState(saved);
  const [before, setBefore] = useState<string | null>(null);
  /** Enter and leaving the field both save, and an answer takes a moment. */
  const tried = useRef<string | null>(null);
  useEffect(() => {
    tried.current = null;
    setText(saved);
  }, [saved]);
  useEffect(() => {
    if (before === null) return;
    const timer = setTimeout(() => setBefore(null), UNDO_SHOWN_MS);
    return () => clearTimeout(timer);
  }, [before]);
  const commit = (): void => {
    if (text === saved || text === tried.current) return;
    tried.current = text;
    if (save(text)) setBefore(saved);
  };
  // A click beside a dialog takes it away before the field has lost the focus.
  const leave = useRef(commit);
  useEffect(() => {
    leave.current = commit;
  });
  useEffect(() => () => leave.current(), []);
  return {
    text,
    isDirty: text !== saved,
    change: setText,
    commit,
    revert: () => setText(saved),
    undo:
      before === null
        ? null
        : () => {
            setBefore(null);
            save(before);
          },
  };
}
