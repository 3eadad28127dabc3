import { mkdir, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { belongingFiles } from '../../../main/library/belongings.ts';
import { companionKind, stemKey } from '../../../main/library/companionNames.ts';
import { companionPath } from '../../../main/library/companions.ts';
import { all } from '../../../main/library/database.ts';
import { photoDetail } from '../../../main/library/photos.ts';
import { createFolderBench, type FolderBench } from '../../helpers/folderBench.ts';

let bench: FolderBench;
beforeEach(() => {
  bench = createFolderBench();
});
afterEach(() => bench.close());

const companions = (path: string): string[] =>
  (photoDetail(bench.db, bench.idOf(path))?.companions ?? []).map(
    ({ kind, name, sizeBytes }) => `${kind} ${name} ${sizeBytes}`,
  );
const move = async (from: string, to: string): Promise<void> => {
  await mkdir(join(bench.base, to, '..'), { recursive: true });
  await rename(join(bench.base, from), join(bench.base, to));
};

describe('names', () => {
  it.each([
    ['IMG_1.MOV', 'video'],
    ['IMG_1.CR2.xmp', 'sidecar'],
    ['IMG_1.aae', 'sidecar'],
    ['a.wav', 'sound'],
    ['a.jpg', null],
    ['a.txt', null],
    ['.mov', null],
    ['mov', null],
  ] as const)('tell what %s is', (name, kind) => {
    expect(companionKind(Buffer.from(name))).toBe(kind);
  });

  it('are the same in any case and composition', () => {
    expect(stemKey(Buffer.from('Übung.MOV'.normalize('NFD')))).toBe(
      stemKey(Buffer.from('übung.jpg')),
    );
    expect(stemKey(Buffer.from('a.cr2.XMP'))).toBe('a.cr2');
  });
});

describe('companions', () => {
  it('are listed with their photo, counted as skipped, and are no photos', async () => {
    await bench.put('a/IMG_1.jpg');
    await bench.put('a/img_1.MOV', 'a live photo');
    await bench.put('a/IMG_1.jpg.xmp', 'xmp');
    await bench.put('a/IMG_1.txt');
    await bench.put('a/IMG_2.mov', 'of no photo');
    await bench.put('b/IMG_1.aae');
    await bench.put('a/sub/IMG_1.mov');
    const root = bench.addRoot('a');
    const scan = await bench.scan(root);
    expect(scan.counts).toMatchObject({ found: 1, added: 1 });
    expect(scan.outcome.skipped).toBe(5);
    expect(bench.photos().map((photo) => photo.path)).toEqual(['a/IMG_1.jpg']);
    expect(companions('a/IMG_1.jpg')).toEqual(['sidecar IMG_1.jpg.xmp 3', 'video img_1.MOV 12']);
    expect((await bench.scan(root)).changes).toBeNull();
  });

  it('follow their photo to another name and another folder, and go when they are gone', async () => {
    await bench.put('a/IMG_1.jpg');
    await bench.put('a/IMG_1.mov', 'film');
    const root = bench.addRoot('a');
    await bench.scan(root);
    const id = bench.idOf('a/IMG_1.jpg');
    await move('a/IMG_1.jpg', 'a/beach/Beach.jpg');
    await move('a/IMG_1.mov', 'a/beach/Beach.mov');
    await bench.scan(root);
    expect(bench.idOf('a/beach/Beach.jpg')).toBe(id);
    expect(companions('a/beach/Beach.jpg')).toEqual(['video Beach.mov 4']);
    await bench.put('a/beach/Beach.mov', 'longer film');
    await bench.scan(root, [{ path: Buffer.from('beach'), recursive: false }]);
    expect(companions('a/beach/Beach.jpg')).toEqual(['video Beach.mov 11']);
    await rm(join(bench.base, 'a/beach/Beach.mov'));
    await bench.scan(root);
    expect(companions('a/beach/Beach.jpg')).toEqual([]);
    expect(all(bench.db, 'SELECT * FROM companion')).toEqual([]);
  });

  it('stay known while their folder is offline', async () => {
    await bench.put('a/one/1.jpg');
    await bench.put('a/one/2.jpg');
    await bench.put('a/one/1.mov');
    await bench.put('a/two/3.jpg');
    const root = bench.addRoot('a');
    await bench.scan(root);
    await rename(join(bench.base, 'a/one'), join(bench.base, 'away'));
    await bench.scan(root);
    expect(companions('a/one/1.jpg')).toEqual(['video 1.mov 7']);
    await rename(join(bench.base, 'away'), join(bench.base, 'a/one'));
    await bench.scan(root);
    expect(companions('a/one/1.jpg')).toEqual(['video 1.mov 7']);
  });

  it('have a place on disk until they are gone', async () => {
    await bench.put('a/1.jpg');
    await bench.put('a/1.mov');
    await bench.scan(bench.addRoot('a'));
    const [video] = photoDetail(bench.db, bench.idOf('a/1.jpg'))?.companions ?? [];
    const path = join(bench.base, 'a/1.mov');
    expect(video?.path).toBe(path);
    expect(companionPath(bench.db, video?.id ?? 0)?.toString()).toBe(path);
    expect(companionPath(bench.db, 99)).toBeNull();
  });
});

describe('what goes with a photo', () => {
  it('is what no other photo of that name needs', async () => {
    for (const name of ['1.jpg', '1.heic', '1.mov', '1.jpg.xmp', '2.jpg', '2.mov', '22.mov']) {
      await bench.put(`a/${name}`);
    }
    await bench.scan(bench.addRoot('a'));
    const names = (path: string): string[] =>
      belongingFiles(bench.db, bench.idOf(path)).map((file) =>
        file.toString().slice(bench.base.length + 3),
      );
    expect(names('a/2.jpg')).toEqual(['2.mov']);
    expect(names('a/1.jpg')).toEqual(['1.jpg.xmp']);
    expect(names('a/1.heic')).toEqual([]);
    expect(belongingFiles(bench.db, 99)).toEqual([]);
  });
});
