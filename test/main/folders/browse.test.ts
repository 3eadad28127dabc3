import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { homedir, tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { browseFolders } from '../../../main/folders/browse.ts';

let base: string;
beforeEach(() => {
  base = mkdtempSync(join(tmpdir(), 'tagroll-browse-'));
});
afterEach(() => rmSync(base, { recursive: true, force: true }));

describe('browseFolders', () => {
  it('lists folders in natural order, hidden ones only when asked', async () => {
    for (const name of ['10', '9', 'a', '.hidden']) mkdirSync(join(base, name));
    writeFileSync(join(base, 'file.jpg'), '');
    symlinkSync(join(base, 'a'), join(base, 'link'));
    symlinkSync(join(base, 'file.jpg'), join(base, 'not'));
    const shown = await browseFolders(base, false);
    expect(shown.folders.map((folder) => folder.name)).toEqual(['9', '10', 'a', 'link']);
    expect(shown.parent).toBe(tmpdir());
    const all = await browseFolders(base, true);
    expect(all.folders.find((folder) => folder.name === '.hidden')).toEqual({
      name: '.hidden',
      path: join(base, '.hidden'),
      hidden: true,
    });
  });

  it('starts at home and ends at the top', async () => {
    expect((await browseFolders(null, false)).path).toBe(homedir());
    expect((await browseFolders('/', false)).parent).toBeNull();
  });

  it('says what is wrong with a folder', async () => {
    writeFileSync(join(base, 'file'), '');
    await expect(browseFolders(join(base, 'gone'), false)).rejects.toMatchObject({
      code: 'folder_missing',
    });
    await expect(browseFolders(join(base, 'file'), false)).rejects.toMatchObject({
      code: 'folder_not_a_directory',
    });
  });
});
