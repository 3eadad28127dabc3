/** What browsers are told with every answer, of whatever kind: what they forbid by it stays forbidden. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { handshake, openSocket, requestText, sendRaw } from './rawRequest.ts';
import { openRealDoor, type RealDoor } from './realDoor.ts';

let real: RealDoor;
beforeAll(async () => {
  real = await openRealDoor(['one.jpg']);
});
afterAll(() => real.close());

function expectGuarded(headers: ReadonlyMap<string, string>, kind: string): void {
  const policy = headers.get('content-security-policy') ?? '';
  for (const rule of [
    "default-src 'self'",
    "script-src 'self'",
    "style-src 'self'",
    "object-src 'none'",
    "base-uri 'none'",
    "form-action 'none'",
    "frame-ancestors 'none'",
  ]) {
    expect(policy.split('; '), kind).toContain(rule);
  }
  expect(policy, kind).not.toMatch(/unsafe|\*|https?:/);
  expect(headers.get('x-content-type-options'), kind).toBe('nosniff');
  expect(headers.get('referrer-policy'), kind).toBe('no-referrer');
  expect(headers.get('cross-origin-opener-policy'), kind).toBe('same-origin');
  expect(headers.get('cross-origin-resource-policy'), kind).toBe('same-origin');
  expect(headers.get('x-frame-options'), kind).toBe('DENY');
  expect(
    [...headers.keys()].filter((name) => /^(access-control|server$|x-powered)/.test(name)),
  ).toEqual([]);
}

describe('a page that embeds, frames, reads or guesses at an answer', () => {
  it('finds the door’s headers on every kind of answer', async () => {
    const { port, url } = real.door;
    const own = [`Host: 127.0.0.1:${port}`, `Cookie: ${real.cookie}`];
    const id = real.ids.get('one.jpg') ?? 0;
    const kinds: readonly (readonly [string, number, string])[] = [
      ['the page', 200, requestText('/', own)],
      ['its script', 200, requestText('/assets/index-abcdefgh.js', own)],
      ['a result', 200, requestText('/result?query=', own)],
      ['a result that cannot be', 400, requestText('/result?sort=x', own)],
      ['a thumbnail', 200, requestText(`/media/thumbnail/${id}`, own)],
      ['a preview', 200, requestText(`/media/preview/${id}`, own)],
      ['an original', 200, requestText(`/media/original/${id}`, own)],
      ['a photo that is not there', 404, requestText('/media/original/999', own)],
      ['a page that is not there', 404, requestText('/none', own)],
      ['only the head', 200, requestText('/', own, 'HEAD')],
      ['the way in', 303, requestText(url.slice(url.indexOf('/?')), own)],
      ['no cookie', 403, requestText('/', own.slice(0, 1))],
      ['another host', 400, requestText('/', ['Host: evil.example'])],
      ['another method', 405, requestText('/', own, 'POST')],
      ['a body', 413, requestText('/', [...own, 'Content-Length: 5'])],
      ['headers that are too long', 431, requestText('/', [...own, `X: ${'x'.repeat(20_000)}`])],
      ['no HTTP', 400, 'HELLO\r\n\r\n'],
      ['a refused WebSocket', 403, handshake(port, { Origin: 'https://evil.example' })],
    ];
    for (const [kind, status, text] of kinds) {
      const answer = await sendRaw(port, text);
      expect(answer.status, kind).toBe(status);
      expectGuarded(answer.headers, kind);
    }
  });

  it('makes the handshake of a WebSocket wrong: the refusal has the headers too', async () => {
    const { port } = real.door;
    const socket = await openSocket(port);
    const answer = new Promise<string>((resolve) =>
      socket.once('data', (chunk: Buffer) => resolve(chunk.toString('latin1'))),
    );
    const own = { Cookie: real.cookie, Origin: `http://127.0.0.1:${port}` };
    socket.write(handshake(port, { ...own, 'Sec-WebSocket-Version': '7' }));
    const text = await answer;
    socket.destroy();
    expect(text).toMatch(/^HTTP\/1\.1 400 /);
    expect(text).toContain('content-security-policy');
  });
});
