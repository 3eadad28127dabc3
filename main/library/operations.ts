/**
 * Everything that can be written, as one table: name → function of (db, input, changes). Each runs in
 * one transaction on the writer thread. An operation names what it touched in `changes`.
 */
import type { ChangeLog } from './changes.ts';
import { checkDatabase } from './check.ts';
import type { WritableDB } from './database.ts';
import { adoptEvidence } from './evidence.ts';
import { importHead } from './exchange/importHead.ts';
import { importPhotos } from './exchange/importPhotos.ts';
import { importReplies } from './exchange/importReplies.ts';
import { importUploads } from './exchange/importUploads.ts';
import { saveHeads, saveImages } from './indexing.ts';
import { applyLabel, setFavorite } from './labels.ts';
import { recordChange } from './libraryState.ts';
import { forgetMissing } from './problems.ts';
import { finishScan } from './reconcile.ts';
import { addRoots, relocateRoot, removeRoot, setRootPaused } from './roots.ts';
import { abandonScan, addScanBatch, beginScan } from './scanTables.ts';
import {
  changeSearch,
  forgetSearch,
  rememberSearch,
  removeSearch,
  saveSearch,
} from './searches.ts';
import { setSetting } from './settings.ts';
import { finishCall } from './tagging/answers.ts';
import { writeCallSteps } from './tagging/callSteps.ts';
import { beginCall, failCall, recoverTagging, releaseCall } from './tagging/calls.ts';
import { settleJobs } from './tagging/jobs.ts';
import { dismissLink, linkTags, unlinkTags } from './tagging/links.ts';
import { setNeverUpload } from './tagging/neverUpload.ts';
import { beginRun, cancelJobs, endRun, ensureRunUndo, retryJobs } from './tagging/runs.ts';
import { clearStop, noteOutcome, setServicePaused, stopService } from './tagging/standing.ts';
import { cancelRun, startRun } from './tagging/startRun.ts';
import { undo } from './undo.ts';
import { requeue, retryProblems } from './work.ts';

export const operations = {
  saveHeads,
  saveImages,
  retryProblems,
  requeue,
  applyLabel,
  setFavorite,
  adoptEvidence,
  undo,
  setSetting,
  forgetMissing,
  checkDatabase,
  beginScan,
  addScanBatch,
  finishScan,
  abandonScan,
  addRoots,
  removeRoot,
  setRootPaused,
  relocateRoot,
  linkTags,
  unlinkTags,
  dismissLink,
  beginRun,
  startRun,
  cancelRun,
  writeCallSteps,
  endRun,
  ensureRunUndo,
  cancelJobs,
  retryJobs,
  beginCall,
  releaseCall,
  finishCall,
  failCall,
  recoverTagging,
  settleJobs,
  setServicePaused,
  stopService,
  clearStop,
  noteOutcome,
  setNeverUpload,
  importHead,
  importPhotos,
  importReplies,
  importUploads,
  saveSearch,
  changeSearch,
  removeSearch,
  rememberSearch,
  forgetSearch,
} as const satisfies Record<string, Operation>;

// biome-ignore lint/suspicious/noExplicitAny: an operation's input is its own; `run` is typed by the table
type Operation = (db: WritableDB, input: any, changes: ChangeLog) => unknown;

export type OperationName = keyof typeof operations;
export type OperationInput<Name extends OperationName> = Parameters<(typeof operations)[Name]>[1];
export type OperationOutput<Name extends OperationName> = ReturnType<(typeof operations)[Name]>;

/** Runs one operation in one transaction. Nested calls of `db.transaction` become savepoints. */
export function runOperation(
  db: WritableDB,
  name: OperationName,
  input: unknown,
  changes: ChangeLog,
): unknown {
  const operation: Operation | undefined = operations[name];
  if (!operation) throw new Error(`No such operation: ${String(name)}`);
  return db
    .transaction(() => {
      const output = operation(db, input, changes);
      const summary = changes.summary();
      if (summary && !changes.isAside) changes.state = recordChange(db, summary);
      return output;
    })
    .immediate();
}
