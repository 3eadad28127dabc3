/**
 * Reads Chinese names as pinyin, in a process of its own: the dictionary is large and needed once, and of
 * a thread that ends 40 MB stay with the engine.
 */
import { pinyin } from 'pinyin-pro';

/** What can be typed for each name. */
export type PinyinReply = readonly (readonly [name: string, keys: readonly string[]])[];

/** Syllables one after the other, and their first letters; 绿 is found as `lv` and as `lu`. */
export function pinyinKeys(name: string): string[] {
  const read = (v: boolean): string[] =>
    pinyin(name, { toneType: 'none', type: 'array', v }).map((syllable) =>
      syllable
        .normalize('NFD')
        .replace(/[\u0300-\u036f\s]/gu, '')
        .toLowerCase(),
    );
  const syllables = read(true);
  const initials = syllables.map((syllable) => [...syllable][0] ?? '').join('');
  return [...new Set([syllables.join(''), read(false).join(''), initials])];
}

process.once('message', (names: readonly string[]) => {
  const reply: PinyinReply = names.map((name) => [name, pinyinKeys(name)]);
  process.send?.(reply, undefined, undefined, () => process.disconnect());
});
