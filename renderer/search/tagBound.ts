/** The bound that one tag of a query asks for, read from its term and written into it. */
import { tokenize } from '../../shared/queryText.ts';

/** A term that asks for one tag: `tag:dog>80`, or for its share of the picture: `box:dog>0.25`. */
export type TagTerm = {
  readonly key: 'tag' | 'box';
  readonly negated: boolean;
  /** Without quotes; a prefix with its `*`. */
  readonly name: string;
  /** The comparison with ASCII signs, `>80` or `=60-80`; empty without one. */
  readonly bound: string;
};

type Found = TagTerm & {
  /** UTF-16 units into the text: where the comparison begins, or would. */
  readonly boundStart: number;
};

const MINUS = /^[-－]+\s*/u;
const BOUND = /^(>=|<=|>|<|=)\s*(\d+(?:\.\d+)?)(?:-(\d+(?:\.\d+)?))?$/u;
const SIGNS: Readonly<Record<string, string>> = { '>=': '≥', '<=': '≤' };

/** What a term says of its tag; null for other terms and for ones with an open quote. */
export function readTagTerm(text: string): TagTerm | null {
  const found = find(text);
  if (!found) return null;
  const { key, negated, name, bound } = found;
  return { key, negated, name, bound };
}

function find(text: string): Found | null {
  const tokens = tokenize(text);
  const token = tokens.at(-1);
  const signs = tokens.slice(0, -1);
  if (token?.kind !== 'term' || signs.some((sign) => sign.kind !== 'not')) return null;
  const key = token.key?.toLowerCase();
  if ((key !== 'tag' && key !== 'box') || token.unclosedAt !== null) return null;
  let name = '';
  let bound = '';
  let boundStart = token.end;
  for (const segment of token.segments) {
    const sign = bound === '' && !segment.quoted ? segment.text.search(/[<>=]/u) : -1;
    if (sign >= 0) {
      boundStart = segment.start + sign;
      name += segment.text.slice(0, sign);
      bound = segment.text.slice(sign);
    } else if (bound === '') {
      name += segment.text;
    } else {
      bound += segment.text;
    }
  }
  if (name === '') return null;
  return { key, negated: signs.length % 2 === 1, name, bound, boundStart };
}

/** Where the slider of a term stands: 0..100, per cent of the picture for `box:`. Null where none is asked for. */
export function boundLevel({ key, bound }: TagTerm): number | null {
  const match = BOUND.exec(bound);
  if (!match) return null;
  const level = Math.round(Number(match[2]) * (key === 'box' ? 100 : 1));
  return Math.min(100, level);
}

/** The term with "at least `level`" instead of what it asks for; null takes the bound away. */
export function withLevel(text: string, level: number | null): string {
  const found = find(text);
  if (!found) return text;
  const start = text.slice(0, found.boundStart);
  if (level === null) return start;
  return `${start}>=${found.key === 'box' ? level / 100 : level}`;
}

/** The term with a `-` before it, or without. */
export function withNegation(text: string, negated: boolean): string {
  const plain = withoutMinus(text);
  return negated ? `-${plain}` : plain;
}

/** The term as it is written, without its `-`. */
export function withoutMinus(text: string): string {
  return text.replace(MINUS, '');
}

/** The comparison for people: `≥ 70`, `60–80`. */
export function boundText(bound: string): string {
  const match = BOUND.exec(bound);
  if (!match) return bound;
  const [, sign = '', low = '', high] = match;
  return high === undefined ? `${SIGNS[sign] ?? sign} ${low}` : `${low}–${high}`;
}
