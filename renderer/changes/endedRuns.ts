import type { LaneState, ServiceId } from '../../shared/services.ts';

/** A run of a service. */
export type ServiceRun = { readonly service: ServiceId; readonly runId: number };

/**
 * Runs that ended between two looks at the services. Short ones begin and end in between: then only
 * their number is new.
 */
export function endedRuns(
  before: readonly LaneState[],
  now: readonly LaneState[],
): readonly ServiceRun[] {
  return now.flatMap((lane) => {
    const { service, runId } = lane;
    const earlier = before.find((other) => other.service === service);
    if (!earlier || runId === null) return [];
    const ended: ServiceRun[] = [];
    const isNew = earlier.runId !== runId;
    if (isNew && earlier.runId !== null && isAtWork(earlier)) {
      ended.push({ service, runId: earlier.runId });
    }
    if (!isAtWork(lane) && (isNew || isAtWork(earlier))) ended.push({ service, runId });
    return ended;
  });
}

function isAtWork({ waiting, inFlight }: LaneState): boolean {
  return waiting + inFlight > 0;
}
