import { mkdirSync, mkdtempSync, writeFileSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createRouterClient } from '@orpc/server';
import sharp from 'sharp';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createEngine, type Engine } from '../../../main/engine.ts';
import { silentLogger } from '../../../main/log.ts';
import { asThumbnail, exifItem, grid, heifFile, rotation, tile } from '../../helpers/heif.ts';
import { exifWithThumbnail, scene } from '../imaging/pictures.ts';

let base = '';
let engine: Engine | null = null;

beforeEach(() => {
  base = mkdtempSync(join(tmpdir(), 'tagroll-media-'));
  mkdirSync(join(base, 'photos'));
});
afterEach(async () => {
  await engine?.close();
  engine = null;
  await rm(base, { recursive: true });
});

/** What a window that shows the folder is told of each photo, and gets in its place. */
async function standIns(files: Readonly<Record<string, Buffer>>): Promise<Record<string, string>> {
  for (const [name, bytes] of Object.entries(files)) {
    writeFileSync(join(base, 'photos', name), bytes);
  }
  const opened = await createEngine({
    libraryPath: join(base, 'library'),
    rendererPath: null,
    now: Date.now,
    logger: () => silentLogger,
    revealFile: async () => undefined,
    version: '0',
    live: false,
  });
  engine = opened;
  const client = createRouterClient(opened.router);
  await client.folders.add({ paths: [join(base, 'photos')] });
  await client.library.index({});
  const { photos } = await client.photos.search({ query: '' });
  const { tiles } = await client.photos.tiles({ ids: photos.map(({ id }) => id) });
  const seen: Record<string, string> = {};
  for (const { id, name, hasEmbedded } of tiles) {
    const answer = await opened.handle(new Request(`http://engine/media/embedded/${id}`));
    const bytes = Buffer.from(await answer.arrayBuffer());
    const told = hasEmbedded ? 'told of' : 'not told of';
    if (answer.status !== 200) {
      seen[name] = `${told}, ${answer.status}`;
      continue;
    }
    const { width, height } = await sharp(bytes).metadata();
    seen[name] = `${told}, ${answer.headers.get('content-type')} ${width} × ${height}`;
  }
  return seen;
}

describe('what stands in for a HEIC until its thumbnail is made', () => {
  it('is the picture inside it, made on demand or served as it is', async () => {
    const items = grid(2, 2, [rotation(1)]);
    const of = items.length;
    const jpeg = await scene(50, 50).jpeg().toBuffer();
    const upright = grid(2, 2);
    const broken = { ...tile(), data: Buffer.alloc(60, 0xa5) };
    const seen = await standIns({
      'hevc.heic': heifFile([...items, asThumbnail(tile([rotation(1)]), of)], of),
      'jpeg.heic': heifFile([...upright, exifItem(exifWithThumbnail(jpeg), of)], of),
      'neither.heic': heifFile(items, of),
      'broken.heic': heifFile([...upright, asThumbnail(broken, of)], of),
    });
    expect(seen).toEqual({
      'hevc.heic': 'told of, image/jpeg 64 × 64',
      'jpeg.heic': 'told of, image/jpeg 50 × 50',
      'neither.heic': 'not told of, 404',
      'broken.heic': 'told of, 404',
    });
  });
});
