import { mkdtempSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createRouterClient } from '@orpc/server';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createEngine, type Engine } from '../../../main/engine.ts';
import { silentLogger } from '../../../main/log.ts';

let base = '';
let engine: Engine | null = null;

beforeEach(() => {
  base = mkdtempSync(join(tmpdir(), 'tagroll-view-'));
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

describe('the view that a window keeps', () => {
  it('is there at once and after another start', async () => {
    const value = '#/photos?q=dog&lens=50&zoom=2&at=3.1.-20';
    const client = await open();
    const set = await client.settings.set({ key: 'view', value });
    expect(set.settings.view).toBe(value);
    expect((await client.settings.get()).settings.view).toBe(value);
    await client.settings.set({ key: 'theme', value: 'dark' });
    expect((await client.settings.get()).settings).toMatchObject({ view: value, theme: 'dark' });
    await engine?.close();
    expect((await (await open()).settings.get()).settings.view).toBe(value);
  });
});
