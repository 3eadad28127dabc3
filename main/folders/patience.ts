/**
 * Asking a root's file system, which may be on a share that does not answer any more. Node runs file operations
 * on a few threads that the whole process shares: unanswered ones would soon hold them all, and with them every
 * thumbnail. So a root that is silent is asked no more until it has answered what it was asked.
 */
import { stat } from 'node:fs/promises';
import { noteStuck } from '../stuck.ts';

/** The root did not answer in time, or has an older question to answer first. */
export class RootSilent extends Error {
  readonly code = 'ETIMEDOUT';
}

/** A healthy share answers within milliseconds, a sleeping disk within this. */
const ANSWERS_WITHIN_MS = 8000;
/** Questions to one root at a time: at most so many threads hang in it. */
const MOST_AT_ONCE = 2;

type Root = {
  underWay: number;
  /** Questions that took too long and are still unanswered. */
  overdue: number;
  readonly waiting: { go(): void; fail(error: Error): void }[];
};

/** By path as Latin-1. Roots that nobody asks are not in it. */
const roots = new Map<string, Root>();

/** Whether a question to this root is overdue. */
export function isSilent(rootPath: Uint8Array): boolean {
  return (roots.get(keyOf(rootPath))?.overdue ?? 0) > 0;
}

/**
 * Answers what `question` answers. Rejects with `RootSilent` when that takes too long, and at once while an
 * earlier question to this root is overdue.
 */
export async function ask<Answer>(
  rootPath: Uint8Array,
  question: () => Promise<Answer>,
  withinMs: number = ANSWERS_WITHIN_MS,
): Promise<Answer> {
  const key = keyOf(rootPath);
  const root = roots.get(key) ?? { underWay: 0, overdue: 0, waiting: [] };
  roots.set(key, root);
  if (root.overdue > 0) throw silent(rootPath);
  if (root.underWay >= MOST_AT_ONCE) {
    await new Promise<void>((go, fail) => root.waiting.push({ go, fail }));
  }
  root.underWay += 1;
  const answer = question();
  let isOverdue = false;
  const { promise, reject } = Promise.withResolvers<never>();
  const timer = setTimeout(() => {
    isOverdue = true;
    root.overdue += 1;
    noteStuck(answer);
    const error = silent(rootPath);
    for (const each of root.waiting.splice(0)) each.fail(error);
    reject(error);
  }, withinMs);
  const settle = (): void => {
    clearTimeout(timer);
    root.underWay -= 1;
    if (isOverdue) root.overdue -= 1;
    const next = root.waiting.shift();
    if (next) next.go();
    else if (root.underWay === 0) roots.delete(key);
  };
  answer.then(settle, settle);
  return Promise.race([answer, promise]);
}

/** Whether a root is a folder that answers now. */
export function rootAnswers(rootPath: Uint8Array, withinMs?: number): Promise<boolean> {
  const path = Buffer.from(rootPath);
  return ask(rootPath, () => stat(path), withinMs).then(
    (stats) => stats.isDirectory(),
    () => false,
  );
}

function keyOf(path: Uint8Array): string {
  return Buffer.from(path.buffer, path.byteOffset, path.byteLength).toString('latin1');
}

function silent(rootPath: Uint8Array): RootSilent {
  const text = Buffer.from(rootPath).toString('utf8');
  return new RootSilent(
    `${text} does not answer. Check the connection to it, or unplug it and plug it in again.`,
  );
}
