import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import type { IdentitySystem } from '../../../main/folders/identity.ts';
import { riskOf, syncedBy } from '../../../main/library/riskyPlace.ts';
import { createEngineBench, type EngineBench } from '../../faults/engineBench.ts';

describe('a folder that a program copies to a cloud', () => {
  it.each([
    ['/home/ann/Dropbox/Tagroll', 'Dropbox'],
    ['/home/ann/Dropbox (Personal)/library', 'Dropbox'],
    ['/Users/ann/Library/Mobile Documents/com~apple~CloudDocs/Tagroll', 'iCloud'],
    ['/Users/ann/Library/CloudStorage/GoogleDrive-ann@example.com/My Drive/x', 'Google Drive'],
    ['/Users/ann/Library/CloudStorage/SomethingNew-ann/x', 'SomethingNew'],
    ['/home/ann/Nextcloud/x', 'Nextcloud'],
    ['/home/ann/我的坚果云/x', '坚果云'],
  ])('%s is one of %s', (path, program) => {
    expect(syncedBy(path, '/')).toBe(program);
  });

  it.each([
    ['C:\\Users\\ann\\OneDrive\\Tagroll', 'OneDrive'],
    ['C:\\Users\\ann\\OneDrive - Example GmbH\\Tagroll', 'OneDrive'],
    ['C:\\Users\\ann\\iCloudDrive\\x', 'iCloud'],
    ['D:\\BaiduSyncdisk\\x', '百度网盘'],
  ])('%s is one of %s', (path, program) => {
    expect(syncedBy(path, '\\')).toBe(program);
  });

  it('is not every folder whose name sounds like one', () => {
    for (const path of ['/home/ann/Boxes/x', '/home/ann/Dropboxing', '/data/tagroll', '/Cloud/x']) {
      expect(syncedBy(path, '/'), path).toBeNull();
    }
  });
});

describe('a library on another computer’s disk', () => {
  const linux = (mountinfo: string): IdentitySystem => ({
    platform: 'linux',
    readText: async () => mountinfo,
    readLinks: async () => [],
    run: () => Promise.reject(new Error('not asked for')),
  });

  it('is told by the file system it lies in', async () => {
    const system = linux(
      '22 1 8:1 / / rw - ext4 /dev/sda1 rw\n40 22 0:50 / /mnt/nas rw - nfs4 nas:/photos rw\n',
    );
    expect(await riskOf('/mnt/nas/library', system)).toEqual({ kind: 'network' });
    expect(await riskOf('/home/ann/library', system)).toBeNull();
  });
});

describe('the engine', () => {
  let bench: EngineBench | null = null;
  let other = '';
  afterEach(async () => {
    await bench?.remove();
    bench = null;
    if (other) rmSync(other, { recursive: true, force: true });
  });

  it('says so each time such a library is opened by a window, and of no other', async () => {
    bench = createEngineBench();
    other = mkdtempSync(join(tmpdir(), 'tagroll-risky-'));
    await bench.open({ live: true, libraryPath: join(other, 'Dropbox', 'library') });
    await expect.poll(() => bench?.notices).toContain('library_synced');
    // Windows that were there when the engine ended have been told.
    await bench.open({
      live: true,
      libraryPath: join(other, 'Dropbox', 'library'),
      isRestart: true,
    });
    await new Promise((resolve) => setTimeout(resolve, 300));
    expect(bench.notices).toEqual(['engine_restarted']);
    await bench.open({ live: true });
    await new Promise((resolve) => setTimeout(resolve, 300));
    expect(bench.notices).toEqual([]);
  });
});
