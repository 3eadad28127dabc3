import type { LaneState } from '../../shared/services.ts';
import type { Format } from '../i18n/format.ts';
import type { Translate } from '../i18n/index.ts';

/** The figures of a service's work, in words. */
export type LaneText = {
  /** `312 of 1,204 photos`. */
  readonly main: string;
  /** Rate, calls, cost, bytes, time left: what is known of them. */
  readonly details: readonly string[];
  /** 0..1; null when there is nothing to measure. */
  readonly part: number | null;
};

/** Jobs of the run that are over, one way or another. */
const over = (lane: LaneState): number => lane.done + lane.failed;
const all = (lane: LaneState): number => over(lane) + lane.waiting + lane.inFlight;

export function laneText(lane: LaneState, t: Translate, format: Format): LaneText {
  const total = all(lane);
  const details: string[] = [];
  const { phase, callsPerSecond, calls, cost, currency, bytesSent, secondsLeft } = lane;
  if (phase === 'running' && callsPerSecond > 0) {
    const rate = format.number(callsPerSecond, callsPerSecond < 10 ? 1 : 0);
    details.push(t('tagging.rate', { rate }));
  }
  details.push(t('services.calls', { count: calls }));
  details.push(cost === null ? t('services.noPrice') : format.money(cost, currency));
  if (bytesSent > 0) details.push(t('tagging.sent', { size: format.size(bytesSent) }));
  if (phase === 'running' && secondsLeft !== null) {
    details.push(t('status.left', { time: format.duration(secondsLeft) }));
  }
  return {
    main: t('tagging.progress', { count: total, done: over(lane) }),
    details,
    part: total > 0 ? over(lane) / total : null,
  };
}

/** There is work that can be paused, resumed or cancelled. */
export function hasWork(lane: LaneState): boolean {
  return lane.waiting > 0 || lane.inFlight > 0;
}

/** The service was asked for photos, now or earlier. */
export function wasUsed(lane: LaneState): boolean {
  return lane.runId !== null;
}

/** It stands still and waits for the person. */
export function needsPerson(lane: LaneState): boolean {
  return lane.phase === 'stopped';
}

/** Which services the status line names: those at work or stopped, else those used this month. */
export function statusLanes(lanes: readonly LaneState[]): readonly LaneState[] {
  const busy = lanes.filter((lane) => lane.phase !== 'idle' || hasWork(lane));
  const shown = busy.length > 0 ? busy : lanes.filter((lane) => lane.usage.calls > 0);
  // What waits for the person comes first: the line may have no room for all.
  return [...shown].sort((a, b) => Number(needsPerson(b)) - Number(needsPerson(a)));
}

/** What the price of some calls would be at most; null while no price is set. */
export function priceOfCalls(pricePerThousand: number | null, calls: number): number | null {
  return pricePerThousand === null ? null : (pricePerThousand * calls) / 1000;
}
