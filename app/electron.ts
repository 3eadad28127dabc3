/** The desktop app from a checkout: its binary is downloaded once, where there is a way to it. */
import { spawn } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { serializeError } from '../shared/errors.ts';
import { ensureDesktop, ensureRenderer } from './builds.ts';
import type { Opened, OpenOptions } from './open.ts';
import { cachePath, PROJECT_PATH } from './places.ts';

export type Desktop =
  | { readonly kind: 'found'; readonly binary: string }
  | { readonly kind: 'unavailable'; readonly reason: string };

/** Where a failed download is remembered, and how long. */
type Failure = { readonly atMs: number; readonly reason: string };
const REMEMBER_MS = 24 * 60 * 60 * 1000;
const CONNECT_WITHIN_MS = 10_000;
const DOWNLOADS_URL = 'https://github.com/electron/electron/releases';
/** A desktop app that ends sooner has not opened. */
const SETTLED_MS = 3000;
/** What the desktop window shows. */
export const DESKTOP_URL = 'tagroll://window/';

export type FindOptions = {
  /** Folder of the npm package `electron`. */
  readonly packagePath: string;
  /** File in which a failure is remembered. */
  readonly memoryPath: string;
  readonly now: () => number;
  /** Rejects when the downloads cannot be reached. */
  readonly reach: () => Promise<void>;
  /** Downloads the binary. */
  readonly install: () => Promise<void>;
};

/** Finds the binary, or downloads it; a failure is not tried again for a day. */
export async function findDesktop(options: FindOptions = defaultFind()): Promise<Desktop> {
  const before = installedBinary(options.packagePath);
  if (before) return { kind: 'found', binary: before };
  if (!existsSync(options.packagePath)) {
    return { kind: 'unavailable', reason: 'it is not part of this installation' };
  }
  const failure = readFailure(options.memoryPath);
  if (failure && options.now() - failure.atMs < REMEMBER_MS) {
    return { kind: 'unavailable', reason: failure.reason };
  }
  try {
    await options.reach();
    await options.install();
  } catch (error) {
    const reason = `Electron could not be downloaded: ${causeOf(error)}`;
    mkdirSync(dirname(options.memoryPath), { recursive: true });
    writeFileSync(options.memoryPath, JSON.stringify({ atMs: options.now(), reason }));
    return { kind: 'unavailable', reason };
  }
  const binary = installedBinary(options.packagePath);
  return binary
    ? { kind: 'found', binary }
    : { kind: 'unavailable', reason: 'its download has no program for this system' };
}

/** Starts the desktop app on a library. Rejects when it ends at once. */
export async function openDesktop(binary: string, options: OpenOptions): Promise<Opened> {
  await ensureRenderer(PROJECT_PATH, () => options.say('Building the window…'));
  await ensureDesktop(PROJECT_PATH);
  const asRoot = process.platform === 'linux' && process.getuid?.() === 0;
  if (asRoot) options.say('The desktop app runs without its sandbox because it is run by root.');
  const child = spawn(
    binary,
    [...(asRoot ? ['--no-sandbox'] : []), PROJECT_PATH, `--library=${options.libraryPath}`],
    {
      stdio: ['ignore', process.stderr, process.stderr],
      env: { ...process.env, TAGROLL_NODE: process.execPath },
    },
  );
  const ended = new Promise<void>((resolve, reject) => {
    child.once('error', reject);
    child.once('exit', () => resolve());
  });
  await Promise.race([ended, new Promise((resolve) => setTimeout(resolve, SETTLED_MS).unref())]);
  if (child.exitCode !== null && child.exitCode !== 0) {
    throw new Error(
      `The desktop app ended with ${child.exitCode}. Use --browser to open a window in a browser.`,
    );
  }
  return {
    url: DESKTOP_URL,
    ended,
    async close() {
      child.kill();
      await ended;
    },
  };
}

function defaultFind(): FindOptions {
  const packagePath = join(PROJECT_PATH, 'node_modules', 'electron');
  return {
    packagePath,
    memoryPath: join(cachePath(process.env, process.platform), 'electron-unavailable.json'),
    now: Date.now,
    async reach() {
      const address = process.env['ELECTRON_MIRROR'] ?? DOWNLOADS_URL;
      await fetch(address, { method: 'HEAD', signal: AbortSignal.timeout(CONNECT_WITHIN_MS) });
    },
    install: () => runInstaller(join(packagePath, 'install.js')),
  };
}

/** `fetch` only says that it failed; why is in its cause. */
function causeOf(error: unknown): string {
  const cause = error instanceof Error && error.cause !== undefined ? error.cause : error;
  return serializeError(cause).message;
}

function installedBinary(packagePath: string): string | null {
  const pathFile = join(packagePath, 'path.txt');
  if (!existsSync(pathFile)) return null;
  const binary = join(packagePath, 'dist', readFileSync(pathFile, 'utf8').trim());
  return existsSync(binary) ? binary : null;
}

function readFailure(memoryPath: string): Failure | null {
  if (!existsSync(memoryPath)) return null;
  try {
    return JSON.parse(readFileSync(memoryPath, 'utf8')) as Failure;
  } catch {
    return null;
  }
}

function runInstaller(script: string): Promise<void> {
  process.stderr.write('Downloading Electron, only this first time…\n');
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [script], {
      stdio: ['ignore', process.stderr, process.stderr],
    });
    child.once('error', reject);
    child.once('exit', (status) =>
      status === 0 ? resolve() : reject(new Error(`its installer ended with ${status}`)),
    );
  });
}
