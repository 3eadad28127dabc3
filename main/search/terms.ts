/** One term of a query: what each key takes, and the sentence for what it does not. */
import type { TermToken } from '../../shared/queryText.ts';
import { IS_VALUES, QUERY_KEYS, type QueryKey, UNTAGGED_BY } from './keys.ts';
import { isNumberKey, numberTerm, rangeOf, SHARE, WHOLE_CONFIDENCE } from './numberTerms.ts';
import { nearest, type Place, queryError } from './queryError.ts';
import { ageTerm, dateTerm, onTerm } from './timeTerms.ts';
import type { Term } from './tree.ts';
import { NUMBER } from './values.ts';

/** A value with, for each character, whether it stood in quotes. */
type Value = Place & { readonly text: string; readonly quoted: readonly boolean[] };

/** Throws `query_invalid` for an unknown key and for a value that the key does not take. */
export function parseTerm(token: TermToken): Term {
  const value = readValue(token);
  if (token.key === null) {
    if (value.text === '') throw missing(token, 'text');
    return { kind: 'word', text: value.text };
  }
  const key = knownKey(token, token.key);
  if (value.text === '') throw missing(token, EXPECTED[key]);
  return keyTerm(key, value, token);
}

/** What to write after each key, as an English example. */
const EXPECTED: Readonly<Record<QueryKey, string>> = {
  tag: 'a tag, such as tag:dog, tag:"golden retriever", tag:gold* or tag:dog>80 (quotes around a name with < > =)',
  folder: 'a folder, such as folder:2019 or folder:"2019/China"',
  from: 'a date, such as from:2019, from:2019-06 or from:2019-06-30',
  to: 'a date, such as to:2019, to:2019-06 or to:2019-06-30',
  date: 'a date, such as date:2019, date:2019-06, date:>=2019 or date:2018-2020',
  is: `one of ${IS_VALUES.join(', ')}, ${UNTAGGED_BY}:…`,
  camera: 'a part of the name, such as camera:canon',
  lens: 'a part of the name, such as lens:"70-200mm"',
  name: 'a file name, such as name:IMG_* or name:holiday',
  type: 'a format, such as type:jpeg or type:raw',
  ext: 'an extension, such as ext:heic',
  source: 'a source, such as source:me or source:on-device',
  conf: 'a whole confidence from 0 to 100, such as conf:>60',
  on: 'a month and a day, such as on:07-14',
  month: 'a month from 1 to 12, such as month:7 or month:6-8',
  hour: 'an hour from 0 to 23, such as hour:18-21',
  added: 'an age or a date, such as added:<7d, added:<2w or added:2019-06',
  iso: 'a number, such as iso:>=1600',
  f: 'a number, such as f:<2',
  focal: 'millimetres, such as focal:24-70',
  width: 'pixels, such as width:>4000',
  height: 'pixels, such as height:>4000',
  size: 'a size, such as size:>10mb',
  has: 'gps',
  near: 'latitude, longitude and kilometres, such as near:30.25,120.16,25km',
  box: 'a tag and a share of the picture, such as box:dog>0.25',
};

function keyTerm(key: QueryKey, value: Value, token: TermToken): Term {
  const bad = (): Error => badValue(key, value, token);
  switch (key) {
    case 'tag': {
      const { name, bound } = splitBound(value);
      const range = bound === null ? null : rangeOf(WHOLE_CONFIDENCE, bound, value, EXPECTED.tag);
      return { kind: 'tag', ...tagName(name, bad), bound: range };
    }
    case 'box': {
      const { name, bound } = splitBound(value);
      const range = rangeOf(SHARE, bound ?? '>=0', value, EXPECTED.box);
      return { kind: 'box', ...tagName(name, bad), range };
    }
    case 'conf':
      return {
        kind: 'confidence',
        range: rangeOf(WHOLE_CONFIDENCE, value.text, value, EXPECTED.conf),
      };
    case 'name':
      return { kind: 'name', pieces: splitUnquoted(value, '*') };
    case 'from':
    case 'to':
    case 'date':
      return dateTerm(key, value, EXPECTED[key]);
    case 'added':
      return ageTerm(value, EXPECTED.added) ?? dateTerm('added', value, EXPECTED.added);
    case 'on':
      return onTerm(value, EXPECTED.on);
    case 'is':
      return isTerm(value, bad);
    case 'has':
      if (value.text.toLowerCase() !== 'gps') throw bad();
      return { kind: 'has', what: 'gps' };
    case 'near':
      return nearTerm(value.text, bad);
    default:
      if (isNumberKey(key)) return numberTerm(key, value, EXPECTED[key]);
      return { kind: 'text', key, text: value.text };
  }
}

/** The comparison at the end of a tag's value, as written: `>80`. Empty without one. */
export function rawBound(token: TermToken): string {
  return splitBound(readValue(token)).bound ?? '';
}

function readValue(token: TermToken): Value {
  const quoted: boolean[] = [];
  let text = '';
  for (const segment of token.segments) {
    text += segment.text;
    for (let index = 0; index < segment.text.length; index += 1) quoted.push(segment.quoted);
  }
  return { text, quoted, start: token.valueStart, end: token.end };
}

/** `dog>80` as `dog` and `>80`. */
function splitBound(value: Value): { name: Value; bound: string | null } {
  const { text, quoted } = value;
  for (let index = 0; index < text.length; index += 1) {
    if (quoted[index] || !'<>='.includes(text.charAt(index))) continue;
    const name = { ...value, text: text.slice(0, index), quoted: quoted.slice(0, index) };
    return { name, bound: text.slice(index) };
  }
  return { name: value, bound: null };
}

function tagName(value: Value, bad: () => Error): { name: string; prefix: boolean } {
  const last = value.text.length - 1;
  const prefix = value.text.endsWith('*') && value.quoted[last] === false;
  const name = prefix ? value.text.slice(0, last) : value.text;
  if (name === '' && !prefix) throw bad();
  return { name, prefix };
}

function splitUnquoted(value: Value, separator: string): string[] {
  const pieces = [''];
  for (const [index, character] of value.text.split('').entries()) {
    if (character === separator && !value.quoted[index]) pieces.push('');
    else pieces.push((pieces.pop() ?? '') + character);
  }
  // Two wildcards side by side are one.
  return pieces.filter(
    (piece, index) => piece !== '' || index === 0 || index === pieces.length - 1,
  );
}

function isTerm(value: Value, bad: () => Error): Term {
  const text = value.text.toLowerCase();
  const source = text.startsWith(`${UNTAGGED_BY}:`) ? value.text.slice(UNTAGGED_BY.length + 1) : '';
  if (source) return { kind: 'untagged-by', source };
  const what = IS_VALUES.find((known) => known === (text === 'favourite' ? 'favorite' : text));
  if (what === undefined) throw bad();
  return { kind: 'is', what };
}

const NEAR = new RegExp(`^(${NUMBER}),(${NUMBER}),(${NUMBER})(km|m)?$`, 'iu');

function nearTerm(text: string, bad: () => Error): Term {
  const [, north = '', east = '', distance = '', unit = 'km'] = NEAR.exec(text) ?? [];
  const latitude = Number(north) || 0;
  const longitude = Number(east) || 0;
  const kilometres = Number(distance) / (unit.toLowerCase() === 'm' ? 1000 : 1) || 0;
  const valid =
    distance !== '' &&
    Math.abs(latitude) <= 90 &&
    Math.abs(longitude) <= 180 &&
    Number.isFinite(kilometres) &&
    kilometres >= 0;
  if (!valid) throw bad();
  return { kind: 'near', latitude, longitude, kilometres };
}

function knownKey(token: TermToken, written: string): QueryKey {
  const lower = written.toLowerCase();
  const key = QUERY_KEYS.find((known) => known === lower);
  if (key) return key;
  const suggestion = nearest(lower, QUERY_KEYS);
  throw queryError(
    'unknown_key',
    { start: token.start, end: token.start + written.length },
    `There is no key "${written}:".${suggestion ? ` Did you mean "${suggestion}:"?` : ''} To search for text with a colon, put it in quotes.`,
    {
      expected: `one of ${QUERY_KEYS.join(', ')}`,
      ...(suggestion ? { suggestion } : {}),
    },
  );
}

function missing(token: TermToken, expected: string): Error {
  return queryError(
    'missing_value',
    { start: token.start, end: token.end },
    token.key === null
      ? 'There is nothing between these quotes.'
      : `"${token.key}:" needs ${expected}.`,
    { expected },
  );
}

function badValue(key: QueryKey, value: Value, token: TermToken): Error {
  const near = key === 'is' ? nearest(value.text.toLowerCase(), IS_VALUES) : null;
  return queryError(
    'bad_value',
    value,
    `"${token.key}:" does not take "${value.text}". It needs ${EXPECTED[key]}.`,
    { expected: EXPECTED[key], ...(near ? { suggestion: near } : {}) },
  );
}
