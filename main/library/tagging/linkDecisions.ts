/** What was decided about a Chinese and an English name being one tag (docs/rules.md 3). */
import type { Language } from '../../../shared/model.ts';
import { foldName } from '../../search/fold.ts';
import { all, type ReadableDB, run, type WritableDB } from '../database.ts';

/** Folded names by language. */
export type PairKeys = { readonly zh: readonly string[]; readonly en: readonly string[] };

/** The folded names and aliases that a tag has in a language, the shown one first. */
export function keysOf(db: ReadableDB, tagId: number, language: Language): string[] {
  return all<{ key: string }>(
    db,
    `SELECT name_key AS key FROM tag_name
      WHERE tag_id = ? AND language = ? AND space = 'common' ORDER BY alias, name_key`,
    tagId,
    language,
  ).map((row) => row.key);
}

/**
 * A person's word about any of these names; null when nothing was said. Names that a person took apart
 * stay apart, whichever of their aliases a service uses.
 */
export function personsDecision(db: ReadableDB, keys: PairKeys): 'together' | 'apart' | null {
  const rows = all<{ linked: number }>(
    db,
    `SELECT DISTINCT linked FROM tag_link
      WHERE decided_by = 'person' AND zh_key IN (SELECT value FROM json_each(?))
        AND en_key IN (SELECT value FROM json_each(?))`,
    JSON.stringify(keys.zh),
    JSON.stringify(keys.en),
  );
  if (rows.length === 0) return null;
  return rows.some((row) => row.linked === 0) ? 'apart' : 'together';
}

/** Keeps a person's word about every pair of these names, for good. */
export function keepDecision(
  db: WritableDB,
  keys: PairKeys,
  decision: 'together' | 'apart',
  now: number,
): void {
  for (const zh of keys.zh) {
    for (const en of keys.en) {
      run(
        db,
        `INSERT INTO tag_link (zh_key, en_key, linked, decided_by, decided_at)
           VALUES (?, ?, ?, 'person', ?)
         ON CONFLICT DO UPDATE SET linked = excluded.linked, decided_by = excluded.decided_by,
           decided_at = excluded.decided_at`,
        zh,
        en,
        decision === 'together' ? 1 : 0,
        now,
      );
    }
  }
}

/** Keeps a service's pair that could not be linked, to be offered to the person. */
export function offerPair(db: WritableDB, zh: string, en: string, now: number): void {
  run(
    db,
    `INSERT INTO tag_link (zh_key, en_key, linked, decided_by, decided_at)
       VALUES (?, ?, 0, 'service', ?) ON CONFLICT DO NOTHING`,
    foldName(zh),
    foldName(en),
    now,
  );
}
