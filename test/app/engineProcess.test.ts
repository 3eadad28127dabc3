import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, describe, expect, it } from 'vitest';
import {
  type EngineProcess,
  type EngineState,
  engineEnvironment,
  startEngine,
} from '../../app/engineProcess.ts';
import { NODE_ENVIRONMENT } from '../../app/nodeFlags.mjs';
import type { Vault } from '../../main/secrets.ts';

const folder = mkdtempSync(join(tmpdir(), 'tagroll-engine-'));
const log = join(folder, 'starts.log');
let engine: EngineProcess | null = null;
afterEach(async () => {
  await engine?.stop();
  engine = null;
  rmSync(log, { force: true });
});
afterAll(() => rmSync(folder, { recursive: true }));

/** A stand-in for the engine: a program that notes its start and its words, then does as it is told. */
function start(program: string, vault?: Vault, silentMs?: number): EngineState[] {
  const entry = join(folder, 'engine.mjs');
  writeFileSync(
    entry,
    `import { appendFileSync, readFileSync } from 'node:fs';
     appendFileSync(${JSON.stringify(log)}, JSON.stringify(process.argv.slice(2)) + '\\n');
     const starts = readFileSync(${JSON.stringify(log)}, 'utf8').trim().split('\\n').length;
     const ready = () => console.log(JSON.stringify({ kind: 'ready', socketPath: '/s' + starts, token: 't' }));
     process.on('disconnect', () => process.exit(0));
     process.on('message', ({ kind }) => kind === 'ping' && process.send({ kind: 'pong' }));
     ${program}`,
  );
  const states: EngineState[] = [];
  engine = startEngine({
    node: process.execPath,
    entry,
    libraryPath: '/a library',
    rendererPath: '/renderer',
    onState: (state) => states.push(state),
    firstDelayMs: 1,
    ...(vault ? { vault } : {}),
    ...(silentMs ? { silentMs } : {}),
  });
  return states;
}

const kinds = (states: readonly EngineState[]): readonly string[] => states.map(({ kind }) => kind);

describe('the engine process', () => {
  it('is told its library, and tells where it answers', async () => {
    const states = start('ready();');
    expect(await engine?.address(5000)).toEqual({ socketPath: '/s1', token: 't' });
    expect(JSON.parse(readFileSync(log, 'utf8'))).toEqual([
      '--library=/a library',
      '--renderer=/renderer',
    ]);
    await engine?.stop();
    expect(kinds(states)).toEqual(['starting', 'ready', 'stopped']);
    expect(await engine?.address(0)).toBeNull();
  });

  it('is started again when it dies, and says why', async () => {
    const states = start(
      "ready(); if (starts === 1) { console.error('out of luck'); setTimeout(() => process.exit(7), 100); }",
    );
    await expect.poll(() => kinds(states).filter((kind) => kind === 'ready').length).toBe(2);
    expect(kinds(states)).toEqual(['starting', 'ready', 'restarting', 'starting', 'ready']);
    expect(states[2]).toMatchObject({ delayMs: 1, reason: 'ended with status 7: out of luck' });
    expect(await engine?.address(1000)).toEqual({ socketPath: '/s2', token: 't' });
  });

  it('waits longer each time, and gives up after five deaths in a row', async () => {
    const states = start('process.exit(1);');
    await expect.poll(() => states.at(-1)?.kind, { timeout: 15_000 }).toBe('failed');
    const delays = states.flatMap((state) => (state.kind === 'restarting' ? [state.delayMs] : []));
    expect(delays).toEqual([1, 2, 4, 8, 16]);
    expect(states.at(-1)).toMatchObject({ error: { message: expect.stringContaining('6 times') } });
    engine?.restart();
    expect(states.at(-1)).toEqual({ kind: 'starting' });
  });

  it('is not started again when it said why it cannot open the library', async () => {
    const states = start(
      "console.log(JSON.stringify({ kind: 'failed', error: { code: 'library_locked', message: 'held', data: {} } })); process.exitCode = 1; process.disconnect();",
    );
    expect(await engine?.address(5000)).toBeNull();
    expect(states.at(-1)).toMatchObject({ kind: 'failed', error: { code: 'library_locked' } });
  });

  it("is answered from the system's keychain, and lives on when that fails", async () => {
    const states = start(
      `process.on('message', (answer) => {
         appendFileSync(${JSON.stringify(log)}, JSON.stringify(answer) + '\\n');
         if (answer.id === 2) ready();
       });
       process.send({ kind: 'vault', id: 1, action: 'encrypt', text: 'TESTkey' });
       process.send({ kind: 'vault', id: 2, action: 'decrypt', text: 'TESTkey' });`,
      {
        protection: async () => 'keychain',
        encrypt: async (text) => `<${text}>`,
        decrypt: async () => {
          await new Promise((resolve) => setTimeout(resolve, 50));
          throw new Error('locked');
        },
      },
    );
    expect(await engine?.address(5000)).toMatchObject({ token: 't' });
    const [words, ...answers] = readFileSync(log, 'utf8').trim().split('\n');
    expect(JSON.parse(words ?? '')).toContain('--vault');
    expect(answers.map((line) => JSON.parse(line))).toEqual([
      { kind: 'vault', id: 1, answer: '<TESTkey>' },
      { kind: 'vault', id: 2, failure: 'locked' },
    ]);
    expect(kinds(states)).toEqual(['starting', 'ready']);
  });

  it('is ended and started again when it gives no sign of life', async () => {
    const states = start(
      'ready(); if (starts === 1) setTimeout(() => { for (;;); }, 100);',
      undefined,
      1000,
    );
    await expect.poll(() => kinds(states).filter((kind) => kind === 'ready').length).toBe(2);
    expect(states[2]).toMatchObject({
      kind: 'restarting',
      cause: 'hung',
      reason: 'it did not answer any more',
    });
    const [, second] = readFileSync(log, 'utf8').trim().split('\n');
    expect(JSON.parse(second ?? '')).toContain('--after=hung');
  });

  it('is started again at once when it asks for it, which is no crash', async () => {
    const states = start('ready(); if (starts === 1) setTimeout(() => process.exit(75), 50);');
    await expect.poll(() => kinds(states).filter((kind) => kind === 'ready').length).toBe(2);
    expect(states[2]).toMatchObject({ kind: 'restarting', cause: 'asked', delayMs: 0 });
    expect(readFileSync(log, 'utf8')).not.toContain('--after');
  });

  it('is not started again when somebody ends it politely', async () => {
    const states = start('ready(); setTimeout(() => process.exit(0), 50);');
    await expect.poll(() => kinds(states)).toEqual(['starting', 'ready', 'stopped']);
  });

  it('does not wait for ever', async () => {
    start('setInterval(() => {}, 1000);');
    expect(await engine?.address(50)).toBeNull();
  });

  it('does not inherit what would change how it runs', () => {
    expect(
      engineEnvironment({ ELECTRON_RUN_AS_NODE: '1', NODE_OPTIONS: '--inspect', PATH: '/bin' }),
    ).toEqual({ PATH: '/bin', ...NODE_ENVIRONMENT });
  });
});
