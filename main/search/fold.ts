/**
 * Folding: what two texts have in common when they are "the same" to a person who searches. Used for
 * everything that is compared, and for `tag_name.name_key`: a change here needs a migration of it.
 */

// biome-ignore lint/suspicious/noControlCharactersInRegex: the whole ASCII range is meant
const ASCII = /^[\x00-\x7f]*$/;

/**
 * Accents of alphabets. Other scripts' marks are vowels and letters, not decoration: が is not か, and
 * Devanagari without its signs is no text.
 */
const ACCENTS = /[\u0300-\u036f\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff\ufe20-\ufe2f]+/g;

/** Letters that Unicode does not take apart, and that people type without their stroke. ẞ is left as ß. */
const STROKES: Readonly<Record<string, string>> = {
  ß: 'ss',
  ς: 'σ',
  ø: 'o',
  đ: 'd',
  ł: 'l',
  ħ: 'h',
  æ: 'ae',
  œ: 'oe',
};
const STROKE = /[ßςøđłħæœ]/g;

/** Folds NFKC forms, case, accents and width. ß is ss, İ and ı are i. Folding twice changes nothing. */
export function foldText(text: string): string {
  if (ASCII.test(text)) return text.toLowerCase();
  // Upper case first: it takes apart what lower case alone keeps (ß, ı, ligatures).
  return text
    .normalize('NFKD')
    .toUpperCase()
    .toLowerCase()
    .normalize('NFKD')
    .replace(ACCENTS, '')
    .replace(STROKE, (letter) => STROKES[letter] ?? letter)
    .normalize('NFC');
}

/** Folds a name that is compared as a whole: also trims, and runs of white space are one space. */
export function foldName(name: string): string {
  return foldText(name).trim().replace(/\s+/gu, ' ');
}
