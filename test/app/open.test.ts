/** Opens a real library in a stand-in for Chromium: a program that does what a window does. */
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { collect, runTagroll, startTagroll } from '../helpers/commandLine.ts';

let folder = '';
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'tagroll-open-'));
});
afterEach(() => rm(folder, { recursive: true, force: true, maxRetries: 5 }));

/** Exchanges the address for the cookie, shows the page, calls the engine, and closes after `openMs`. */
const WINDOW = (log: string, openMs: number): string => `#!${process.execPath}
const { writeFileSync } = require('node:fs');
const words = process.argv.slice(2);
const url = words.find((word) => word.startsWith('--app=')).slice(6);
const { origin, host } = new URL(url);
(async () => {
  const entered = await fetch(url, { redirect: 'manual' });
  const cookie = entered.headers.get('set-cookie').split(';')[0];
  const page = await fetch(origin, { headers: { cookie } });
  const again = await fetch(url, { redirect: 'manual' });
  const socket = new WebSocket('ws://' + host + '/rpc', { headers: { cookie, origin } });
  await new Promise((resolve) => socket.addEventListener('open', resolve));
  const html = await page.text();
  writeFileSync(${JSON.stringify(log)}, JSON.stringify({
    words, entered: entered.status, page: page.status, again: again.status, html: html.slice(0, 15),
  }));
  setTimeout(() => socket.close(), ${openMs});
})();
`;

type Seen = { words: string[]; entered: number; page: number; again: number; html: string };

describe.runIf(process.platform === 'linux')('open', { timeout: 120_000 }, () => {
  it('shows a window, and ends a moment after it was closed', async () => {
    const log = join(folder, 'window.json');
    await writeFile(join(folder, 'chromium'), WINDOW(log, 300), { mode: 0o755 });
    const library = join(folder, 'library');
    const ran = await runTagroll(['open', '--browser', '--library', library, '--json'], {
      env: { PATH: folder, DISPLAY: ':99' },
    });
    expect(ran.status).toBe(0);
    const { url } = ran.json<{ url: string }>();
    expect(ran.stderr).toContain(`window of ${join(folder, 'chromium')}`);
    const seen = JSON.parse(await readFile(log, 'utf8')) as Seen;
    expect(seen).toMatchObject({ entered: 303, page: 200, again: 403, html: '<!doctype html>' });
    expect(seen.words).toContain(`--user-data-dir=${join(library, 'window')}`);
    expect(seen.words.includes('--no-sandbox')).toBe(process.getuid?.() === 0);
    // What every user of the machine can read of a command line opens nothing twice.
    expect(seen.words.join(' ')).not.toContain(new URL(url).searchParams.get('token'));
  });

  it('prints the address where nothing can show it, and goes on', async () => {
    const child = startTagroll(['open', '--library', join(folder, 'library'), '--json'], {
      env: { PATH: folder, DISPLAY: '', WAYLAND_DISPLAY: '' },
    });
    const ended = collect(child);
    await new Promise((resolve) => child.stdout?.once('data', resolve));
    child.kill('SIGINT');
    const ran = await ended;
    expect(ran.status).toBe(130);
    expect(ran.stderr).toContain(
      `There is no display here. Open this address in a browser: ${ran.json<{ url: string }>().url}`,
    );
  });

  it('says which port is taken', async () => {
    const other = createServer();
    const port = await new Promise<number>((resolve) =>
      other.listen(0, '127.0.0.1', () => resolve((other.address() as { port: number }).port)),
    );
    const words = [
      'open',
      '--no-window',
      '--port',
      String(port),
      '--library',
      join(folder, 'l'),
      '--json',
    ];
    const ran = await runTagroll(words);
    other.close();
    expect(ran.status).toBe(2);
    expect(ran.json()).toMatchObject({
      error: { code: 'usage', message: expect.stringContaining(`Port ${port}`) },
    });
  });
});
