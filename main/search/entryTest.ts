/**
 * Which tag entries count: by source, by confidence, by the lens. `source:` and `conf:` of an AND group
 * are about the same entries as its `tag:` and word terms, so they travel down to those terms.
 */
import { foldName } from './fold.ts';
import { HIGHEST_BYTE } from './postings.ts';
import { inRange, type QueryNode, type Range } from './tree.ts';

export type EntryTest = {
  /** For each confidence byte, 1 where the entry counts. Null: none of this source does. */
  allowed(source: string): Uint8Array | null;
};

/** A part of a query that is only about sources and confidences. */
export function isEntryCondition(node: QueryNode): boolean {
  switch (node.kind) {
    case 'confidence':
      return true;
    case 'text':
      return node.key === 'source';
    case 'not':
      return isEntryCondition(node.child);
    case 'and':
    case 'or':
      return node.children.every(isEntryCondition);
    default:
      return false;
  }
}

/** The conditions say which source they want: then what a moderation service says is meant too. */
export function namesSource(conditions: readonly QueryNode[]): boolean {
  return conditions.some((node) => {
    if (node.kind === 'text') return node.key === 'source';
    return (node.kind === 'and' || node.kind === 'or') && namesSource(node.children);
  });
}

/**
 * Entries within `bound` that meet every condition. A bound on confidence, here or in a condition,
 * stands instead of the lens.
 */
export function entryTest(
  conditions: readonly QueryNode[],
  bound: Range | null,
  lens: number,
): EntryTest {
  const bytes = bound && byteRange(bound);
  const lensByte = bytes || conditions.some(boundsConfidence) ? 0 : lens * 2;
  const known = new Map<string, Uint8Array | null>();
  const make = (source: string): Uint8Array | null => {
    const allowed = new Uint8Array(HIGHEST_BYTE + 1);
    const meeting = bytesMeeting(conditions, source);
    let any = false;
    for (let byte = lensByte; byte <= HIGHEST_BYTE; byte += 1) {
      if (meeting[byte] !== 1 || (bytes && !inRange(bytes, byte))) continue;
      allowed[byte] = 1;
      any = true;
    }
    return any ? allowed : null;
  };
  return {
    allowed(source) {
      let allowed = known.get(source);
      if (allowed === undefined) {
        allowed = make(source);
        known.set(source, allowed);
      }
      return allowed;
    },
  };
}

/** Terms of a group share their conditions: these are looked at once. */
const meetingBytes = new WeakMap<readonly QueryNode[], Map<string, Uint8Array>>();

/** For each confidence byte, 1 where an entry of a source meets every condition. */
function bytesMeeting(conditions: readonly QueryNode[], source: string): Uint8Array {
  let known = meetingBytes.get(conditions);
  if (!known) {
    known = new Map();
    meetingBytes.set(conditions, known);
  }
  let meeting = known.get(source);
  if (!meeting) {
    const key = foldName(source);
    meeting = new Uint8Array(HIGHEST_BYTE + 1);
    for (let byte = 0; byte <= HIGHEST_BYTE; byte += 1) {
      if (conditions.every((condition) => meets(condition, key, byte))) meeting[byte] = 1;
    }
    known.set(source, meeting);
  }
  return meeting;
}

function meets(node: QueryNode, source: string, byte: number): boolean {
  switch (node.kind) {
    case 'confidence':
      return inRange(byteRange(node.range), byte);
    case 'text':
      return foldName(node.text) === source;
    case 'not':
      return !meets(node.child, source, byte);
    case 'and':
      return node.children.every((child) => meets(child, source, byte));
    case 'or':
      return node.children.some((child) => meets(child, source, byte));
    default:
      return true;
  }
}

function boundsConfidence(node: QueryNode): boolean {
  switch (node.kind) {
    case 'confidence':
      return true;
    case 'not':
      return boundsConfidence(node.child);
    case 'and':
    case 'or':
      return node.children.some(boundsConfidence);
    default:
      return false;
  }
}

/** Bounds are whole, so twice the bound compares with half steps as the bound does with the value. */
function byteRange(range: Range): Range {
  return { ...range, min: range.min * 2, max: range.max * 2 };
}
