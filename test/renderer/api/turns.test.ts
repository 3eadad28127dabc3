import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { keepTurn, waitForPhotos, waitForTurn } from '../../../renderer/api/turns.ts';

const FACETS = ['tags', 'facets'];

beforeEach(() => {
  vi.useFakeTimers();
  // Long after whatever the test before did.
  vi.advanceTimersByTime(60_000);
});

afterEach(() => {
  keepTurn(false);
  vi.runAllTimers();
  vi.useRealTimers();
});

/** Whether a call that is made now is sent within so many milliseconds. */
async function isSent(path: readonly string[], withinMs = 0): Promise<boolean> {
  let sent = false;
  void waitForTurn(path).then(() => {
    sent = true;
  });
  await vi.advanceTimersByTimeAsync(withinMs);
  return sent;
}

describe('the turn of a call', () => {
  it('is at once while no photos are asked for', async () => {
    expect(await isSent(FACETS)).toBe(true);
  });

  it('comes after the photos for figures beside them', async () => {
    const waiting = waitForTurn(FACETS);
    // Asked for because of the same change, a moment later.
    keepTurn(true);
    expect(await isSent(['tags', 'folderCounts'], 100)).toBe(false);
    keepTurn(false);
    await expect(waiting).resolves.toBeUndefined();
  });

  it('is never put off for what a person waits for', async () => {
    keepTurn(true);
    expect(await isSent(['photos', 'tiles'])).toBe(true);
    expect(await isSent(['tags', 'suggest'])).toBe(true);
  });

  it('comes when questions that follow each other have come to rest', async () => {
    keepTurn(true);
    keepTurn(false);
    await vi.advanceTimersByTimeAsync(300);
    keepTurn(true);
    keepTurn(false);
    const waiting = isSent(FACETS, 100);
    expect(await waiting).toBe(false);
    // The next step begins before the rest was long enough.
    keepTurn(true);
    expect(await isSent(FACETS, 500)).toBe(false);
    keepTurn(false);
    expect(await isSent(FACETS, 400)).toBe(true);
  });

  it('comes in the end, however long photos are asked for', async () => {
    keepTurn(true);
    expect(await isSent(FACETS, 100)).toBe(false);
    expect(await isSent(FACETS, 60_000)).toBe(true);
  });

  it('is not needed to see that the photos are there', async () => {
    await expect(waitForPhotos(100)).resolves.toBeUndefined();
    keepTurn(true);
    keepTurn(false);
    keepTurn(true);
    const there = vi.fn();
    void waitForPhotos(1000).then(there);
    await vi.advanceTimersByTimeAsync(500);
    expect(there).not.toHaveBeenCalled();
    keepTurn(false);
    await vi.advanceTimersByTimeAsync(0);
    expect(there).toHaveBeenCalledTimes(1);
  });

  it('does not keep anybody waiting for photos that never come', async () => {
    keepTurn(true);
    const there = vi.fn();
    void waitForPhotos(1000).then(there);
    await vi.advanceTimersByTimeAsync(1000);
    expect(there).toHaveBeenCalledTimes(1);
  });
});
