/** Ids of actions that can be taken back, and of those that were and can be done again. */
export type UndoStack = {
  readonly push: (undo: number) => void;
  readonly latest: () => number | null;
  readonly latestUndone: () => number | null;
  /** `undo` was taken back; `redo` does it again. */
  readonly undone: (undo: number, redo: number | null) => void;
  /** `redo` was done again; `undo` takes it back. */
  readonly redone: (redo: number, undo: number | null) => void;
  readonly forget: (undo: number) => void;
};

export function createUndoStack(capacity = 100): UndoStack {
  let done: readonly number[] = [];
  let taken: readonly number[] = [];
  const without = (ids: readonly number[], id: number): readonly number[] =>
    ids.filter((other) => other !== id);
  const withNewest = (ids: readonly number[], id: number | null): readonly number[] =>
    id === null ? ids : [...ids, id].slice(-capacity);
  return {
    push: (undo) => {
      done = withNewest(done, undo);
      // A new action ends the way forward.
      taken = [];
    },
    latest: () => done.at(-1) ?? null,
    latestUndone: () => taken.at(-1) ?? null,
    undone: (undo, redo) => {
      done = without(done, undo);
      taken = withNewest(taken, redo);
    },
    redone: (redo, undo) => {
      taken = without(taken, redo);
      done = withNewest(done, undo);
    },
    forget: (undo) => {
      done = without(done, undo);
      taken = without(taken, undo);
    },
  };
}
