/** Which part of an offered text is what the person typed. */
import { tokenize } from '../../shared/queryText.ts';

export type TextPart = { readonly text: string; readonly matched: boolean };

/** The text in pieces, the first occurrence of what is typed marked: at its beginning, else of a word, else anywhere. */
export function markedParts(text: string, typed: string): readonly TextPart[] {
  const range = wantedTexts(typed)
    .map((wanted) => matchedRange(text, wanted))
    .find((found) => found !== null);
  if (!range) return [{ text, matched: false }];
  const [start, end] = range;
  return [
    { text: text.slice(0, start), matched: false },
    { text: text.slice(start, end), matched: true },
    { text: text.slice(end), matched: false },
  ].filter((part) => part.text !== '');
}

/** All of it, and the word or the value after its key without quotes. */
function wantedTexts(typed: string): string[] {
  const token = tokenize(typed).find((candidate) => candidate.kind === 'term');
  if (token?.kind !== 'term') return [typed];
  return [typed, token.segments.map((segment) => segment.text).join('')];
}

/** UTF-16 units of `text`. Case, width and accents make no difference. */
export function matchedRange(text: string, wanted: string): readonly [number, number] | null {
  const key = folded(wanted).text;
  if (key === '') return null;
  const { text: whole, places } = folded(text);
  const atWord = whole.indexOf(` ${key}`);
  const start = whole.startsWith(key) ? 0 : atWord >= 0 ? atWord + 1 : whole.indexOf(key);
  if (start < 0) return null;
  return [places[start] ?? 0, places[start + key.length] ?? text.length];
}

/** The text as it is compared, and where each of its units comes from. */
function folded(text: string): { readonly text: string; readonly places: readonly number[] } {
  let result = '';
  const places: number[] = [];
  let place = 0;
  for (const character of text) {
    const plain = character
      .normalize('NFKD')
      .toLowerCase()
      .replace(/[\u0300-\u036f]/gu, '');
    for (let unit = 0; unit < plain.length; unit += 1) places.push(place);
    result += plain;
    place += character.length;
  }
  return { text: result, places };
}
