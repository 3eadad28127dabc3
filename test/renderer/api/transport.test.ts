import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { startEngineAgain, whyClosed, whyStopped } from '../../../renderer/api/transport.ts';

const asked = vi.fn<(path: string, options?: RequestInit) => Promise<Response>>();
beforeEach(() => {
  vi.stubGlobal('window', {});
  vi.stubGlobal('fetch', asked);
});
afterEach(() => {
  vi.unstubAllGlobals();
  asked.mockReset();
});

describe('a connection that is closed', () => {
  it.each([
    [200, 'lost'],
    [403, 'refused'],
    [401, 'refused'],
    [503, 'stopped'],
    [500, 'lost'],
  ])('is told apart by what the door answers: %i is %s', async (status, why) => {
    asked.mockResolvedValue(new Response('', { status }));
    expect(await whyClosed()).toBe(why);
  });

  it('is lost where nobody answers, and where there is no door of a browser', async () => {
    asked.mockRejectedValue(new TypeError('Failed to fetch'));
    expect(await whyClosed()).toBe('lost');
    asked.mockClear();
    vi.stubGlobal('window', { tagroll: { port: () => undefined } });
    expect(await whyClosed()).toBe('lost');
    expect(asked).not.toHaveBeenCalled();
  });

  it('starts the engine again when a person asks for it', async () => {
    asked.mockResolvedValue(new Response('', { status: 202 }));
    await startEngineAgain();
    expect(asked).toHaveBeenCalledWith(
      '/door/restart',
      expect.objectContaining({ method: 'POST' }),
    );
    asked.mockResolvedValue(new Response('', { status: 403 }));
    await expect(startEngineAgain()).rejects.toThrow('403');
    // Another window was faster: there is an engine, which knows no such request.
    asked.mockResolvedValue(new Response('', { status: 405 }));
    await startEngineAgain();
  });

  it('tells what the engine said before it stopped', async () => {
    const error = { code: 'library_newer', message: 'too new', data: { found: 9 } };
    asked.mockResolvedValue(Response.json(error, { status: 503 }));
    expect(await whyStopped()).toMatchObject(error);
    for (const answer of [
      new Response('null', { status: 503 }),
      new Response('<html>', { status: 503 }),
      new Response('{}', { status: 200 }),
    ]) {
      asked.mockResolvedValue(answer);
      expect(await whyStopped()).toBeNull();
    }
    asked.mockRejectedValue(new TypeError('Failed to fetch'));
    expect(await whyStopped()).toBeNull();
  });
});
