/** A tree as query text that reads as the same tree again. */
import { assertNever } from '../../shared/errors.ts';
import { quoteTerm } from '../../shared/queryText.ts';
import { UNTAGGED_BY } from './keys.ts';
import type { Period, QueryNode, Range, Term } from './tree.ts';

export function printQuery(node: QueryNode): string {
  switch (node.kind) {
    case 'all':
      return '';
    case 'or':
      return node.children
        .map((child) => (child.kind === 'and' ? printQuery(child) : printInner(child)))
        .join(' OR ');
    case 'and':
      return node.children.map(printInner).join(' ');
    case 'not':
      return `-${node.child.kind === 'not' ? `(${printQuery(node.child)})` : printInner(node.child)}`;
    default:
      return printTerm(node);
  }
}

function printInner(node: QueryNode): string {
  return node.kind === 'and' || node.kind === 'or' ? `(${printQuery(node)})` : printQuery(node);
}

function printTerm(term: Term): string {
  switch (term.kind) {
    case 'word':
      return quoteTerm(term.text);
    case 'tag':
      return `tag:${printName(term)}${term.bound ? printBound(term.bound) : ''}`;
    case 'box':
      return `box:${printName(term)}${printBound(term.range)}`;
    case 'text':
      return `${term.key}:${quoteTerm(term.text)}`;
    case 'confidence':
      return `conf:${printRange(term.range)}`;
    case 'name':
      return `name:${term.pieces.map((piece) => (piece === '' ? '' : quoteTerm(piece))).join('*')}`;
    case 'number':
      return `${term.key}:${printRange(term.range)}`;
    case 'date':
      return printDate(term);
    case 'age':
      return `added:${printRange(term.range, 'h')}`;
    case 'on':
      return `on:${pad(term.month, 2)}-${pad(term.day, 2)}`;
    case 'is':
      return `is:${term.what}`;
    case 'untagged-by':
      return `is:${UNTAGGED_BY}:${quoteTerm(term.source)}`;
    case 'has':
      return `has:${term.what}`;
    case 'near':
      return `near:${term.latitude},${term.longitude},${term.kilometres}km`;
    default:
      return assertNever(term);
  }
}

function printName(term: { readonly name: string; readonly prefix: boolean }): string {
  if (!term.prefix) return quoteTerm(term.name);
  return term.name === '' ? '*' : `${quoteTerm(term.name)}*`;
}

/** With a comparison before it, so that it can follow a name. */
function printBound(range: Range): string {
  const text = printRange(range);
  return /^[<>=]/u.test(text) ? text : `=${text}`;
}

function printRange(range: Range, unit = ''): string {
  const { min, max } = range;
  if (max === Infinity) return `${range.minOpen ? '>' : '>='}${min}${unit}`;
  if (min === -Infinity) return `${range.maxOpen ? '<' : '<='}${max}${unit}`;
  return min === max ? `=${min}${unit}` : `${min}${unit}-${max}${unit}`;
}

function printDate(term: Extract<Term, { kind: 'date' }>): string {
  if (term.key === 'from' || term.key === 'to') return `${term.key}:${printPeriod(term.first)}`;
  if (term.last) return `${term.key}:${printPeriod(term.first)}..${printPeriod(term.last)}`;
  return `${term.key}:${term.comparison === '=' ? '' : term.comparison}${printPeriod(term.first)}`;
}

/** `2019`, `2019-06` or `2019-06-30`. */
export function printPeriod(period: Period): string {
  return [
    pad(period.year, 4),
    ...[period.month, period.day].filter((part) => part !== null).map((part) => pad(part, 2)),
  ].join('-');
}

/** With zeros in front. */
export function pad(value: number, length: number): string {
  return String(value).padStart(length, '0');
}
