/** The keys of the query language, in the order in which they are offered. */
import type { IsValue, NumberKey } from './tree.ts';

export const QUERY_KEYS = [
  'tag',
  'folder',
  'from',
  'to',
  'date',
  'is',
  'camera',
  'lens',
  'name',
  'type',
  'ext',
  'source',
  'conf',
  'on',
  'month',
  'hour',
  'added',
  'iso',
  'f',
  'focal',
  'width',
  'height',
  'size',
  'has',
  'near',
  'box',
] as const;

export type QueryKey = (typeof QUERY_KEYS)[number];

export const IS_VALUES: readonly IsValue[] = [
  'portrait',
  'landscape',
  'square',
  'panorama',
  'untagged',
  'favorite',
  'duplicate',
  'sensitive',
  'missing',
  'offline',
  'failed',
  'unsupported',
];

export const UNTAGGED_BY = 'untagged-by';

export const NUMBER_KEYS: readonly NumberKey[] = [
  'iso',
  'f',
  'focal',
  'width',
  'height',
  'size',
  'month',
  'hour',
];
