/** Terms that are answered from tag entries. */
import type { ReadableDB } from '../library/database.ts';
import { all } from '../library/database.ts';
import { isSensitivityService, type Sensitivity, sensitiveWords } from '../library/sensitivity.ts';
import { addBit, type Bits } from './bits.ts';
import type { EntryTest } from './entryTest.ts';
import { foldName } from './fold.ts';
import type { Store } from './store.ts';
import { type LabelInfo, SENSITIVITY, type TagInfo } from './tagTable.ts';
import { inRange, type Range } from './tree.ts';

/** Adds the photos that have an entry of one of the tags that counts. */
export function addTagged(
  store: Store,
  tags: readonly TagInfo[],
  test: EntryTest,
  found: Bits,
): void {
  for (const tag of tags) for (const label of tag.labels) addLabelled(store, label, test, found);
}

/**
 * Photos with any tag that counts. What a moderation service says of a picture is no tag of it, unless
 * `moderation` asks for that too.
 */
export function taggedAtAll(store: Store, test: EntryTest, moderation: boolean): Bits {
  const found = store.emptyBits();
  const tags = [...store.tags.tags.values()];
  addTagged(store, moderation ? tags : tags.filter((tag) => tag.type !== SENSITIVITY), test, found);
  return found;
}

function addLabelled(store: Store, label: LabelInfo, test: EntryTest, found: Bits): void {
  const postings = store.postings.get(label.id);
  const allowed = postings && test.allowed(label.source);
  if (!allowed) return;
  const { slots, confidence, length } = postings;
  for (let index = 0; index < length; index += 1) {
    if (allowed[confidence[index] as number] === 1) addBit(found, slots[index] as number);
  }
}

/** Photos that one of these sources tagged, however sure it is; `moderation` as in `taggedAtAll`. */
export function taggedBy(
  store: Store,
  includes: (source: string) => boolean,
  moderation: boolean,
): Bits {
  const everything = new Uint8Array(256).fill(1);
  const test = { allowed: (source: string) => (includes(source) ? everything : null) };
  return taggedAtAll(store, test, moderation);
}

/** Photos that a moderation service finds sensitive. */
export function sensitive(store: Store, sensitivity: Sensitivity): Bits {
  const found = store.emptyBits();
  const allowed = new Uint8Array(256).fill(1, sensitivity.threshold * 2);
  const words = sensitiveWords(sensitivity.extras);
  for (const { labels } of store.tags.tags.values()) {
    for (const label of labels) {
      if (!isSensitivityService(label.source) || !words.has(foldName(label.raw))) continue;
      addLabelled(store, label, { allowed: () => allowed }, found);
    }
  }
  return found;
}

/**
 * The highest confidence that counts among the tags, by slot, in 1/65536 of a point and one more: 0 is
 * none.
 */
export function confidences(store: Store, tags: readonly TagInfo[], test: EntryTest): Float64Array {
  const highest = new Float64Array(store.slots);
  for (const label of tags.flatMap((tag) => tag.labels)) {
    const postings = store.postings.get(label.id);
    const allowed = postings && test.allowed(label.source);
    if (!allowed) continue;
    for (let index = 0; index < postings.length; index += 1) {
      const byte = postings.confidence[index] as number;
      if (allowed[byte] !== 1) continue;
      const slot = postings.slots[index] as number;
      const value = (byte >>> 1) * 65_536 + (postings.fraction[index] as number) + 1;
      if (value > (highest[slot] as number)) highest[slot] = value;
    }
  }
  return highest;
}

/**
 * Photos on which the largest box of one of the tags covers this share of the picture. Boxes are few
 * and large, so they stay in the database.
 */
export function boxed(
  db: ReadableDB,
  store: Store,
  tags: readonly TagInfo[],
  share: Range,
  test: EntryTest,
): Bits {
  type Row = { id: number; service: string; confidence: number; share: number | null };
  const rows = all<Row>(
    db,
    `SELECT photo_id AS id, service_id AS service, confidence,
            (SELECT MAX((value ->> 'width') * (value ->> 'height')) FROM json_each(boxes)) AS share
       FROM tag_entry
      WHERE tag_id IN (SELECT value FROM json_each(?)) AND boxes IS NOT NULL
        AND NOT EXISTS (SELECT 1 FROM rejection WHERE rejection.photo_id = tag_entry.photo_id
                           AND rejection.tag_id = tag_entry.tag_id)`,
    JSON.stringify(tags.map((tag) => tag.id)),
  );
  const found = store.emptyBits();
  for (const row of rows) {
    const slot = store.slotOf(row.id);
    if (slot < 0 || row.share === null || !inRange(share, row.share)) continue;
    const byte = 2 * Math.floor(row.confidence) + (row.confidence % 1 > 0 ? 1 : 0);
    if (test.allowed(row.service)?.[byte] === 1) addBit(found, slot);
  }
  return found;
}
