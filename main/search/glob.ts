/**
 * Whether bytes from `start` to `end` are these pieces with anything between them: the first at the
 * beginning, the last at the end. Takes each piece as early as it can: no way back needed.
 */
export function matchesGlob(
  bytes: Uint8Array,
  start: number,
  end: number,
  pieces: readonly Uint8Array[],
): boolean {
  const first = pieces[0] as Uint8Array;
  const last = pieces[pieces.length - 1] as Uint8Array;
  const lastStart = end - last.length;
  let place = start + first.length;
  if (place > lastStart || !isAt(bytes, start, first) || !isAt(bytes, lastStart, last))
    return false;
  for (let index = 1; index < pieces.length - 1; index += 1) {
    const piece = pieces[index] as Uint8Array;
    while (place + piece.length <= lastStart && !isAt(bytes, place, piece)) place += 1;
    place += piece.length;
    if (place > lastStart) return false;
  }
  return true;
}

/** Whether these bytes lie at a place. */
export function isAt(bytes: Uint8Array, start: number, wanted: Uint8Array): boolean {
  for (let index = 0; index < wanted.length; index += 1) {
    if (bytes[start + index] !== wanted[index]) return false;
  }
  return true;
}
