/** Where things lie on this system. The doors ask here; the engine is only handed the answers. */
import { accessSync, constants, existsSync, mkdtempSync } from 'node:fs';
import { homedir, tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { randomSecret } from './secrets.ts';

/** The environment variables that the doors look at. */
export type Environment = {
  readonly [Name in (typeof VARIABLES)[number]]?: string | undefined;
};

const VARIABLES = [
  'TAGROLL_LIBRARY',
  'INIT_CWD',
  'XDG_CACHE_HOME',
  'XDG_DATA_HOME',
  'XDG_RUNTIME_DIR',
  'LOCALAPPDATA',
  'DISPLAY',
  'WAYLAND_DISPLAY',
  'PATH',
  'PROGRAMFILES',
  'PROGRAMFILES(X86)',
] as const;

/** Longest path of a Unix socket that every system takes, in bytes. */
const MAX_SOCKET_PATH_BYTES = 100;

/** The folder of this checkout, or of the unpacked part of a package. */
export const PROJECT_PATH = findProject(dirname(fileURLToPath(import.meta.url)));

/** The engine as a process of its own; in a package it lies beside this module. */
export const ENGINE_PATH = import.meta.url.endsWith('.ts')
  ? join(PROJECT_PATH, 'main', 'process.ts')
  : join(dirname(fileURLToPath(import.meta.url)), 'process.js');

/** The built window. */
export const RENDERER_PATH = join(PROJECT_PATH, 'dist', 'renderer');

/** The library to open: what was asked for, else `$TAGROLL_LIBRARY`, else the platform's folder for application data. */
export function libraryPath(
  asked: string | undefined,
  environment: Environment,
  platform: NodeJS.Platform,
): string {
  const chosen = asked ?? nonEmpty(environment.TAGROLL_LIBRARY);
  return chosen === undefined
    ? join(applicationData(environment, platform), 'library')
    : fromWorkingFolder(chosen, environment);
}

/** npm changes the working folder to the project; `INIT_CWD` is where the person typed. */
export function fromWorkingFolder(path: string, environment: Environment): string {
  return resolve(nonEmpty(environment.INIT_CWD) ?? process.cwd(), path);
}

/** Where this user's keys of services lie, never in a library, which may be shared or synced. */
export function keysPath(environment: Environment, platform: NodeJS.Platform): string {
  return join(applicationData(environment, platform), 'keys');
}

/** Things that may be lost: what was learnt of this machine. */
export function cachePath(environment: Environment, platform: NodeJS.Platform): string {
  if (platform === 'darwin') return join(homedir(), 'Library', 'Caches', 'Tagroll');
  if (platform === 'win32') return join(localAppData(environment), 'Tagroll', 'cache');
  return join(nonEmpty(environment.XDG_CACHE_HOME) ?? join(homedir(), '.cache'), 'tagroll');
}

/**
 * A new address for a private socket: in a folder of its own that only this user may enter; on Windows
 * a named pipe with a name that nobody can guess.
 */
export function newSocketPath(environment: Environment, platform: NodeJS.Platform): string {
  if (platform === 'win32') return `\\\\.\\pipe\\tagroll-${randomSecret()}`;
  const runtime = nonEmpty(environment.XDG_RUNTIME_DIR);
  const candidates = [...(runtime === undefined ? [] : [runtime]), tmpdir(), '/tmp'];
  const parent = candidates.find(
    (path) =>
      isWritable(path) &&
      Buffer.byteLength(join(path, 'tagroll-XXXXXX/engine')) < MAX_SOCKET_PATH_BYTES,
  );
  return join(mkdtempSync(join(parent ?? tmpdir(), 'tagroll-')), 'engine');
}

function applicationData(environment: Environment, platform: NodeJS.Platform): string {
  if (platform === 'darwin') return join(homedir(), 'Library', 'Application Support', 'Tagroll');
  if (platform === 'win32') return join(localAppData(environment), 'Tagroll');
  return join(nonEmpty(environment.XDG_DATA_HOME) ?? join(homedir(), '.local', 'share'), 'tagroll');
}

function localAppData(environment: Environment): string {
  return nonEmpty(environment.LOCALAPPDATA) ?? join(homedir(), 'AppData', 'Local');
}

function nonEmpty(text: string | undefined): string | undefined {
  return text === '' ? undefined : text;
}

function isWritable(path: string): boolean {
  try {
    accessSync(path, constants.W_OK | constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

/** Bundled modules lie deeper than their sources: the folder is known by what is in it. */
function findProject(from: string): string {
  for (let path = resolve(from, '..'); path !== dirname(path); path = dirname(path)) {
    if (existsSync(join(path, 'package-lock.json')) || existsSync(join(path, 'dist'))) return path;
  }
  return resolve(from, '..');
}
