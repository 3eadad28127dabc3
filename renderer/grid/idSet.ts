/** Which ids are among `ids`, as a question of one bit: a `Set` of a million takes a tenth of a second. */
export function createIdSet(ids: Uint32Array): (id: number) => boolean {
  let largest = 0;
  for (const id of ids) if (id > largest) largest = id;
  const bits = new Uint32Array((largest >>> 5) + 1);
  for (const id of ids) {
    const word = id >>> 5;
    bits[word] = (bits[word] ?? 0) | (1 << (id & 31));
  }
  return (id) => ((bits[id >>> 5] ?? 0) & (1 << (id & 31))) !== 0;
}
