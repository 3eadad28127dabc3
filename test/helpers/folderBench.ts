/** A real folder and a library in memory: files are put, moved and removed, scans run, rows are looked at. */
import { mkdtempSync } from 'node:fs';
import { mkdir, rm, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { type FolderRequest, type WalkOutcome, walk } from '../../main/folders/walk.ts';
import { ChangeLog, type LibraryChanges } from '../../main/library/changes.ts';
import { openInMemory, run, type WritableDB } from '../../main/library/database.ts';
import { migrate } from '../../main/library/migrate.ts';
import { type FinishScanOutput, finishScan } from '../../main/library/reconcile.ts';
import { addRoots } from '../../main/library/roots.ts';
import { addScanBatch, beginScan } from '../../main/library/scanTables.ts';

export type PhotoLine = {
  readonly id: number;
  /** Folder and name, below the root's own folder name. */
  readonly path: string;
  readonly state: 'ok' | 'missing' | 'offline';
  readonly stage: number;
};

export type ScanLine = FinishScanOutput & {
  readonly outcome: WalkOutcome;
  readonly changes: LibraryChanges | null;
};

export type FolderBench = {
  readonly db: WritableDB;
  /** Where the test's roots lie. */
  readonly base: string;
  /** The clock of the library; each scan moves it on by a minute. */
  now: number;
  put(path: string, content?: string): Promise<void>;
  addRoot(name: string): number;
  scan(rootId: number, folders?: readonly FolderRequest[] | null): Promise<ScanLine>;
  /** Photos by path. */
  photos(): PhotoLine[];
  /** Id of the photo at a path; fails where there is none. */
  idOf(path: string): number;
  close(): Promise<void>;
};

/** One write in one transaction, as the writing thread does it. */
export function write<Input, Output>(
  db: WritableDB,
  operation: (db: WritableDB, input: Input, changes: ChangeLog) => Output,
  input: Input,
): { output: Output; changes: LibraryChanges | null } {
  const changes = new ChangeLog();
  const output = db.transaction(() => operation(db, input, changes)).immediate();
  return { output, changes: changes.summary() };
}

let counter = 0;

/** Writes a file whose age needs no second look; every file has a time of its own. */
export async function putFile(path: string, content = 'picture'): Promise<void> {
  await mkdir(dirname(path), { recursive: true });
  await writeFile(path, content);
  counter += 1;
  const seconds = 1_600_000_000 + counter;
  await utimes(path, seconds, seconds);
}

export function createFolderBench(): FolderBench {
  const db = openInMemory();
  migrate(db);
  const base = mkdtempSync(join(tmpdir(), 'tagroll-folders-'));
  const bench: FolderBench = {
    db,
    base,
    now: Date.UTC(2026, 0, 15, 12),
    put: (path, content) => putFile(join(base, path), content),
    addRoot(name) {
      const path = Buffer.from(join(base, name));
      const { output } = write(db, addRoots, {
        roots: [{ path, realPath: path, device: null, volume: null }],
        realPaths: [],
        libraryPath: Buffer.from('/nowhere/library'),
        now: bench.now,
      });
      const [rootId] = output.rootIds;
      if (rootId === undefined) throw new Error('no root');
      return rootId;
    },
    async scan(rootId, folders = null) {
      bench.now += 60_000;
      const row = db.prepare('SELECT path FROM root WHERE id = ?').get(rootId) as { path: Buffer };
      const { scanId } = write(db, beginScan, { rootId, whole: folders === null }).output;
      const outcome = await walk({ rootPath: row.path, folders, ignore: [] }, async (batch) => {
        write(db, addScanBatch, { scanId, batch });
      });
      const { rootState, device, files } = outcome;
      const { output, changes } = write(db, finishScan, {
        scanId,
        rootState,
        device,
        volume: null,
        files,
        now: bench.now,
      });
      return { ...output, outcome, changes };
    },
    photos() {
      type Row = {
        id: number;
        root: string;
        folder: string;
        name: string;
        offline: number;
        missing: number;
        stage: number;
      };
      const rows = db
        .prepare(
          `SELECT photo.id, root.path_text AS root, folder.path_text AS folder, photo.name_text AS name,
                  root.offline OR folder.offline AS offline, photo.missing_since IS NOT NULL AS missing,
                  photo.stage
             FROM photo JOIN folder ON folder.id = photo.folder_id JOIN root ON root.id = folder.root_id
            WHERE NOT root.removed`,
        )
        .all() as Row[];
      return rows
        .map((row) => ({
          id: row.id,
          path: [row.root.slice(base.length + 1), row.folder, row.name]
            .filter((part) => part !== '')
            .join('/'),
          state: row.offline
            ? ('offline' as const)
            : row.missing
              ? ('missing' as const)
              : ('ok' as const),
          stage: row.stage,
        }))
        .sort((a, b) => (a.path < b.path ? -1 : 1));
    },
    idOf(path) {
      const photo = bench.photos().find((each) => each.path === path);
      if (!photo) throw new Error(`no photo at ${path}`);
      return photo.id;
    },
    async close() {
      db.close();
      await rm(base, { recursive: true, force: true });
    },
  };
  return bench;
}

/** Says that photos were read and have this content. */
export function setHash(db: WritableDB, photoId: number, word: string): void {
  run(
    db,
    'UPDATE photo SET stage = 2, file_hash = ? WHERE id = ?',
    Buffer.alloc(32, word),
    photoId,
  );
}
