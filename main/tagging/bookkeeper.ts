/**
 * Writes the steps of calls, all that gathered while the last transaction was at work in one. When the
 * library cannot be written, no further call is begun, and what was paid for is kept and tried again
 * until it is stored.
 */
import { deserializeError, TagrollError } from '../../shared/errors.ts';
import type {
  CallStep,
  StepInput,
  StepName,
  StepOutcome,
  StepOutput,
} from '../library/tagging/callSteps.ts';
import type { Writer } from '../library/writer.ts';
import type { Logger } from '../log.ts';

/** Between tries to store what could not be stored. */
const RETRY_MS = 10_000;

export type BookkeeperOptions = {
  readonly writer: Pick<Writer, 'run'>;
  readonly logger: Logger;
  /** The library cannot be written, or can be again (null). */
  readonly onBlocked: (error: TagrollError | null) => void;
  /** Room on the library's disk that is given up to store what was paid for. */
  readonly spare?: SpareRoom;
};

/** Room set aside on a disk. */
export type SpareRoom = {
  /** Sets the room aside if it is not; false: there is none. */
  keep(): boolean;
  /** Gives it up. False: there was none. */
  giveUp(): boolean;
};

export type Bookkeeper = {
  /** Reserves a call. Rejects while the library cannot be written: then it must not be made. */
  begin(input: StepInput<'begin'>): Promise<StepOutput<'begin'>>;
  /**
   * Any other step. Resolves when it is stored, however long that takes; rejects when it is at fault by
   * itself, or when the bookkeeper is closed before.
   */
  write<Name extends Exclude<StepName, 'begin'>>(
    name: Name,
    input: StepInput<Name>,
  ): Promise<StepOutput<Name>>;
  /** Why the library cannot be written; null: it can. */
  readonly blocked: TagrollError | null;
  /** Steps that are not stored yet. */
  readonly unsaved: number;
  /** Tries again now. */
  retry(): void;
  /** Resolves when everything is stored, a last try failed, or after this time; then nothing is written any more. */
  close(timeoutMs: number): Promise<void>;
};

type Entry = {
  readonly step: CallStep;
  readonly resolve: (output: unknown) => void;
  readonly reject: (error: Error) => void;
};

export function createBookkeeper(options: BookkeeperOptions): Bookkeeper {
  const { writer, logger, spare } = options;
  let waiting: Entry[] = [];
  let writing = 0;
  let blocked: TagrollError | null = null;
  /** The last transaction failed. Not so while only the room set aside is missing. */
  let failing = false;
  let retryTimer: NodeJS.Timeout | null = null;
  let closing = false;
  let closed = false;
  const onDone = new Set<() => void>();

  const add = (step: CallStep): Promise<unknown> => {
    if (closed) return Promise.reject(closedError());
    return new Promise((resolve, reject) => {
      waiting.push({ step, resolve, reject });
      // Steps that are asked for in the same breath belong together.
      if (!failing) queueMicrotask(() => void flush());
    });
  };

  const flush = async (): Promise<void> => {
    if (writing > 0 || waiting.length === 0 || closed) return;
    const group = waiting;
    waiting = [];
    writing = group.length;
    try {
      const outcomes = await writer.run('writeCallSteps', {
        steps: group.map((entry) => entry.step),
      });
      writing = 0;
      failing = false;
      unblock();
      for (const [index, entry] of group.entries()) settle(entry, outcomes[index]);
    } catch (error) {
      writing = 0;
      block(error, group);
    }
    if (waiting.length > 0 && !failing) void flush();
    if (writing + waiting.length === 0) for (const done of onDone) done();
  };

  const block = (error: unknown, group: readonly Entry[]): void => {
    const known =
      error instanceof TagrollError
        ? error
        : new TagrollError('internal', String(error), {}, error);
    // Nothing of the group was written. Calls are not made then; everything else waits.
    const [begins, kept] = divide([...group, ...waiting]);
    waiting = kept;
    const isNew = blocked === null;
    blocked = known;
    failing = true;
    if (isNew) logger.error('calls cannot be stored', { code: known.code, error: known.message });
    for (const entry of begins) entry.reject(known);
    if (isNew) options.onBlocked(known);
    if (kept.length > 0 && spare?.giveUp()) {
      logger.warn('room set aside was given up to store answers', { steps: kept.length });
      retry();
      return;
    }
    if (closing) for (const done of onDone) done();
    else retryTimer ??= setTimeout(retry, RETRY_MS);
  };

  const unblock = (): void => {
    if (!blocked || !makeRoom()) return;
    blocked = null;
    options.onBlocked(null);
  };

  /** Without the room there is no safe place for the next answers: calls go on when it is there again. */
  const makeRoom = (): boolean => {
    if (!spare || spare.keep()) return true;
    if (!closing) retryTimer ??= setTimeout(retry, RETRY_MS);
    return false;
  };

  const retry = (): void => {
    if (retryTimer) clearTimeout(retryTimer);
    retryTimer = null;
    if (!blocked || writing > 0) return;
    if (waiting.length > 0) void flush();
    else unblock();
  };

  return {
    begin(input) {
      if (blocked) return Promise.reject(blocked);
      return add({ name: 'begin', input }) as Promise<StepOutput<'begin'>>;
    },
    write(name, input) {
      return add({ name, input } as CallStep) as Promise<StepOutput<typeof name>>;
    },
    get blocked() {
      return blocked;
    },
    get unsaved() {
      return writing + waiting.length;
    },
    retry,
    async close(timeoutMs) {
      closing = true;
      if (writing + waiting.length > 0) {
        await new Promise<void>((resolve) => {
          const timer = setTimeout(resolve, timeoutMs);
          onDone.add(() => {
            clearTimeout(timer);
            resolve();
          });
          retry();
        });
      }
      closed = true;
      if (retryTimer) clearTimeout(retryTimer);
      for (const entry of waiting) entry.reject(closedError());
      waiting = [];
    },
  };
}

function settle(entry: Entry, outcome: StepOutcome | undefined): void {
  if (outcome === undefined) entry.reject(new TagrollError('internal', 'A step was left out.'));
  else if ('error' in outcome) entry.reject(deserializeError(outcome.error));
  else entry.resolve(outcome.output);
}

function divide(entries: readonly Entry[]): [begins: Entry[], others: Entry[]] {
  const isBegin = (entry: Entry): boolean => entry.step.name === 'begin';
  return [entries.filter(isBegin), entries.filter((entry) => !isBegin(entry))];
}

function closedError(): TagrollError {
  return new TagrollError('internal', 'The library is closed.');
}
