import { mkdtempSync, rmSync, type watch, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { IdentitySystem } from '../../../main/folders/identity.ts';
import { createRootWatch, type RootWatch } from '../../../main/folders/rootWatch.ts';
import { silentLogger } from '../../../main/log.ts';

let base: string;
let rootWatch: RootWatch | null;
let told: string[];
beforeEach(() => {
  base = mkdtempSync(join(tmpdir(), 'tagroll-rootwatch-'));
  rootWatch = null;
  told = [];
});
afterEach(() => {
  rootWatch?.close();
  rmSync(base, { recursive: true, force: true });
});

function start(options: { system?: IdentitySystem; watchPath?: typeof watch } = {}): RootWatch {
  rootWatch = createRootWatch({
    root: {
      id: 7,
      path: Buffer.from(base),
      pathText: base,
      volume: null,
      volumePath: null,
      device: null,
      offline: 0,
      paused: 0,
      lastScanAt: null,
    },
    logger: silentLogger,
    onNotice: (notice) => told.push(`${notice.code} ${notice.data['rootId']}`),
    onState: () => told.push(`state ${rootWatch?.state}`),
    onDirty: (folders) =>
      told.push(...folders.map((folder) => `dirty ${Buffer.from(folder.path).toString()}`)),
    onUnheard: () => told.push('unheard'),
    ...options,
  });
  return rootWatch;
}

async function until(check: () => boolean): Promise<void> {
  const deadline = performance.now() + 10_000;
  while (!check() && performance.now() < deadline) {
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
  expect(check()).toBe(true);
}

const root = new Uint8Array(0);

describe('createRootWatch', () => {
  it('wants one more look when it starts to listen, then hears', async () => {
    start().follow([root], true);
    await until(() => told.includes('unheard'));
    expect(rootWatch?.state).toBe('watching');
    writeFileSync(join(base, 'one.jpg'), 'x');
    await until(() => told.includes('dirty '));
  });

  it('falls back to the timer at the watch limit, and says so once', async () => {
    const watchPath = (() => {
      throw Object.assign(new Error('ENOSPC: no more watches'), { code: 'ENOSPC' });
    }) as unknown as typeof watch;
    start({ watchPath }).follow([root], true);
    await until(() => told.length > 0);
    rootWatch?.follow([root], true);
    await new Promise((resolve) => setTimeout(resolve, 50));
    expect(told).toEqual(['watch_limit 7', 'state timed']);
    expect(rootWatch).toMatchObject({ state: 'timed', reason: 'watch_limit' });
  });

  it('does not try on a network drive', async () => {
    const system: IdentitySystem = {
      platform: 'linux',
      readText: async () => '1 1 0:45 / / rw - nfs4 nas:/export rw',
      readLinks: async () => [],
      run: async () => '',
    };
    start({ system }).follow([root], true);
    await until(() => told.length > 0);
    expect(told).toEqual(['watch_network 7', 'state timed']);
    expect(rootWatch).toMatchObject({ state: 'timed', reason: 'network' });
  });
});
