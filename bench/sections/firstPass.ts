/** From a folder that was just added to all of its photos in the database and in the window's result. */
import {
  closeSync,
  mkdirSync,
  openSync,
  readSync,
  statSync,
  truncateSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { openReadable, type ReadableDB } from '../../main/library/database.ts';
import type { Bench } from '../lib/bench.ts';
import { until, withHost } from '../lib/host.ts';
import type { Row } from '../lib/table.ts';

const PHOTOS = 5000;
const PER_FOLDER = 100;
/** What is real of each file; the rest is a hole of the photo's size, so that the disk need not hold it. */
const REAL_BYTES = 100_000;

export async function firstPass(bench: Bench): Promise<readonly Row[]> {
  const root = bench.workshop.folder('heads');
  makeHeads(bench, root);
  return withHost(async (host) => {
    const libraryPath = bench.workshop.folder('first-pass');
    await host.ask('open', { libraryPath, live: false, door: false });
    const roots = await host.ask('addFolders', [root]);
    const db = openReadable(join(libraryPath, 'library.db'));
    try {
      const startedMs = performance.now();
      // The second pass, which would follow, is cut off with the process.
      const indexing = host.ask('index', roots).catch(() => null);
      await until('the first pass', () => headsRead(db) === PHOTOS, { stepMs: 10 });
      await until('a full result', async () => (await host.ask('browsable', null)) === PHOTOS);
      const seconds = (performance.now() - startedMs) / 1000;
      await host.ask('close', null);
      await indexing;
      return [
        {
          section: 'first pass',
          name: 'entry and EXIF head, browsable',
          measured: PHOTOS / seconds,
          unit: '/s',
          bar: { kind: 'at least', value: 1500 },
          note: `${PHOTOS} photos in ${seconds.toFixed(2)} s`,
        },
      ];
    } finally {
      db.close();
    }
  });
}

function headsRead(db: ReadableDB): number {
  const row = db.prepare('SELECT COUNT(*) AS count FROM photo WHERE stage > 0').get();
  return (row as { count: number }).count;
}

/** Files with a real photo's beginning and size. */
function makeHeads(bench: Bench, root: string): void {
  const { files } = bench.photos;
  const heads = files.map((file) => ({ bytes: readHead(file), stats: statSync(file) }));
  for (let index = 0; index < PHOTOS; index += 1) {
    const head = heads[index % heads.length];
    if (!head) throw new Error('There are no photos to copy.');
    const folder = join(root, String(Math.floor(index / PER_FOLDER)).padStart(3, '0'));
    if (index % PER_FOLDER === 0) mkdirSync(folder);
    const file = join(folder, `IMG_${String(index).padStart(5, '0')}.jpg`);
    writeFileSync(file, head.bytes);
    truncateSync(file, head.stats.size);
    const seconds = head.stats.mtimeMs / 1000 - index;
    utimesSync(file, seconds, seconds);
  }
}

function readHead(file: string): Buffer {
  const buffer = Buffer.alloc(REAL_BYTES);
  const descriptor = openSync(file, 'r');
  try {
    return buffer.subarray(0, readSync(descriptor, buffer, 0, REAL_BYTES, 0));
  } finally {
    closeSync(descriptor);
  }
}
