/** What stands between wildcards, one piece after the other. */
export type Glob = {
  readonly bytes: Uint8Array;
  /** Where each piece ends. */
  readonly ends: Uint32Array;
};

/** `pieces`: folded, two at least. */
export function globOf(pieces: readonly string[]): Glob {
  const parts = pieces.map((piece) => Buffer.from(piece, 'utf8'));
  const ends = new Uint32Array(parts.length);
  let end = 0;
  for (const [index, part] of parts.entries()) {
    end += part.length;
    ends[index] = end;
  }
  return { bytes: Buffer.concat(parts), ends };
}

/**
 * Whether text from `start` to `end` is these pieces with anything between them: the first at the
 * beginning, the last at the end. Takes each piece as early as it can: no way back needed.
 */
export function matchesGlob(text: Uint8Array, start: number, end: number, glob: Glob): boolean {
  const { bytes, ends } = glob;
  const last = ends.length - 1;
  const firstEnd = ends[0] as number;
  const lastFrom = ends[last - 1] as number;
  const lastStart = end - ((ends[last] as number) - lastFrom);
  let place = start + firstEnd;
  if (place > lastStart || !isSame(text, start, bytes, 0, firstEnd)) return false;
  if (!isSame(text, lastStart, bytes, lastFrom, ends[last] as number)) return false;
  let from = firstEnd;
  for (let piece = 1; piece < last; piece += 1) {
    const to = ends[piece] as number;
    const length = to - from;
    if (length === 0) continue;
    const sign = bytes[from];
    const latest = lastStart - length;
    for (; place <= latest; place += 1) {
      if (text[place] !== sign) continue;
      if (length === 1 || isSame(text, place + 1, bytes, from + 1, to)) break;
    }
    if (place > latest) return false;
    place += length;
    from = to;
  }
  return true;
}

/** Whether these bytes lie at a place. */
export function isAt(text: Uint8Array, start: number, wanted: Uint8Array): boolean {
  return isSame(text, start, wanted, 0, wanted.length);
}

function isSame(
  text: Uint8Array,
  start: number,
  wanted: Uint8Array,
  from: number,
  to: number,
): boolean {
  for (let index = from; index < to; index += 1) {
    if (text[start + index - from] !== wanted[index]) return false;
  }
  return true;
}
