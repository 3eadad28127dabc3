/**
 * Names that people, cameras and other programs gave, beside text that runs the other way. A name with letters
 * written from right to left must not turn the sentence it stands in, and the signs that turn text round must
 * not make `photo\u202egpj.exe` look like `photoexe.jpg`.
 */

/** Signs that turn or enclose what follows them, but for the pair that closes a name off. */
const TURNING = /[\u202a-\u202e\u2066\u2067]/g;
/** Opens and closes what has a direction of its own: the first strong letter in it gives that. */
const OPEN = '\u2068';
const CLOSE = '\u2069';
const PAIR = /[\u2068\u2069]/g;
/** Hebrew, Arabic and their kin, and every sign that has to do with directions. */
const TURNS =
  /[\u0590-\u08ff\u200f\u202a-\u202e\u2066-\u2069\ufb1d-\ufdff\ufe70-\ufeff\u{10800}-\u{10fff}\u{1e800}-\u{1efff}]/u;

/** A name as people may see it: signs that turn text round are written out, as `[U+202E]`. */
export function visibleName(name: string): string {
  if (!TURNS.test(name)) return name;
  const shown = name.replace(TURNING, written);
  return isPaired(shown) ? shown : shown.replace(PAIR, written);
}

/** A name for the middle of a sentence: closed off where it could turn the rest, else the very same. */
export function isolatedName(name: string): string {
  return TURNS.test(name) ? OPEN + visibleName(name) + CLOSE : name;
}

/** A text without the signs that close names off: for names of controls, which are heard and not seen. */
export function withoutIsolation(text: string): string {
  return text.replace(PAIR, '');
}

function written(sign: string): string {
  return `[U+${(sign.codePointAt(0) ?? 0).toString(16).toUpperCase()}]`;
}

function isPaired(text: string): boolean {
  let depth = 0;
  for (const sign of text) {
    if (sign === OPEN) depth += 1;
    if (sign === CLOSE) depth -= 1;
    if (depth < 0) return false;
  }
  return depth === 0;
}
