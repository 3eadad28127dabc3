import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import {
  drawWithPhotos,
  photosAre,
  waitForPhotos,
  waitForTurn,
} from '../../../renderer/api/turns.ts';

const FACETS = ['tags', 'facets'];

beforeEach(() => {
  vi.useFakeTimers();
  // Long after whatever the test before did.
  vi.advanceTimersByTime(60_000);
});

afterEach(() => {
  photosAre('there');
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
    photosAre('asked');
    expect(await isSent(['tags', 'folderCounts'], 100)).toBe(false);
    photosAre('there');
    await expect(waiting).resolves.toBeUndefined();
  });

  it('is never put off for what a person waits for', async () => {
    photosAre('asked');
    expect(await isSent(['photos', 'tiles'])).toBe(true);
    expect(await isSent(['tags', 'suggest'])).toBe(true);
  });

  it('comes when questions that follow each other have come to rest', async () => {
    photosAre('asked');
    photosAre('there');
    await vi.advanceTimersByTimeAsync(300);
    photosAre('asked');
    photosAre('there');
    const waiting = isSent(FACETS, 100);
    expect(await waiting).toBe(false);
    // The next step begins before the rest was long enough.
    photosAre('asked');
    expect(await isSent(FACETS, 500)).toBe(false);
    photosAre('there');
    expect(await isSent(FACETS, 400)).toBe(true);
  });

  it('comes in the end, however long photos are asked for', async () => {
    photosAre('asked');
    expect(await isSent(FACETS, 100)).toBe(false);
    expect(await isSent(FACETS, 60_000)).toBe(true);
  });

  it('is not needed to see that the photos are there', async () => {
    await expect(waitForPhotos(100)).resolves.toBeUndefined();
    photosAre('asked');
    photosAre('there');
    photosAre('asked');
    const there = vi.fn();
    void waitForPhotos(1000).then(there);
    await vi.advanceTimersByTimeAsync(500);
    expect(there).not.toHaveBeenCalled();
    photosAre('there');
    await vi.advanceTimersByTimeAsync(0);
    expect(there).toHaveBeenCalledTimes(1);
  });

  it('does not keep anybody waiting for photos that never come', async () => {
    photosAre('asked');
    const there = vi.fn();
    void waitForPhotos(1000).then(there);
    await vi.advanceTimersByTimeAsync(1000);
    expect(there).toHaveBeenCalledTimes(1);
  });
});

describe('drawing for a question', () => {
  it('is at once while no photos are asked for', () => {
    const draw = vi.fn();
    drawWithPhotos(draw);
    expect(draw).toHaveBeenCalledTimes(1);
  });

  it.each(['begun', 'there'] as const)('comes with the photos when they are %s', (state) => {
    const draw = vi.fn();
    photosAre('asked');
    drawWithPhotos(draw);
    drawWithPhotos(draw);
    expect(draw).not.toHaveBeenCalled();
    photosAre(state);
    expect(draw).toHaveBeenCalledTimes(1);
    vi.advanceTimersByTime(1000);
    expect(draw).toHaveBeenCalledTimes(1);
  });

  it('does not wait for photos that take longer, however many questions follow', () => {
    const draw = vi.fn();
    photosAre('asked');
    drawWithPhotos(draw);
    vi.advanceTimersByTime(20);
    photosAre('asked');
    drawWithPhotos(draw);
    vi.advanceTimersByTime(10);
    expect(draw).toHaveBeenCalledTimes(1);
    // What is known by then is drawn as it comes.
    drawWithPhotos(draw);
    expect(draw).toHaveBeenCalledTimes(2);
  });

  it('waits anew for a question after that', () => {
    const draw = vi.fn();
    photosAre('asked');
    vi.advanceTimersByTime(1000);
    photosAre('asked');
    drawWithPhotos(draw);
    expect(draw).not.toHaveBeenCalled();
    photosAre('begun');
    expect(draw).toHaveBeenCalledTimes(1);
  });
});
