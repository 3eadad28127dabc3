/** What becomes of a photo whose call brought no answer. Decided here once, for every service. */
import type { ServiceError } from './types.ts';

/** Tries of one photo, the first one included. */
export const MOST_TRIES = 5;
/** The same for a code that is in no table: it is tried again twice. */
const MOST_TRIES_UNKNOWN = 3;
const BACK_OFF_MS = 1000;
const LONGEST_BACK_OFF_MS = 60_000;
const LONGEST_NETWORK_PAUSE_MS = 5 * 60_000;
const LEAST_NETWORK_PAUSE_MS = 500;

/** The part of a `ServiceError` that decides. */
export type Refusal = Pick<ServiceError, 'errorClass' | 'known'>;

export type Decision =
  /** Once more at once, with a new signature. */
  | { readonly kind: 'sign-again' }
  /** The service asked to slow down; the photo is not to blame. */
  | { readonly kind: 'slow-down' }
  /** Tried again later; times in milliseconds since 1970 UTC. */
  | { readonly kind: 'later'; readonly retryAt: number }
  /** This photo is given up. */
  | { readonly kind: 'failed' }
  /** Nothing more is sent until the person did something. */
  | { readonly kind: 'stop' };

/** `tries`: calls for this photo so far, this one included. `signedAgain`: it was sent with a new signature already. */
export function decide(
  error: Refusal,
  photo: { readonly tries: number; readonly signedAgain: boolean },
  world: { readonly now: number; readonly random: () => number },
): Decision {
  switch (error.errorClass) {
    case 'stop':
      return { kind: 'stop' };
    case 'wait':
      return { kind: 'slow-down' };
    case 'sign-again':
      return photo.signedAgain ? { kind: 'stop' } : { kind: 'sign-again' };
    case 'skip':
      return { kind: 'failed' };
    case 'retry': {
      const most = error.known ? MOST_TRIES : MOST_TRIES_UNKNOWN;
      if (photo.tries >= most) return { kind: 'failed' };
      return { kind: 'later', retryAt: world.now + backOffMs(photo.tries, world.random) };
    }
  }
}

/** Full jitter: anything up to a bound that doubles with each try (1 s, 2 s, 4 s, …, 60 s). */
export function backOffMs(tries: number, random: () => number): number {
  const bound = Math.min(LONGEST_BACK_OFF_MS, BACK_OFF_MS * 2 ** Math.max(0, tries - 1));
  return Math.round(random() * bound);
}

/**
 * Wait before the network is tried again, after so many failures in a row. Nothing was sent, so there is no
 * end to it: pauses grow up to five minutes, and are never so short that a dead network is hammered.
 */
export function networkPauseMs(failures: number, random: () => number): number {
  const bound = Math.min(LONGEST_NETWORK_PAUSE_MS, BACK_OFF_MS * 2 ** Math.max(0, failures - 1));
  return Math.round(LEAST_NETWORK_PAUSE_MS + random() * (bound - LEAST_NETWORK_PAUSE_MS));
}
