import { classOf } from '../../../shared/serviceErrors/index.ts';
import type { ServiceId } from '../../../shared/services.ts';
import { serviceFailure } from '../failure.ts';
import type { Reply } from '../http.ts';
import type { Redact } from '../redact.ts';
import type { ErrorClass, ServiceError } from '../types.ts';

/** A wrong clock is only blamed above this; signatures allow for some minutes. */
const CLOCK_TOLERANCE_MS = 5 * 60_000;

/**
 * A complete answer that says no, as an error. `code` is the service's own, null where it gave none: then
 * the HTTP status counts, as it does where the status tells more than a code that is in no table.
 */
export function refusal(options: {
  readonly service: ServiceId;
  readonly reply: Reply;
  readonly code: string | null;
  /** The service's own words. */
  readonly text: string;
  /** Where the answer as a whole says more than the table does. */
  readonly errorClass?: ErrorClass | undefined;
  /** Codes that a wrong clock brings about. */
  readonly clockCodes: readonly string[];
  readonly nowMs: number;
  readonly redact: Redact;
}): ServiceError {
  const { service, reply, redact } = options;
  const status = `http.${reply.status}`;
  const code = options.code === null ? status : preferredCode(service, options.code, status);
  const detail = [
    `HTTP ${reply.status}`,
    ...(options.code === null ? [] : [`code ${redact(options.code)}`]),
    ...(options.text === '' ? [] : [redact(options.text)]),
  ].join(', ');
  const common = { service, sent: true, requestId: reply.requestId };

  const skew = clockSkew(reply, options.nowMs);
  if (skew !== null && options.clockCodes.includes(code)) {
    return serviceFailure({ ...common, code: 'clock', detail: `${skew}; ${detail}` });
  }
  const isBusy = code === 'http.413' && reply.retryAfterMs !== null;
  return serviceFailure({
    ...common,
    code: redact(code),
    detail,
    errorClass: isBusy ? 'wait' : options.errorClass,
    retryAfterMs: reply.retryAfterMs,
  });
}

function preferredCode(service: ServiceId, code: string, status: string): string {
  if (classOf(service, code) !== null) return code;
  const statusClass = classOf(service, status);
  return statusClass === 'stop' || statusClass === 'wait' ? status : code;
}

/** "this computer's clock is 20 minutes behind"; null: near enough, or the server told no time. */
function clockSkew(reply: Reply, nowMs: number): string | null {
  if (reply.serverTimeMs === null) return null;
  const differenceMs = nowMs - reply.serverTimeMs;
  if (Math.abs(differenceMs) <= CLOCK_TOLERANCE_MS) return null;
  const minutes = Math.round(Math.abs(differenceMs) / 60_000);
  const amount =
    minutes < 120
      ? `${minutes} minutes`
      : minutes < 2880
        ? `${Math.round(minutes / 60)} hours`
        : `${Math.round(minutes / 1440)} days`;
  return `this computer's clock is ${amount} ${differenceMs < 0 ? 'behind' : 'ahead'}`;
}
