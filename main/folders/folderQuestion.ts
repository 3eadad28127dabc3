/** What is asked of a folder that a person named, and what its thread answers. Everything here waits for the disk. */
import { accessSync, constants, lstatSync, readdirSync, realpathSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { joinBytes } from '../library/bytes.ts';

export type FolderQuestion =
  | { readonly kind: 'list'; readonly path: string }
  | { readonly kind: 'inspect'; readonly path: Uint8Array }
  /** Which of these regular files lie below the folder, with their very size. */
  | {
      readonly kind: 'compare';
      readonly path: Uint8Array;
      readonly files: readonly { readonly path: Uint8Array; readonly sizeBytes: number }[];
    };

/** A part of an answer; the last one is `done` or `failed`. */
export type FolderReply =
  | { readonly kind: 'folders'; readonly names: readonly string[] }
  /** Links, of which each is to be looked at next: it may lead to a share that hangs. */
  | { readonly kind: 'links'; readonly names: readonly string[] }
  | { readonly kind: 'link'; readonly name: string; readonly isFolder: boolean }
  | { readonly kind: 'inspected'; readonly device: number; readonly realPath: Uint8Array }
  | { readonly kind: 'compared'; readonly same: number }
  | { readonly kind: 'done' }
  | { readonly kind: 'failed'; readonly code: string; readonly message: string };

/** Answers; `onStep` is called before each question to the file system. Throws what the file system says. */
export function answerQuestion(
  question: FolderQuestion,
  reply: (part: FolderReply) => void,
  onStep: () => void,
): void {
  if (question.kind === 'list') list(question.path, reply, onStep);
  else if (question.kind === 'inspect') inspect(Buffer.from(question.path), reply, onStep);
  else reply({ kind: 'compared', same: compare(question, onStep) });
}

function list(path: string, reply: (part: FolderReply) => void, onStep: () => void): void {
  onStep();
  const entries = readdirSync(path, { withFileTypes: true }).filter(
    // A name that is not UTF-8 cannot be named in a window.
    (entry) => !entry.name.includes('\ufffd'),
  );
  const namesWhere = (is: (entry: (typeof entries)[number]) => boolean): string[] =>
    entries.filter(is).map(({ name }) => name);
  reply({ kind: 'folders', names: namesWhere((entry) => entry.isDirectory()) });
  const links = namesWhere((entry) => entry.isSymbolicLink());
  reply({ kind: 'links', names: links });
  for (const name of links) {
    onStep();
    let isFolder = false;
    try {
      isFolder = statSync(join(path, name), { throwIfNoEntry: false })?.isDirectory() ?? false;
    } catch {
      // A link that leads in a circle or where nobody may look is no folder to choose.
    }
    reply({ kind: 'link', name, isFolder });
  }
}

function inspect(path: Buffer, reply: (part: FolderReply) => void, onStep: () => void): void {
  onStep();
  const stats = statSync(path);
  if (!stats.isDirectory()) throw Object.assign(new Error('not a directory'), { code: 'ENOTDIR' });
  onStep();
  accessSync(path, constants.R_OK);
  onStep();
  const realPath = realpathSync(path, { encoding: 'buffer' });
  reply({ kind: 'inspected', device: stats.dev, realPath });
}

function compare(
  question: Extract<FolderQuestion, { kind: 'compare' }>,
  onStep: () => void,
): number {
  let same = 0;
  for (const file of question.files) {
    onStep();
    try {
      const stats = lstatSync(joinBytes(question.path, file.path), { throwIfNoEntry: false });
      if (stats?.isFile() && stats.size === file.sizeBytes) same += 1;
    } catch {
      // What cannot be looked at is not the same.
    }
  }
  return same;
}
