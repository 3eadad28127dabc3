import { existsSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import {
  hasThumbnail,
  thumbnailPath,
  unfinishedFolder,
  writeWhole,
} from '../../../main/imaging/thumbnail.ts';
import { temporaryFolder } from './pictures.ts';

const folder = temporaryFolder();
const bytes = Buffer.from('a thumbnail');

describe('thumbnails on disk', () => {
  it('lie in a folder by the first two digits', () => {
    expect(thumbnailPath('/t', 'ab12')).toBe(join('/t', 'ab', 'ab12.jpg'));
  });

  it('are written whole, with the folders they need', () => {
    const path = thumbnailPath(folder, 'cd34');
    const unfinished = join(unfinishedFolder(folder), 'x.jpg');
    expect(hasThumbnail(path)).toBe(false);
    writeWhole(path, bytes, unfinished);
    expect(hasThumbnail(path)).toBe(true);
    expect(readFileSync(path).equals(bytes)).toBe(true);
    expect(existsSync(unfinished)).toBe(false);
  });

  it.skipIf(process.platform !== 'linux')('say when the disk is full', () => {
    const unfinished = join(folder, 'full');
    symlinkSync('/dev/full', unfinished);
    const path = thumbnailPath(folder, 'ef56');
    expect(() => writeWhole(path, bytes, unfinished)).toThrow(
      expect.objectContaining({ code: 'disk_full', data: { path } }),
    );
    expect(existsSync(path)).toBe(false);
    expect(existsSync(unfinished)).toBe(false);
  });

  it('name the path where they cannot be written', () => {
    writeFileSync(join(folder, 'file'), '');
    const path = join(folder, 'file', 'a.jpg');
    expect(() => writeWhole(path, bytes, join(folder, 'part'))).toThrow(path);
    expect(existsSync(join(folder, 'part'))).toBe(false);
  });
});
