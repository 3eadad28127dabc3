/** What becomes of photos whose files a scan did not find: missing, or offline with their folder or root. */
import type { ChangeLog } from './changes.ts';
import { all, get, run, type WritableDB } from './database.ts';

/**
 * A folder that lost at least so many photos at once, and has none left, is offline (docs/rules.md 1). With one,
 * somebody deleted the last photo: that is told apart so that it goes missing like any other.
 */
const LOST_AT_ONCE = 2;

/** Nothing is left in the root: every photo that was there is among those just found gone. */
export function isRootEmptied(db: WritableDB, rootId: number): boolean {
  if (!get(db, 'SELECT 1 FROM scan_gone LIMIT 1')) return false;
  return !get(
    db,
    `SELECT 1 FROM folder JOIN photo ON photo.folder_id = folder.id
      WHERE folder.root_id = ? AND NOT folder.offline AND photo.missing_since IS NULL
        AND photo.id NOT IN (SELECT photo_id FROM scan_gone) LIMIT 1`,
    rootId,
  );
}

/**
 * Decides about every photo in `scan_gone`. `leftFolders`: folders from which this scan saw photos move
 * away: the rest of them was deleted, not unplugged. Answers how many photos are missing now.
 */
export function settleGone(
  db: WritableDB,
  input: {
    readonly rootId: number;
    readonly lastScanAt: number | null;
    readonly now: number;
    readonly leftFolders: ReadonlySet<number>;
  },
  changes: ChangeLog,
): number {
  const lost = lostByFolder(db);
  if (lost.length === 0) return 0;
  run(
    db,
    `UPDATE photo SET last_seen_at = MAX(added_at, ?)
      WHERE id IN (SELECT photo_id FROM scan_gone)`,
    input.lastScanAt ?? 0,
  );
  const offline = offlineFolders(db, input.rootId, lost, input.leftFolders);
  for (const folderId of offline) {
    run(db, 'UPDATE folder SET offline = 1 WHERE id = ?', folderId);
    changes.photos(photosOf(db, folderId));
    changes.folders();
    run(db, 'DELETE FROM scan_gone WHERE folder_id = ?', folderId);
  }
  const missing = all<{ id: number }>(
    db,
    `UPDATE photo SET missing_since = ? WHERE id IN (SELECT photo_id FROM scan_gone) RETURNING id`,
    input.now,
  );
  changes.photos(missing.map((row) => row.id));
  return missing.length;
}

/** Ids of all photos in a folder, missing ones too: its state covers theirs. */
export function photosOf(db: WritableDB, folderId: number): number[] {
  return all<{ id: number }>(db, 'SELECT id FROM photo WHERE folder_id = ?', folderId).map(
    (row) => row.id,
  );
}

type Lost = { readonly folderId: number; readonly lost: number; readonly left: number };

function lostByFolder(db: WritableDB): Lost[] {
  return all<Lost>(
    db,
    `SELECT gone.folder_id AS folderId, COUNT(*) AS lost,
            (SELECT COUNT(*) FROM photo WHERE photo.folder_id = gone.folder_id
                AND photo.missing_since IS NULL) - COUNT(*) AS left
       FROM scan_gone AS gone GROUP BY gone.folder_id`,
  );
}

/** A subtree without one photo left counts as a whole: an unplugged drive takes all its folders along. */
function offlineFolders(
  db: WritableDB,
  rootId: number,
  lost: readonly Lost[],
  leftFolders: ReadonlySet<number>,
): number[] {
  const emptied = lost.filter((folder) => folder.left === 0);
  if (emptied.length === 0) return [];
  type Node = { id: number; parentId: number | null; present: number };
  const nodes = new Map(
    all<Node>(
      db,
      `SELECT folder.id, folder.parent_id AS parentId,
              COUNT(photo.id) FILTER (WHERE NOT folder.offline AND photo.missing_since IS NULL
                AND photo.id NOT IN (SELECT photo_id FROM scan_gone)) AS present
         FROM folder LEFT JOIN photo ON photo.folder_id = folder.id
        WHERE folder.root_id = ? GROUP BY folder.id`,
      rootId,
    ).map((node) => [node.id, node]),
  );
  const isAlive = new Set<number>();
  const climb = (from: number | null, visit: (node: Node) => boolean): void => {
    for (let node = from === null ? undefined : nodes.get(from); node; ) {
      if (!visit(node)) return;
      node = node.parentId === null ? undefined : nodes.get(node.parentId);
    }
  };
  const markAlive = (node: Node): boolean => {
    if (isAlive.has(node.id)) return false;
    isAlive.add(node.id);
    return true;
  };
  for (const node of nodes.values()) if (node.present > 0) climb(node.id, markAlive);
  for (const folderId of leftFolders) climb(folderId, markAlive);

  const lostBelow = new Map<number, { lost: number; folders: number[] }>();
  for (const folder of emptied) {
    if (isAlive.has(folder.folderId)) continue;
    let top = folder.folderId;
    climb(folder.folderId, (node) => {
      // The root itself is always there; only what lies in it can be unplugged.
      if (isAlive.has(node.id) || node.parentId === null) return false;
      top = node.id;
      return true;
    });
    const group = lostBelow.get(top) ?? { lost: 0, folders: [] };
    group.lost += folder.lost;
    group.folders.push(folder.folderId);
    lostBelow.set(top, group);
  }
  return [...lostBelow.values()]
    .filter((group) => group.lost >= LOST_AT_ONCE)
    .flatMap((group) => group.folders);
}
