import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, utimesSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import sharp from 'sharp';
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { IndexSummary, Photo } from '../../shared/model.ts';
import { runTagroll } from '../helpers/commandLine.ts';

const PHOTOS = 60;

let base: string;
let disk: string;
/** A disk of our own, small enough to fill. Needs root and a system that mounts memory. */
let isMounted = false;

beforeAll(() => {
  base = mkdtempSync(join(tmpdir(), 'tagroll-full-'));
  disk = join(base, 'disk');
  mkdirSync(disk);
  isMounted =
    process.platform === 'linux' &&
    spawnSync('mount', ['-t', 'tmpfs', '-o', 'size=2m', 'tmpfs', disk]).status === 0;
});

afterAll(() => {
  if (isMounted) spawnSync('umount', [disk]);
  rmSync(base, { recursive: true, force: true });
});

/** Noise does not compress: sixty thumbnails of it are several megabytes. */
async function writeNoise(path: string): Promise<void> {
  const noise = { type: 'gaussian', mean: 128, sigma: 60 } as const;
  await sharp({ create: { width: 512, height: 512, channels: 3, background: 'grey', noise } })
    .jpeg()
    .toFile(path);
  utimesSync(path, 1_600_000_000, 1_600_000_000);
}

it('says that the disk is full, and goes on once there is room', async (context) => {
  if (!isMounted) context.skip('no small disk can be mounted here');
  const folder = join(base, 'photos');
  const library = join(disk, 'library');
  mkdirSync(folder);
  for (let seed = 1; seed <= PHOTOS; seed += 1) {
    await writeNoise(join(folder, `${seed}.jpg`));
  }
  const full = await runTagroll(['index', folder, '--library', library, '--json']);
  const { error } = full.json<{ error: { code: string; message: string } }>();
  expect(full.status).not.toBe(0);
  expect(error).toMatchObject({ code: 'disk_full' });
  expect(error.message).toMatch(/Free some (disk )?space/);

  expect(spawnSync('mount', ['-o', 'remount,size=64m', disk]).status).toBe(0);
  const again = await runTagroll(['index', folder, '--library', library, '--json']);
  expect(again.json<IndexSummary>()).toMatchObject({ found: PHOTOS, failed: [] });
  const found = await runTagroll(['search', '--library', library, '--json']);
  const { photos } = found.json<{ photos: Photo[] }>();
  expect(photos.filter((photo) => photo.state === 'ok')).toHaveLength(PHOTOS);
  const checked = await runTagroll(['check', '--library', library, '--json']);
  expect(checked.json()).toEqual({ ok: true, problems: [] });
}, 120_000);
