import { mkdirSync, mkdtempSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createRouterClient } from '@orpc/server';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createEngine, type Engine } from '../../../main/engine.ts';
import { get, openWritable, run } from '../../../main/library/database.ts';
import { silentLogger } from '../../../main/log.ts';
import { writePicture } from '../../helpers/pictures.ts';
import { enWord, pairOf, type Said, say, zhWord } from '../../helpers/serviceTags.ts';

let base = '';
let engine: Engine | null = null;

beforeEach(() => {
  base = mkdtempSync(join(tmpdir(), 'tagroll-links-'));
  mkdirSync(join(base, 'photos'));
});
afterEach(async () => {
  await engine?.close();
  engine = null;
  await rm(base, { recursive: true });
});

async function open() {
  engine = await createEngine({
    libraryPath: join(base, 'library'),
    rendererPath: null,
    now: Date.now,
    logger: () => silentLogger,
    revealFile: async () => undefined,
    version: '0',
    live: false,
  });
  return createRouterClient(engine.router);
}

/** A library with one photo that services said these words of, each 90 sure. */
async function libraryOf(words: readonly Said[]) {
  await writePicture(join(base, 'photos'), 'a.jpg', { seed: 1 });
  const client = await open();
  const [root] = (await client.folders.add({ paths: [join(base, 'photos')] })).roots;
  await client.library.index({ rootIds: [root?.id ?? 0] });
  await engine?.close();
  const db = openWritable(join(base, 'library', 'library.db'));
  for (const word of words) {
    run(
      db,
      'INSERT INTO picture_tag (picture_id, label_id, confidence) SELECT picture_id, ?, 90 FROM photo',
      say(db, word).id,
    );
  }
  const photoId = get<{ id: number }>(db, 'SELECT id FROM photo')?.id ?? 0;
  db.close();
  return { client: await open(), photoId };
}

const page = { threshold: 50, limit: 10, offset: 0, sort: 'taken', ascending: false } as const;

describe('links', () => {
  it('are offered with their photos, made, taken apart and dismissed', async () => {
    const { client } = await libraryOf([pairOf('小舟', 'boat'), zhWord('船'), enWord('Kumquat')]);
    const [offered] = (await client.links.suggestions()).suggestions;
    expect(offered).toMatchObject({
      zh: { name: '船', photos: 1 },
      en: { name: 'boat', photos: 1 },
    });
    const pair = { zhTagId: offered?.zh.tagId ?? 0, enTagId: offered?.en.tagId ?? 0 };
    const { tagId } = await client.links.link(pair);
    expect((await client.photos.search({ query: 'tag:船 tag:boat', ...page })).total).toBe(1);
    const cloud = (await client.tags.facets({ query: '', threshold: 50 })).tags.filter(
      (tag) => tag.type !== 'colour',
    );
    expect(cloud.filter((tag) => tag.names.en === 'boat')).toMatchObject([{ id: tagId, count: 1 }]);
    const apart = await client.links.unlink({ tagId });
    expect((await client.links.suggestions()).suggestions).toEqual([]);
    expect((await client.photos.search({ query: 'tag:小舟', ...page })).total).toBe(1);
    await client.links.dismiss(apart);
    await expect(client.links.unlink({ tagId: apart.enTagId })).rejects.toMatchObject({
      data: { code: 'tags_not_linkable' },
    });
    expect((await client.library.check()).problems).toEqual([]);
  });
});

describe('sensitive photos', () => {
  it('are told to windows, and told anew when the person sets another threshold', async () => {
    const { client, photoId } = await libraryOf([
      { service: 'tencent-porn', raw: 'porn', names: { en: 'porn' }, type: 'sensitivity' },
    ]);
    const isSensitive = async (): Promise<boolean | undefined> => {
      const [tile] = (await client.photos.tiles({ ids: [photoId] })).tiles;
      const { sensitive } = await client.photos.detail({ id: photoId });
      const { total } = await client.photos.search({ query: 'is:sensitive', ...page });
      expect([sensitive, total]).toEqual([tile?.sensitive, tile?.sensitive ? 1 : 0]);
      return tile?.sensitive;
    };
    expect(await isSensitive()).toBe(true);
    const { tags } = await client.tags.facets({ query: '', threshold: 0 });
    expect(tags.some((tag) => tag.type === 'sensitivity')).toBe(false);
    const stop = new AbortController();
    const events = await client.library.events(undefined, { signal: stop.signal });
    await client.settings.set({ key: 'sensitive.threshold', value: 91 });
    let told = false;
    for await (const event of events) {
      if (event.type !== 'photos-changed' || event.photoIds !== null) continue;
      told = true;
      break;
    }
    stop.abort();
    expect(told).toBe(true);
    expect(await isSensitive()).toBe(false);
  });
});
