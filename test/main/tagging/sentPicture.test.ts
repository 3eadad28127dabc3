import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createRouterClient } from '@orpc/server';
import sharp from 'sharp';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { createEngine, type Engine } from '../../../main/engine.ts';
import { silentLogger } from '../../../main/log.ts';

let base = '';
let engine: Engine;

beforeEach(async () => {
  base = mkdtempSync(join(tmpdir(), 'tagroll-sent-'));
  mkdirSync(join(base, 'photos'));
  engine = await createEngine({
    libraryPath: join(base, 'library'),
    rendererPath: null,
    now: Date.now,
    logger: () => silentLogger,
    revealFile: async () => undefined,
    version: '0',
    live: false,
  });
});
afterEach(async () => {
  await engine.close();
  rmSync(base, { recursive: true });
});

const ask = (id: number, service: string): Promise<Response> =>
  engine.handle(new Request(`http://tagroll/media/upload/${id}?service=${service}`));

it('is served before there is an account, as each service would get it', async () => {
  const client = createRouterClient(engine.router);
  await sharp({ create: { width: 3000, height: 12, channels: 3, background: '#3366aa' } })
    .withExif({ IFD0: { Make: 'Secret maker' } })
    .jpeg()
    .toFile(join(base, 'photos', 'thin.jpg'));
  await client.folders.add({ paths: [join(base, 'photos')] });
  await client.library.index({});
  const { photos } = await client.photos.search({ query: '' });
  const id = photos[0]?.id ?? 0;
  await client.settings.set({ key: 'huawei-tagging.uploadLongSide', value: 1024 });
  const huawei = await ask(id, 'huawei-tagging');
  expect(huawei.headers.get('content-type')).toBe('image/jpeg');
  const bytes = Buffer.from(await huawei.arrayBuffer());
  expect(await sharp(bytes).metadata()).toMatchObject({ format: 'jpeg', width: 1024, height: 15 });
  expect(bytes.includes('Secret')).toBe(false);
  const tencent = Buffer.from(await (await ask(id, 'tencent-porn')).arrayBuffer());
  expect(await sharp(tencent).metadata()).toMatchObject({ width: 2048 });
  expect((await ask(id, 'nobody')).status).toBe(404);
  rmSync(join(base, 'photos', 'thin.jpg'));
  const gone = await ask(id, 'huawei-tagging');
  expect(gone.status).toBe(422);
  expect(await gone.json()).toMatchObject({ code: 'vanished' });
});
