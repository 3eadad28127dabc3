import { existsSync, readFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { type Client, connectEngine } from '../../../app/engineClient.ts';
import { type EngineProcess, startEngine } from '../../../app/engineProcess.ts';
import { keysPath } from '../../../app/places.ts';
import type { Vault } from '../../../main/secrets.ts';

const KEY = 'TESTsecretKEY0001';
const entry = join(import.meta.dirname, '..', '..', '..', 'main', 'process.ts');
const keychain: Vault = {
  protection: async () => 'unprotected',
  encrypt: async (text) => Buffer.from(text).reverse().toString('base64'),
  decrypt: async (encrypted) => ({
    text: Buffer.from(encrypted, 'base64').reverse().toString(),
    isOld: false,
  }),
};

let base = '';
let engine: EngineProcess | null = null;

beforeAll(async () => {
  base = await mkdtemp(join(tmpdir(), 'tagroll-vault-'));
  vi.stubEnv('XDG_DATA_HOME', join(base, 'data'));
  vi.stubEnv('LOCALAPPDATA', join(base, 'data'));
  vi.stubEnv('HOME', base);
  vi.stubEnv('NODE_NO_WARNINGS', '1');
});
afterAll(async () => {
  await engine?.stop();
  vi.unstubAllEnvs();
  await rm(base, { recursive: true, maxRetries: 5 });
});

/** What a new engine with this keychain answers. */
async function ask<Answer>(
  vault: Vault | null,
  question: (client: Client) => Promise<Answer>,
): Promise<Answer> {
  engine = startEngine({
    node: process.execPath,
    entry,
    libraryPath: join(base, 'library'),
    rendererPath: base,
    onState: () => undefined,
    ...(vault ? { vault } : {}),
  });
  const address = await engine.address(20_000);
  const connection = address ? await connectEngine(address, 5000) : null;
  if (!connection) throw new Error('The engine does not answer.');
  try {
    return await question(connection.client);
  } finally {
    connection.close();
    await engine.stop();
  }
}

describe('the keys of an engine that is a process of its own', { timeout: 60_000 }, () => {
  it('are encrypted by its parent and lie outside of the library', async () => {
    await ask(keychain, (client) =>
      client.services.setAccount({ account: 'tencent', values: { secretKey: KEY } }),
    );
    const path = join(keysPath(process.env, process.platform), 'secrets.json');
    expect(path.startsWith(base)).toBe(true);
    expect(readFileSync(path, 'utf8')).not.toContain(KEY);
    const listed = await ask(keychain, (client) => client.services.list({}));
    expect(listed.protection).toBe('unprotected');
    expect(listed.services[0]?.secretsSet).toEqual(['secretKey']);
    expect(JSON.stringify(listed)).not.toContain(KEY);
    expect(existsSync(join(base, 'library', 'secrets.json'))).toBe(false);
  });

  it('are not to be had without it', async () => {
    const listed = await ask(null, (client) => client.services.list({}));
    expect(listed.protection).toBe('memory');
    expect(listed.services[0]?.secretsSet).toEqual([]);
  });
});
