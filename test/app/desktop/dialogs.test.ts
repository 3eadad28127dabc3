import type { BrowserWindow } from 'electron';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import type { Client } from '../../../app/engineClient.ts';

const electron = vi.hoisted(() => ({
  dialog: { showMessageBox: vi.fn(), showOpenDialog: vi.fn() },
  shell: { trashItem: vi.fn() },
}));
vi.mock('electron', () => electron);

const { chooseFolder, trashPhotos } = await import('../../../app/desktop/dialogs.ts');
const { menuTemplate } = await import('../../../app/desktop/menu.ts');
const { desktopPlaces } = await import('../../../app/desktop/paths.ts');
const { textsFor } = await import('../../../app/desktop/texts.ts');

const window = {} as BrowserWindow;
const texts = textsFor('en-GB');
const rescan = vi.fn(async () => undefined);
const client = {
  photos: {
    filePath: async ({ id }: { id: number }) => ({
      path: `/photos/${id}.jpg`,
      belonging: id >= 7 ? [`/photos/${id}.cr2`, `/photos/${id}.mov`] : [],
    }),
  },
  folders: { rescan },
} as unknown as Client;

beforeEach(() => vi.clearAllMocks());

describe('the trash', () => {
  it('is asked about first, with "cancel" as the key that Enter presses', async () => {
    electron.dialog.showMessageBox.mockResolvedValue({ response: 1 });
    expect(await trashPhotos(window, texts, client, [1, 2])).toEqual({ trashed: 0, failed: [] });
    const [, options] = electron.dialog.showMessageBox.mock.calls[0] ?? [];
    expect(options).toMatchObject({
      message: 'Move 2 photos to the trash?',
      defaultId: 1,
      cancelId: 1,
    });
    expect(electron.shell.trashItem).not.toHaveBeenCalled();
  });

  it('takes the files, and names those it could not take', async () => {
    electron.dialog.showMessageBox.mockResolvedValue({ response: 0 });
    electron.shell.trashItem.mockImplementation(async (path: string) => {
      if (path === '/photos/2.jpg') throw new Error('read-only');
    });
    expect(await trashPhotos(window, texts, client, [1, 2, 3])).toEqual({
      trashed: 2,
      failed: [{ path: '/photos/2.jpg', message: 'read-only' }],
    });
    expect(rescan).toHaveBeenCalledOnce();
  });

  it('takes along what belongs to a photo, says so first, and leaves it with a photo that stays', async () => {
    electron.dialog.showMessageBox.mockResolvedValue({ response: 0 });
    const taken: string[] = [];
    electron.shell.trashItem.mockImplementation(async (path: string) => {
      if (path === '/photos/8.jpg') throw new Error('read-only');
      taken.push(path);
    });
    expect(await trashPhotos(window, texts, client, [7, 8])).toEqual({
      trashed: 1,
      failed: [{ path: '/photos/8.jpg', message: 'read-only' }],
    });
    expect(taken).toEqual(['/photos/7.jpg', '/photos/7.cr2', '/photos/7.mov']);
    const [, options] = electron.dialog.showMessageBox.mock.calls[0] ?? [];
    expect(options.message).toBe('Move 2 photos to the trash?');
    expect(options.detail).toContain('the 4 files of the same shot');
  });

  it('waits for a folder that does not answer once, and says so of each of its photos', async () => {
    vi.useFakeTimers();
    try {
      electron.dialog.showMessageBox.mockResolvedValue({ response: 0 });
      electron.shell.trashItem.mockReturnValue(new Promise(() => undefined));
      const answer = trashPhotos(window, texts, client, [1, 2, 3]);
      await vi.advanceTimersByTimeAsync(60_000);
      const { trashed, failed } = await answer;
      expect(trashed).toBe(0);
      expect(failed.map(({ path }) => path)).toEqual([1, 2, 3].map((id) => `/photos/${id}.jpg`));
      for (const { message } of failed) expect(message).toMatch(/does not answer\. Check/);
      expect(electron.shell.trashItem).toHaveBeenCalledOnce();
    } finally {
      vi.useRealTimers();
    }
  });

  it('does not believe the page', async () => {
    for (const input of [null, '/etc/passwd', [0], [1.5], ['1'], [{}]]) {
      await expect(trashPhotos(window, texts, client, input)).rejects.toThrow('ids');
    }
    expect(electron.dialog.showMessageBox).not.toHaveBeenCalled();
  });
});

describe('the folder dialog', () => {
  it('answers a folder or nothing', async () => {
    electron.dialog.showOpenDialog.mockResolvedValueOnce({
      canceled: false,
      filePaths: ['/photos'],
    });
    expect(await chooseFolder(window, texts)).toBe('/photos');
    electron.dialog.showOpenDialog.mockResolvedValueOnce({ canceled: true, filePaths: [] });
    expect(await chooseFolder(window, texts)).toBeNull();
  });
});

describe('texts and menu', () => {
  it('follow the language of the system', () => {
    expect(textsFor('zh-TW').trash).toBe('移到废纸篓');
    expect(textsFor('de').trash).toBe('Move to trash');
    const [file] = menuTemplate(textsFor('zh-CN'), { isMac: false, isPackaged: true });
    expect(file?.label).toBe('文件');
  });

  it('have no developer tools in a package', () => {
    const roles = (isPackaged: boolean): string =>
      JSON.stringify(menuTemplate(texts, { isMac: true, isPackaged }));
    expect(roles(true)).not.toContain('toggleDevTools');
    expect(roles(false)).toContain('toggleDevTools');
  });
});

describe('places', () => {
  const system = { platform: 'linux', resourcesPath: '/opt/tagroll/resources', env: {} } as const;

  it('are outside the archive in a package, because a plain Node cannot read it', () => {
    const app = { isPackaged: true, getAppPath: () => '/opt/tagroll/resources/app.asar' };
    expect(desktopPlaces(app, system)).toEqual({
      preloadPath: '/opt/tagroll/resources/app.asar/dist/desktop/preload.cjs',
      engine: {
        node: '/opt/tagroll/resources/node/bin/node',
        entry: '/opt/tagroll/resources/app.asar.unpacked/dist/engine/process.js',
        rendererPath: '/opt/tagroll/resources/app.asar.unpacked/dist/renderer',
      },
    });
    expect(desktopPlaces(app, { ...system, platform: 'win32' }).engine.node).toMatch(/node\.exe$/);
  });

  it('are the sources in a checkout, run by the Node that started us', () => {
    const app = { isPackaged: false, getAppPath: () => '/home/me/tagroll' };
    const { engine } = desktopPlaces(app, { ...system, env: { TAGROLL_NODE: '/node24' } });
    expect([engine.node, engine.entry]).toEqual(['/node24', '/home/me/tagroll/main/process.ts']);
  });
});
