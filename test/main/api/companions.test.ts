import { mkdirSync, mkdtempSync, utimesSync, writeFileSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createRouterClient } from '@orpc/server';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createEngine, type Engine } from '../../../main/engine.ts';
import { silentLogger } from '../../../main/log.ts';
import { picture } from '../../helpers/pictures.ts';
import { nefFile } from '../../helpers/rawFile.ts';

let base = '';
let engine: Engine | null = null;
const revealed: string[] = [];

beforeEach(async () => {
  base = mkdtempSync(join(tmpdir(), 'tagroll-companions-'));
  const photos = join(base, 'photos');
  mkdirSync(photos);
  const preview = await picture({ width: 1000, height: 700 });
  const files = {
    '1.jpg': await picture({ takenAt: '2021:05:08 16:30:00' }),
    '1.nef': nefFile({ width: 1010, height: 710, jpegs: [preview], sensorBytes: 50_000 }),
    '1.mov': 'a film',
  };
  for (const [name, bytes] of Object.entries(files)) {
    writeFileSync(join(photos, name), bytes);
    utimesSync(join(photos, name), 1_600_000_000, 1_600_000_000);
  }
});
afterEach(async () => {
  await engine?.close();
  engine = null;
  revealed.length = 0;
  await rm(base, { recursive: true });
});

describe('a shot of several files', () => {
  it('is one photo that leads to all of them', async () => {
    engine = await createEngine({
      libraryPath: join(base, 'library'),
      rendererPath: null,
      now: Date.now,
      logger: () => silentLogger,
      revealFile: async (path) => {
        revealed.push(path.toString());
      },
      version: '0',
      live: false,
    });
    const client = createRouterClient(engine.router);
    await client.folders.add({ paths: [join(base, 'photos')] });
    const summary = await client.library.index({});
    expect(summary).toMatchObject({ found: 2, skipped: 1, failed: [] });
    const { total, photos } = await client.photos.search({ query: '' });
    expect(total).toBe(1);
    const [front] = photos;
    const detail = await client.photos.detail({ id: front?.id ?? 0 });
    expect(detail).toMatchObject({ name: '1.jpg', shown: null });
    expect(detail.stack.map((file) => file.name)).toEqual(['1.nef']);
    expect(detail.companions).toMatchObject([{ name: '1.mov', kind: 'video', sizeBytes: 6 }]);
    const raws = await client.photos.search({ query: 'type:raw' });
    expect(raws.photos.map((photo) => [photo.state, photo.width])).toEqual([['ok', 1010]]);
    const path = (name: string): string => join(base, 'photos', name);
    expect(await client.photos.filePath({ id: detail.id })).toEqual({
      path: path('1.jpg'),
      belonging: [path('1.nef'), path('1.mov')],
    });
    const [video] = detail.companions;
    await client.photos.showCompanion({ id: video?.id ?? 0 });
    expect(revealed).toEqual([path('1.mov')]);
    await expect(client.photos.showCompanion({ id: 99 })).rejects.toThrow(
      'no longer beside its photo',
    );
  });
});
