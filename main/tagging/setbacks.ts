/** What keeps a lane from going on as fast as it could: a dead network, and photos in a row without an answer. */
import type { ServiceReason } from '../../shared/services.ts';
import { networkPauseMs } from './retry.ts';

/** Photos in trouble at the same time; further ones are left alone until one of them is answered. */
const MOST_TROUBLED = 10;

export type Setbacks = {
  /** Nothing could be sent. */
  network(reason: ServiceReason): void;
  /** A photo brought no answer and is tried again later. */
  trouble(photoId: number, reason: ServiceReason): void;
  /** Something left the computer: the network is there. */
  reached(): void;
  /** The service answered. */
  clear(): void;
  /** The network is tried again at this time; null: it is there, as far as is known. */
  readonly untilMs: number | null;
  /** While something is wrong, one call at a time finds out whether it still is. */
  readonly isProbing: boolean;
  readonly reason: ServiceReason | null;
  /** Only these photos may be tried; null: all. */
  readonly only: ReadonlySet<number> | null;
};

export function createSetbacks(options: {
  readonly now: () => number;
  readonly random: () => number;
}): Setbacks {
  const { now, random } = options;
  let failures = 0;
  let untilMs: number | null = null;
  let networkReason: ServiceReason | null = null;
  let troubled: Set<number> | null = null;
  let troubleReason: ServiceReason | null = null;
  const reached = (): void => {
    failures = 0;
    untilMs = null;
    networkReason = null;
  };
  return {
    network(reason) {
      // Calls that failed together are one failure.
      if (untilMs !== null && now() < untilMs) return;
      failures += 1;
      untilMs = now() + networkPauseMs(failures, random);
      networkReason = reason;
    },
    trouble(photoId, reason) {
      troubled ??= new Set();
      troubled.add(photoId);
      troubleReason = reason;
    },
    reached,
    clear() {
      reached();
      troubled = null;
      troubleReason = null;
    },
    get untilMs() {
      return untilMs;
    },
    get isProbing() {
      return failures > 0;
    },
    get reason() {
      return networkReason ?? troubleReason;
    },
    get only() {
      return troubled !== null && troubled.size >= MOST_TROUBLED ? troubled : null;
    },
  };
}
