/** The first start in the desktop app; the same scenario as in a browser, where there is an Electron. */
import { existsSync, readFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { _electron, expect, test } from '@playwright/test';
import { ensureDesktop, ensureRenderer } from '../../app/builds.ts';
import { ALBUM, ALBUM_NAMES, writeAlbum } from './album.ts';
import { expectPhotos, expectPicture, photo, statusLine, tagRow, viewer } from './window.ts';

const project = join(import.meta.dirname, '..', '..');
const SKIPPED = 'skipped: no Electron binary';

/** The binary that the npm package has downloaded; null where it has none. */
function electronBinary(): string | null {
  const packagePath = join(project, 'node_modules', 'electron');
  const pathFile = join(packagePath, 'path.txt');
  if (!existsSync(pathFile)) return null;
  const binary = join(packagePath, 'dist', readFileSync(pathFile, 'utf8').trim());
  return existsSync(binary) ? binary : null;
}

test('first start in the desktop app', async () => {
  const binary = electronBinary();
  if (binary === null) process.stdout.write(`${SKIPPED}\n`);
  test.skip(binary === null, SKIPPED);
  if (binary === null) return;
  test.setTimeout(180_000);
  await ensureRenderer(project);
  await ensureDesktop(project);
  const folder = await mkdtemp(join(tmpdir(), 'tagroll-electron-'));
  const photosPath = join(folder, 'Photos');
  await writeAlbum(photosPath);
  const asRoot = process.platform === 'linux' && process.getuid?.() === 0;
  const { ELECTRON_RUN_AS_NODE: _asNode, ...environment } = process.env;
  const app = await _electron.launch({
    executablePath: binary,
    args: [
      ...(asRoot ? ['--no-sandbox'] : []),
      project,
      `--library=${join(folder, 'library')}`,
      '--lang=en-US',
    ],
    env: { ...definedOnly(environment), TAGROLL_NODE: process.execPath },
  });
  try {
    // The system's own dialog cannot be driven: it answers what a person would choose.
    await app.evaluate(({ dialog }, path) => {
      dialog.showOpenDialog = () => Promise.resolve({ canceled: false, filePaths: [path] });
    }, photosPath);
    const page = await app.firstWindow();
    await page.getByRole('button', { name: 'Add a folder of photos' }).click();
    await expectPhotos(page, ALBUM_NAMES);
    await expectPicture(photo(page, 'sea.jpg'));
    await expect(statusLine(page)).toContainText(`${ALBUM.length} photos, up to date`);
    await tagRow(page, 'dark').click();
    await expectPhotos(page, ['night.jpg', 'alley.jpg']);
    await photo(page, 'night.jpg').dblclick();
    await expect(viewer(page)).toHaveAccessibleName('night.jpg');
    await page.keyboard.press('Escape');
    await expect(viewer(page)).toBeHidden();
    const isIsolated = await page.evaluate(
      () => !('require' in globalThis) && !('process' in globalThis),
    );
    expect(isIsolated).toBe(true);
  } finally {
    await app.close();
    await rm(folder, { recursive: true, force: true, maxRetries: 10 });
  }
});

function definedOnly(environment: NodeJS.ProcessEnv): Record<string, string> {
  return Object.fromEntries(
    Object.entries(environment).flatMap(([name, value]) =>
      value === undefined ? [] : [[name, value]],
    ),
  );
}
