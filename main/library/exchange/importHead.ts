/** What a person made beside the photos, brought back from an export. */
import type { ChangeLog } from '../changes.ts';
import { all, run, type WritableDB } from '../database.ts';
import { savedSearches, saveSearch } from '../searches.ts';
import { keepDecision } from '../tagging/linkDecisions.ts';
import type { ExportHead } from './document.ts';

/**
 * Keeps decisions about names, saved searches that are not there, and marks of folders that are. Answers the
 * folders that are not.
 */
export function importHead(
  db: WritableDB,
  input: { readonly head: ExportHead; readonly now: number },
  changes: ChangeLog,
): { missing: readonly string[] } {
  const { links, searches, neverUpload } = input.head;
  for (const { zh, en, linked } of links) {
    keepDecision(db, { zh: [zh], en: [en] }, linked ? 'together' : 'apart', input.now);
  }
  const there = savedSearches(db);
  for (const search of searches) {
    const isThere = there.some(({ name, query }) => name === search.name && query === search.query);
    if (!isThere) saveSearch(db, search, changes);
  }
  const missing: string[] = [];
  for (const path of neverUpload) {
    const there = all<{ id: number; marked: 0 | 1 }>(
      db,
      `SELECT folder.id, folder.never_upload AS marked
         FROM folder JOIN root ON root.id = folder.root_id
        WHERE ? IN (rtrim(root.path_text, '/') || '/' || folder.path_text,
                    CASE folder.path_text WHEN '' THEN root.path_text END)`,
      path,
    );
    if (there.length === 0) missing.push(path);
    for (const { id, marked } of there) {
      if (marked === 1) continue;
      run(db, 'UPDATE folder SET never_upload = 1 WHERE id = ?', id);
      changes.folders();
    }
  }
  return { missing };
}
