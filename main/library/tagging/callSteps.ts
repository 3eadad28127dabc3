/**
 * Steps of several calls in one transaction: at a hundred calls a second a commit for each step would
 * cost more than the calls. Steps are taken in order, so a reply is stored before the call after it is
 * reserved, or neither is.
 */
import { type SerializedError, serializeError, TagrollError } from '../../../shared/errors.ts';
import type { ChangeLog } from '../changes.ts';
import type { WritableDB } from '../database.ts';
import { finishCall } from './answers.ts';
import { beginCall, failCall, releaseCall } from './calls.ts';
import { settleJobs } from './jobs.ts';
import { noteOutcome, stopService } from './standing.ts';

const steps = {
  begin: beginCall,
  finish: finishCall,
  fail: failCall,
  release: releaseCall,
  settle: settleJobs,
  note: noteOutcome,
  stop: stopService,
} as const;

export type StepName = keyof typeof steps;
export type StepInput<Name extends StepName> = Parameters<(typeof steps)[Name]>[1];
export type StepOutput<Name extends StepName> = ReturnType<(typeof steps)[Name]>;
export type CallStep = {
  [Name in StepName]: { readonly name: Name; readonly input: StepInput<Name> };
}[StepName];

/** What became of a step; one that failed by itself left nothing behind and does not harm the others. */
export type StepOutcome = { readonly output: unknown } | { readonly error: SerializedError };

/** Outcomes in the order of the steps. Throws, with nothing written, when the library cannot be written. */
export function writeCallSteps(
  db: WritableDB,
  input: { readonly steps: readonly CallStep[] },
  changes: ChangeLog,
): readonly StepOutcome[] {
  return input.steps.map((step) => {
    try {
      return { output: db.transaction(() => take(db, step, changes))() };
    } catch (error) {
      if (isOfTheLibrary(db, error)) throw error;
      return { error: serializeError(error) };
    }
  });
}

function take(db: WritableDB, step: CallStep, changes: ChangeLog): unknown {
  const operation: (db: WritableDB, input: never, changes: ChangeLog) => unknown = steps[step.name];
  return operation(db, step.input as never, changes);
}

/** The disk, not the step: SQLite may have given up the whole transaction. */
function isOfTheLibrary(db: WritableDB, error: unknown): boolean {
  if (!db.inTransaction) return true;
  if (error instanceof TagrollError) return false;
  const code = error instanceof Error && 'code' in error ? String(error.code) : '';
  return code.startsWith('SQLITE_') && !code.startsWith('SQLITE_CONSTRAINT');
}
