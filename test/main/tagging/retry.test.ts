import { describe, expect, it } from 'vitest';
import { backOffMs, decide, networkPauseMs } from '../../../main/tagging/retry.ts';
import type { ErrorClass } from '../../../main/tagging/types.ts';

const NOW = 1_000_000;
const decided = (
  errorClass: ErrorClass,
  photo: { tries?: number; signedAgain?: boolean; known?: boolean } = {},
) =>
  decide(
    { errorClass, known: photo.known ?? true },
    { tries: photo.tries ?? 1, signedAgain: photo.signedAgain ?? false },
    { now: NOW, random: () => 0.5 },
  );

describe('an error', () => {
  it('is tried again four times, each time after up to twice as long', () => {
    const decisions = [1, 2, 3, 4, 5].map((tries) => decided('retry', { tries }));
    expect(decisions).toEqual([
      { kind: 'later', retryAt: NOW + 500 },
      { kind: 'later', retryAt: NOW + 1000 },
      { kind: 'later', retryAt: NOW + 2000 },
      { kind: 'later', retryAt: NOW + 4000 },
      { kind: 'failed' },
    ]);
  });

  it('of a code in no table is tried again twice', () => {
    const kinds = [1, 2, 3].map((tries) => decided('retry', { tries, known: false }).kind);
    expect(kinds).toEqual(['later', 'later', 'failed']);
  });

  it('of an expired signature is signed again once, then stops the service', () => {
    expect(decided('sign-again')).toEqual({ kind: 'sign-again' });
    expect(decided('sign-again', { signedAgain: true })).toEqual({ kind: 'stop' });
  });

  it('of the photo, of the rate, of the account', () => {
    expect(decided('skip')).toEqual({ kind: 'failed' });
    expect(decided('wait', { tries: 99 })).toEqual({ kind: 'slow-down' });
    expect(decided('stop')).toEqual({ kind: 'stop' });
  });
});

describe('waiting', () => {
  it('has full jitter up to a minute', () => {
    expect(backOffMs(1, () => 0)).toBe(0);
    expect(backOffMs(3, () => 0.25)).toBe(1000);
    expect(backOffMs(30, () => 0.999999)).toBe(60_000);
  });

  it('for the network grows up to five minutes and never hammers', () => {
    expect(networkPauseMs(1, () => 0)).toBe(500);
    expect(networkPauseMs(5, () => 0.999999)).toBe(16_000);
    expect(networkPauseMs(60, () => 0.999999)).toBe(300_000);
  });
});
