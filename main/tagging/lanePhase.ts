import type { ServiceReason } from '../../shared/services.ts';
import type { LaneStanding } from './laneStanding.ts';
import type { RateLimiter } from './rate.ts';
import type { Setbacks } from './setbacks.ts';
import type { Supply } from './supply.ts';
import type { ServiceAdapter } from './types.ts';

/** How the work of a service goes, and why it does not. */
export type LanePhase = {
  readonly phase: 'idle' | 'running' | 'waiting' | 'paused' | 'stopped';
  readonly reason: ServiceReason | null;
};

export function lanePhase(lane: {
  readonly adapter: Pick<ServiceAdapter, 'names'>;
  readonly standing: Pick<LaneStanding, 'paused' | 'reason'>;
  readonly setbacks: Pick<Setbacks, 'untilMs' | 'reason'>;
  readonly limiter: Pick<RateLimiter, 'pausedUntilMs'>;
  readonly supply: Pick<Supply, 'atHand' | 'retryAt'>;
  readonly inFlight: number;
  readonly nowMs: number;
}): LanePhase {
  const { standing, setbacks, supply, nowMs } = lane;
  const stopped = standing.reason();
  if (stopped) return { phase: 'stopped', reason: stopped };
  if (standing.paused) return { phase: 'paused', reason: null };
  if (setbacks.untilMs !== null && nowMs < setbacks.untilMs) {
    return { phase: 'waiting', reason: setbacks.reason };
  }
  if (nowMs < lane.limiter.pausedUntilMs && supply.atHand > 0) {
    const message = `${lane.adapter.names.en} asked to slow down; Tagroll goes on in a moment.`;
    return { phase: 'waiting', reason: { code: 'slow_down', message } };
  }
  if (lane.inFlight > 0 || supply.atHand > 0) return { phase: 'running', reason: null };
  if (supply.retryAt() !== null) return { phase: 'waiting', reason: setbacks.reason };
  return { phase: 'idle', reason: null };
}
