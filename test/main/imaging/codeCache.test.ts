import { chmodSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { codeCacheFolder } from '../../../main/imaging/codeCache.ts';
import { temporaryFolder } from './pictures.ts';

const folder = temporaryFolder();

describe('the folder for compiled code', () => {
  it.skipIf(process.platform === 'win32')('is ours alone, or it is not used', () => {
    const cache = codeCacheFolder(folder) ?? '';
    expect(statSync(cache).mode & 0o777).toBe(0o700);
    expect(codeCacheFolder(folder)).toBe(cache);
    chmodSync(cache, 0o777);
    expect(codeCacheFolder(folder)).toBeNull();
  });

  it('is none where it cannot be made', () => {
    writeFileSync(join(folder, 'file'), '');
    expect(codeCacheFolder(join(folder, 'file'))).toBeNull();
  });
});
