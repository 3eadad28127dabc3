/** A browser door before a real engine with real photos, for the tests of one file. */
import { mkdirSync, mkdtempSync, realpathSync, writeFileSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createRouterClient } from '@orpc/server';
import { type BrowserDoor, openBrowserDoor } from '../../app/browser.ts';
import type { Client } from '../../app/engineClient.ts';
import { type Host, openHost } from '../../app/host.ts';
import { writePicture } from '../helpers/pictures.ts';
import { ask } from './rawRequest.ts';

export type RealDoor = {
  readonly folder: string;
  readonly photosPath: string;
  readonly libraryPath: string;
  readonly door: BrowserDoor;
  readonly client: Client;
  /** What a window that was let in sends along. */
  readonly cookie: string;
  /** Ids by file name. */
  readonly ids: ReadonlyMap<string, number>;
  close(): Promise<void>;
};

/** `names` are the photos to make. Beside the photos lies `secret.jpg`, which nobody may get. */
export async function openRealDoor(names: readonly string[]): Promise<RealDoor> {
  const folder = realpathSync(mkdtempSync(join(tmpdir(), 'tagroll-security-')));
  const photosPath = join(folder, 'photos');
  const rendererPath = join(folder, 'renderer');
  const libraryPath = join(folder, 'library');
  mkdirSync(photosPath);
  mkdirSync(join(rendererPath, 'assets'), { recursive: true });
  writeFileSync(join(rendererPath, 'index.html'), '<!doctype html><div id="root"></div>');
  writeFileSync(join(rendererPath, 'assets', 'index-abcdefgh.js'), 'export {};');
  await writePicture(folder, 'secret.jpg', { seed: 99 });
  for (const [index, name] of names.entries()) {
    await writePicture(photosPath, name, { seed: index + 1 });
  }
  const host: Host = await openHost({ libraryPath, rendererPath, live: false, restart: null });
  const door = await openBrowserDoor(host.engine, { port: 0, logger: host.logger });
  const client: Client = createRouterClient(host.engine.router);
  if (names.length > 0) {
    await client.folders.add({ paths: [photosPath] });
    await client.library.index({});
  }
  const { photos } = await client.photos.search({ query: '' });
  return {
    folder,
    photosPath,
    libraryPath,
    door,
    client,
    cookie: await cookieOf(door),
    ids: new Map(photos.map(({ id, path }) => [path.slice(photosPath.length + 1), id])),
    async close() {
      await door.close();
      await host.close();
      await rm(folder, { recursive: true, force: true, maxRetries: 5 });
    },
  };
}

/** Enters by the printed address, as a browser does. */
export async function cookieOf({ url, port }: Pick<BrowserDoor, 'url' | 'port'>): Promise<string> {
  const { pathname, search } = new URL(url);
  const entered = await ask(port, pathname + search);
  if (entered.status !== 303) throw new Error(`Not let in: ${entered.text}`);
  return (entered.headers.get('set-cookie') ?? '').split(';')[0] ?? '';
}
