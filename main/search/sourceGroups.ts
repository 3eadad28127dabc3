/**
 * How sure each source is of its surest tag of each photo: what `is:untagged`, `source:` and the counts
 * of services ask, without a walk over every tag.
 */
import type { Bits } from './bits.ts';
import { emptyBits } from './bits.ts';

/** What one source says; its sensitivity labels are a group of their own. */
export type SourceGroup = {
  readonly source: string;
  /** What a moderation service says of a picture is no tag of it. */
  readonly sensitive: boolean;
  /** By slot, the highest confidence byte and one more; 0 for none. */
  highest: Uint8Array;
};

export class SourceGroups {
  readonly #groups = new Map<string, SourceGroup>();
  #capacity = 0;

  get all(): Iterable<SourceGroup> {
    return this.#groups.values();
  }

  of(source: string, sensitive: boolean): SourceGroup {
    const key = `${sensitive ? '!' : '.'}${source}`;
    let group = this.#groups.get(key);
    if (!group) {
      group = { source, sensitive, highest: new Uint8Array(this.#capacity) };
      this.#groups.set(key, group);
    }
    return group;
  }

  /** Makes room for so many slots. */
  grow(capacity: number): void {
    this.#capacity = capacity;
    for (const group of this.#groups.values()) {
      const highest = new Uint8Array(capacity);
      highest.set(group.highest);
      group.highest = highest;
    }
  }

  clear(): void {
    this.#groups.clear();
  }
}

/**
 * Slots, below `slots`, whose surest entry of one of the groups reaches `lowest`, a confidence byte.
 * The set has room for `capacity` slots.
 */
export function reaching(
  groups: Iterable<{ readonly group: SourceGroup; readonly lowest: number }>,
  slots: number,
  capacity: number,
): Bits {
  const found = emptyBits(capacity);
  for (const { group, lowest } of groups) {
    const { highest } = group;
    for (let slot = 0; slot < slots; ) {
      const word = slot >>> 5;
      const end = Math.min(slots, slot + 32);
      let bits = found[word] as number;
      // A byte above `lowest` makes the difference negative: its sign is the answer.
      for (; slot < end; slot += 1) {
        bits |= ((lowest - (highest[slot] as number)) >>> 31) << (slot & 31);
      }
      found[word] = bits;
    }
  }
  return found;
}
