import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { NODE_FLAGS } from '../../app/nodeFlags.mjs';

const PROGRAM = join(import.meta.dirname, 'simulate.ts');
let child: ChildProcess | null = null;

afterEach(() => {
  if (child?.exitCode === null) child.kill('SIGKILL');
});

/** Starts the program and gathers what it prints. */
function start(...words: readonly string[]): { text: () => string; child: ChildProcess } {
  const started = spawn(process.execPath, [...NODE_FLAGS, PROGRAM, ...words], {
    stdio: ['pipe', 'pipe', 'pipe'],
  });
  child = started;
  let printed = '';
  for (const stream of [started.stdout, started.stderr])
    stream.on('data', (chunk) => {
      printed += String(chunk);
    });
  return { text: () => printed, child: started };
}

describe('npm run simulate', () => {
  it('prints variables to copy and one line per request, and stops with its input', async () => {
    const { text, child: running } = start('--latency', '0');
    await expect.poll(text, { timeout: 20_000 }).toContain('npm start');
    const names = [...text().matchAll(/^export (\w+)='[^']+'$/gm)].map(([, name]) => name);
    expect(names).toEqual([
      'TAGROLL_TENCENT_APP_ID',
      'TAGROLL_TENCENT_SECRET_ID',
      'TAGROLL_TENCENT_SECRET_KEY',
      'TAGROLL_TENCENT_ENDPOINT',
      'TAGROLL_HUAWEI_PROJECT_ID',
      'TAGROLL_HUAWEI_ENDPOINT',
      'TAGROLL_HUAWEI_ACCESS_KEY',
      'TAGROLL_HUAWEI_SECRET_KEY',
    ]);
    const url = /TAGROLL_TENCENT_ENDPOINT='([^']+)'/.exec(text())?.[1];
    const response = await fetch(`${url}/image/terrorism`, { method: 'POST', body: '{}' });
    expect(await response.json()).toMatchObject({ errorcode: 4 });
    await expect.poll(text).toMatch(/tencent-terrorism +200 +refused .*code 4/);
    running.stdin?.end();
    expect((await once(running, 'exit'))[0]).toBe(0);
    expect(text()).toContain('1 requests arrived');
  });

  it('stops when told to, and says what it was told wrong', async () => {
    const { text, child: running } = start('--token', '--broke');
    await expect.poll(text, { timeout: 20_000 }).toContain('TAGROLL_HUAWEI_PASSWORD');
    running.kill('SIGTERM');
    expect((await once(running, 'exit'))[0]).toBe(0);
    const wrong = start('--minutes', '0');
    expect((await once(wrong.child, 'exit'))[0]).toBe(2);
    expect(wrong.text()).toContain('--minutes must be');
  });
});
