/** What keys do in the search field. */
import type { ListItem } from './listItems.ts';
import type { FieldList } from './useFieldList.ts';

/** What of a key press counts. */
export type FieldKey = {
  readonly key: string;
  readonly shiftKey: boolean;
  /** Nothing is selected, and the cursor stands before everything that is typed. */
  readonly isAtStart: boolean;
};

export type FieldState = {
  readonly typed: string;
  /** Whether there are chips. */
  readonly hasTerms: boolean;
  readonly list: FieldList;
  readonly take: (item: ListItem) => void;
  /** What is typed is a search. */
  readonly finish: () => void;
  readonly clear: () => void;
  readonly leave: () => void;
  readonly editLast: () => void;
  readonly forget: (query: string) => void;
  readonly focusLastChip: () => void;
  /** Answers whether the note has something to choose. */
  readonly focusNote: () => boolean;
};

/** Answers whether the key was used. */
export function pressFieldKey({ key, shiftKey, isAtStart }: FieldKey, field: FieldState): boolean {
  const { typed, hasTerms, list } = field;
  const listed = list.items.length > 0;
  const item = list.items[list.marked];
  switch (key) {
    case 'ArrowDown':
      if (listed) list.move(1);
      else if (field.focusNote()) return true;
      else list.setOpen(true);
      return listed;
    case 'ArrowUp':
      if (listed) list.move(-1);
      return listed;
    case 'ArrowLeft':
      if (!isAtStart || !hasTerms) return false;
      field.focusLastChip();
      return true;
    case 'Enter':
      if (item) field.take(item);
      else field.finish();
      return true;
    case 'Tab': {
      // A person who only passes by takes nothing along.
      const offered = item ?? (typed.trim() === '' ? undefined : list.items[0]);
      if (offered?.kind !== 'suggestion' || shiftKey) return false;
      field.take(offered);
      return true;
    }
    case 'Escape':
      if (listed) list.setOpen(false);
      else if (typed) field.clear();
      else field.leave();
      return true;
    case 'Delete':
      if (!shiftKey || item?.kind !== 'recent') return false;
      field.forget(item.query);
      return true;
    case 'Backspace':
      if (typed !== '' || !hasTerms) return false;
      field.editLast();
      return true;
    default:
      return false;
  }
}
