import { mkdirSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { createFolderBench, type FolderBench } from '../../helpers/folderBench.ts';

const FILES = 20_000;

let bench: FolderBench;
beforeEach(() => {
  bench = createFolderBench();
});
afterEach(() => bench.close());

it('takes 20,000 files in one folder, and sees one that is gone and one that is new', async () => {
  const folder = join(bench.base, 'all');
  mkdirSync(folder);
  for (let index = 0; index < FILES; index += 1) {
    const path = join(folder, `IMG_${index}.jpg`);
    writeFileSync(path, `picture ${index}`);
    utimesSync(path, 1_600_000_000 + index, 1_600_000_000 + index);
  }
  const rootId = bench.addRoot('all');
  expect((await bench.scan(rootId)).counts).toMatchObject({ found: FILES, added: FILES });
  expect((await bench.scan(rootId)).changes).toBeNull();

  rmSync(join(folder, 'IMG_777.jpg'));
  await bench.put('all/new.jpg', 'another');
  const scan = await bench.scan(rootId);
  expect(scan.counts).toMatchObject({
    found: FILES,
    added: 1,
    missing: 1,
    unchanged: FILES - 1,
  });
  expect(scan.changes?.photoIds).toHaveLength(2);
}, 120_000);
