import {
  closeSync,
  mkdtempSync,
  openSync,
  readdirSync,
  rmSync,
  statSync,
  writeSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createRouterClient } from '@orpc/server';
import BetterSqlite3 from 'better-sqlite3';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { createEngine, type Engine } from '../../main/engine.ts';
import { silentLogger } from '../../main/log.ts';
import type { EngineEvent } from '../../shared/events.ts';

vi.setConfig({ testTimeout: 60_000 });

let path: string;
let engine: Engine | null = null;
let restarts = 0;
beforeEach(() => {
  path = mkdtempSync(join(tmpdir(), 'tagroll-damage-'));
  restarts = 0;
});
afterEach(async () => {
  await engine?.close();
  engine = null;
  rmSync(path, { recursive: true, force: true });
});

async function open() {
  const opened = await createEngine({
    libraryPath: path,
    rendererPath: null,
    now: Date.now,
    logger: () => silentLogger,
    revealFile: async () => undefined,
    version: '0',
    restart: () => {
      restarts += 1;
    },
  });
  engine = opened;
  return createRouterClient(opened.router);
}

async function close(): Promise<void> {
  await engine?.close();
  engine = null;
}

/** Damages the last pages, which hold what was written last. */
function damageEnd(bytes: number): void {
  const file = join(path, 'library.db');
  const descriptor = openSync(file, 'r+');
  writeSync(descriptor, Buffer.alloc(bytes, 0xa5), 0, bytes, statSync(file).size - bytes);
  closeSync(descriptor);
}

/** A backup with the lens at 71, and then many rows of which the last are damaged. */
async function damagedAfterBackup(insert: string, first: string): Promise<void> {
  const client = await open();
  await client.settings.set({ key: 'lens', value: 71 });
  await client.backups.make({ file: null });
  await close();
  const db = new BetterSqlite3(join(path, 'library.db'));
  db.exec(`${insert} WITH RECURSIVE n(i) AS
    (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 20000)
    SELECT ${first}, json_quote(hex(randomblob(60))) FROM n`);
  db.close();
  damageEnd(400_000);
}

type Client = Awaited<ReturnType<typeof open>>;

async function expectRecovered(client: Client): Promise<void> {
  expect((await client.settings.get()).settings.lens).toBe(71);
  const stop = new AbortController();
  const events = await client.library.events(undefined, { signal: stop.signal });
  let told: EngineEvent | null = null;
  for await (const event of events) {
    told = event;
    break;
  }
  stop.abort();
  expect(told).toMatchObject({ type: 'notice', notice: { code: 'library_recovered' } });
  expect(readdirSync(join(path, 'damaged'))).toHaveLength(1);
  expect(await client.library.check()).toEqual({ ok: true, problems: [] });
}

it('puts the newest backup in place of a library that is damaged when it is opened', async () => {
  await damagedAfterBackup('INSERT INTO setting (key, value)', "'test.' || i");
  await expectRecovered(await open());
});

it('does so after a restart when damage is only met later', async () => {
  await damagedAfterBackup('INSERT INTO undo (at, body)', 'i');
  const client = await open();
  await expect(client.backups.make({ file: null })).rejects.toMatchObject({
    data: { code: 'library_damaged' },
  });
  await vi.waitFor(() => expect(restarts).toBe(1), 20_000);
  await close();
  await expectRecovered(await open());
});
