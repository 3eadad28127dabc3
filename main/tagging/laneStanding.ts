/** Whether a service may be asked: paused by the person, stopped until the person did something, or free. */
import type { TagrollError } from '../../shared/errors.ts';
import type { ServiceId, ServiceReason } from '../../shared/services.ts';
import type { Settings } from '../../shared/settings.ts';
import type { ReadableDB } from '../library/database.ts';
import { spendingOf } from '../library/tagging/ledger.ts';
import { serviceStandings } from '../library/tagging/standing.ts';
import type { Writer } from '../library/writer.ts';
import type { Logger } from '../log.ts';
import type { Bookkeeper } from './bookkeeper.ts';
import { callPrice, callsLeft } from './budget.ts';
import { monthOf } from './usage.ts';

/** Photos in a row with the same error code after which the service stops (docs/rules.md 6). */
export const MOST_SAME_ERRORS = 10;

export type LaneStandingOptions = {
  readonly service: ServiceId;
  readonly db: ReadableDB;
  readonly writer: Pick<Writer, 'run'>;
  readonly books: Bookkeeper;
  readonly settings: () => Settings;
  readonly logger: Logger;
  readonly now: () => number;
  readonly onStopped: (reason: ServiceReason) => void;
};

export type LaneStanding = {
  readonly paused: boolean;
  /** Why it stopped, be it written down or not; null: it did not. */
  reason(): ServiceReason | null;
  /** Stopped by a cap of this month: it goes on by itself when there is room under it again. */
  readonly isCapped: boolean;
  /** Stops until the person did something. The first reason counts. */
  stop(reason: ServiceReason): void;
  /** Stops for something that is not written down: a missing account, a broken decoder. */
  halt(error: TagrollError): void;
  clearHalt(): void;
  setPaused(paused: boolean): Promise<void>;
  /** Takes back pause and stop. */
  resume(): Promise<void>;
  /** A cap of a month that is over, or that was raised, holds nothing back. */
  liftCap(): void;
};

export function createLaneStanding(options: LaneStandingOptions): LaneStanding {
  const { service, db, writer, books, logger, now } = options;
  const known = serviceStandings(db).get(service);
  let paused = known?.paused ?? false;
  let stopped: ServiceReason | null = known?.stopped ?? null;
  let halted: ServiceReason | null = null;
  const isCapped = (): boolean => stopped?.code.startsWith('cap_') ?? false;

  const log =
    (message: string) =>
    (error: unknown): void =>
      logger.error(message, { service, error: String(error) });

  return {
    get paused() {
      return paused;
    },
    reason() {
      const reason = stopped ?? halted ?? books.blocked;
      return reason && { code: reason.code, message: reason.message };
    },
    get isCapped() {
      return isCapped();
    },
    stop(reason) {
      if (stopped) return;
      stopped = reason;
      logger.warn('service stopped', { service, code: reason.code, reason: reason.message });
      books.write('stop', { service, ...reason, now: now() }).catch(log('stop not stored'));
      options.onStopped(reason);
    },
    halt(error) {
      if (halted) return;
      halted = { code: error.code, message: error.message };
      logger.warn('service halted', { service, code: error.code, reason: error.message });
      options.onStopped(halted);
    },
    clearHalt() {
      halted = null;
    },
    async setPaused(isPaused) {
      if (isPaused) paused = true;
      await writer.run('setServicePaused', { service, paused: isPaused });
      paused = isPaused;
    },
    async resume() {
      await writer.run('setServicePaused', { service, paused: false });
      await writer.run('clearStop', { service });
      paused = false;
      stopped = null;
      halted = null;
    },
    liftCap() {
      if (!isCapped()) return;
      const price = callPrice(options.settings(), service);
      if (callsLeft(price, spendingOf(db, service, monthOf(now()))) === 0) return;
      stopped = null;
      writer.run('clearStop', { service }).catch(log('stop not cleared'));
    },
  };
}

/** What a person reads when a cap of the month is reached. */
export function capReason(name: string, code: 'cap_calls' | 'cap_money'): ServiceReason {
  const what = code === 'cap_calls' ? 'calls' : 'money';
  return {
    code,
    message: `${name} reached the cap in ${what} of this month. Raise the cap under Settings → Services, or go on next month.`,
  };
}

/** What a person reads when the same thing went wrong over and over. */
export function sameErrors(reason: ServiceReason, what: 'photos' | 'calls'): ServiceReason {
  return {
    code: 'same_error_repeated',
    message: `${MOST_SAME_ERRORS} ${what} in a row ended with the same error (${reason.code}): ${reason.message}`,
  };
}
