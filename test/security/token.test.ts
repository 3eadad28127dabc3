/** Programs and people without the token, and places where the token could be found. */
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import type { Logger } from '../../main/log.ts';
import { ask, upgrade } from './rawRequest.ts';
import { openRealDoor, type RealDoor } from './realDoor.ts';
import { openStubDoor, type StubDoor } from './stubDoor.ts';

const compared = vi.hoisted(() => ({ lengths: [] as (readonly [number, number])[] }));
vi.mock('node:crypto', async (original) => {
  const crypto = await original<typeof import('node:crypto')>();
  const timingSafeEqual: typeof crypto.timingSafeEqual = (left, right) => {
    compared.lengths.push([left.byteLength, right.byteLength]);
    return crypto.timingSafeEqual(left, right);
  };
  return { ...crypto, timingSafeEqual };
});

let stub: StubDoor | null = null;
afterEach(async () => {
  await stub?.door.close();
  stub = null;
});
async function open(options: Parameters<typeof openStubDoor>[0] = {}): Promise<StubDoor> {
  stub = await openStubDoor(options);
  return stub;
}

const PATHS = ['/', '/result?query=', '/media/original/1', '/assets/x.js', '/rpc', '/door/window'];
const WRONG = 'A'.repeat(43);

describe('another program on this machine', () => {
  it('asks without a token: the door answers none of its requests', async () => {
    const { port, reached } = await open();
    for (const path of PATHS) expect((await ask(port, path)).status, path).toBe(403);
    expect(reached).toEqual([]);
  });

  it('guesses a token: refused, also where it brings an empty or a doubled one', async () => {
    const { port, reached } = await open();
    for (const query of [
      'token=',
      `token=${WRONG}`,
      `token=${WRONG}&token=${WRONG}`,
      'token[]=x',
      'token=%00',
    ]) {
      expect((await ask(port, `/?${query}`)).status, query).toBe(403);
    }
    expect(reached).toEqual([]);
  });

  it('guesses a cookie: refused, whatever its form', async () => {
    const { port, reached } = await open();
    const name = `tagroll-${port}`;
    for (const Cookie of [
      `${name}=${WRONG}`,
      `${name}=`,
      name,
      `; ${name}`,
      `${name}=undefined`,
      `${name}=null`,
      `TAGROLL-${port}=${WRONG}`,
    ]) {
      expect((await ask(port, '/', { Cookie })).status, Cookie).toBe(403);
    }
    expect(reached).toEqual([]);
  });

  it('opens a WebSocket without the cookie: refused, with the right origin too', async () => {
    const { port, origin } = await open();
    expect(await upgrade(port, { Origin: origin })).toBe(403);
    expect(await upgrade(port, { Origin: origin, Cookie: `tagroll-${port}=${WRONG}` })).toBe(403);
  });

  it('sends the cookie of a door that was closed: the next one has other keys', async () => {
    const before = await open();
    await before.door.close();
    const after = await openStubDoor({ port: before.port });
    const { status } = await ask(after.port, '/', { Cookie: before.cookie });
    await after.door.close();
    expect(status).toBe(403);
  });

  it('reads the token of a command line: it works once and was used by then', async () => {
    const { door, port } = await open();
    const target = door.windowUrl().slice(`http://127.0.0.1:${port}`.length);
    expect((await ask(port, target)).status).toBe(303);
    const second = await ask(port, target);
    expect([second.status, second.headers.has('set-cookie')]).toEqual([403, false]);
  });

  it('brings the printed token elsewhere than to the entry: it opens nothing there', async () => {
    const { door, port, reached } = await open();
    const { search } = new URL(door.url);
    for (const path of ['/result', '/media/original/1', '/x', '/rpc']) {
      expect((await ask(port, path + search)).status, path).toBe(403);
    }
    expect(reached).toEqual([]);
  });

  it('measures how long a refusal takes: digests of one length are compared, all of them', async () => {
    const { door, port } = await open();
    door.windowUrl();
    for (const guess of ['x', WRONG, new URL(door.url).searchParams.get('token')?.slice(0, -1)]) {
      compared.lengths.length = 0;
      expect((await ask(port, `/?token=${guess}`, { Cookie: `tagroll-${port}=x` })).status).toBe(
        403,
      );
      // Cookie, printed token, token of the command line.
      expect(compared.lengths).toEqual([
        [32, 32],
        [32, 32],
        [32, 32],
      ]);
    }
  });
});

describe('who reads logs, files and headers', () => {
  it('looks for the token in the log of a request that failed: only its path is there', async () => {
    const lines: string[] = [];
    const note = (message: string, data?: object): void => {
      lines.push(`${message} ${JSON.stringify(data)}`);
    };
    const logger: Logger = { info: note, warn: note, error: note };
    const { port, cookie } = await open({
      logger,
      handle: async () =>
        new Response(
          new ReadableStream({
            pull(controller) {
              controller.error(new Error('the disk is gone'));
            },
          }),
        ),
    });
    await ask(port, '/page?token=SECRET-TOKEN', { Cookie: cookie });
    await expect.poll(() => lines.join('\n')).toContain('the disk is gone');
    expect(lines.join('\n')).toContain('"/page"');
    expect(lines.join('\n')).not.toContain('SECRET-TOKEN');
  });

  it('waits for the Referer of a page that a person goes to: none is sent, and no page keeps the token', async () => {
    const { door, port, origin } = await open();
    const entered = await ask(port, door.url.slice(origin.length));
    expect(entered.headers.get('location')).toBe('/');
    expect(entered.headers.get('referrer-policy')).toBe('no-referrer');
    expect(entered.headers.get('cache-control')).toBe('no-store');
    expect(entered.body).toBe('');
  });

  it('runs a script in the page: the cookie is out of its reach and is not the token', async () => {
    const { door, port, origin } = await open();
    const entered = await ask(port, door.url.slice(origin.length));
    expect(entered.headers.get('set-cookie')).toMatch(/; HttpOnly; SameSite=Strict; Path=\/$/);
    expect(entered.headers.get('set-cookie')).not.toContain(
      new URL(door.url).searchParams.get('token') ?? '?',
    );
  });
});

describe('another user of this machine', () => {
  let real: RealDoor;
  beforeAll(async () => {
    real = await openRealDoor(['one.jpg']);
  });
  afterAll(() => real.close());

  it('searches the library for the keys of the window: no file holds them', async () => {
    const { door, cookie, libraryPath } = real;
    await ask(door.port, '/result?query=', { Cookie: cookie });
    const keys = [new URL(door.url).searchParams.get('token') ?? '?', cookie.split('=')[1] ?? '?'];
    const found = readdirSync(libraryPath, { recursive: true, encoding: 'utf8' }).filter((name) => {
      const path = join(libraryPath, name);
      if (!statSync(path).isFile()) return false;
      const text = readFileSync(path, 'latin1');
      return keys.some((key) => text.includes(key));
    });
    expect(found).toEqual([]);
  });

  it.runIf(process.platform !== 'win32')(
    'opens the library: its folder, its socket and its token are for its owner alone',
    () => {
      const { libraryPath } = real;
      const mode = (path: string): number => statSync(path).mode & 0o777;
      const holder = join(libraryPath, 'holder.json');
      const { socketPath } = JSON.parse(readFileSync(holder, 'utf8')) as { socketPath: string };
      expect(mode(libraryPath)).toBe(0o700);
      expect(mode(holder)).toBe(0o600);
      expect(mode(socketPath)).toBe(0o600);
      expect(mode(join(socketPath, '..'))).toBe(0o700);
    },
  );
});
