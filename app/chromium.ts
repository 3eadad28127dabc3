/** A window of a Chromium browser that looks like an app: no tabs, no address. */
import { type ChildProcess, spawn } from 'node:child_process';
import { accessSync, constants, existsSync, realpathSync } from 'node:fs';
import { homedir } from 'node:os';
import { delimiter, join } from 'node:path';
import type { Environment } from './places.ts';

const LINUX_NAMES = [
  'chromium',
  'chromium-browser',
  'google-chrome',
  'google-chrome-stable',
  'microsoft-edge',
  'microsoft-edge-stable',
];
const MAC_PATHS = [
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  '/Applications/Chromium.app/Contents/MacOS/Chromium',
  '/Applications/Microsoft Edge.app/Contents/MacOS/Microsoft Edge',
];
const WINDOWS_PATHS = [
  ['Google', 'Chrome', 'Application', 'chrome.exe'],
  ['Chromium', 'Application', 'chrome.exe'],
  ['Microsoft', 'Edge', 'Application', 'msedge.exe'],
];

/** The first Chromium of this system, or null. */
export function findChromium(environment: Environment, platform: NodeJS.Platform): string | null {
  return chromiumCandidates(environment, platform).find(isExecutable) ?? null;
}

/** Where one is looked for, in order. */
export function chromiumCandidates(
  environment: Environment,
  platform: NodeJS.Platform,
): readonly string[] {
  if (platform === 'darwin') {
    return [...MAC_PATHS, ...MAC_PATHS.map((path) => join(homedir(), path))];
  }
  if (platform === 'win32') {
    const bases = [
      environment.PROGRAMFILES,
      environment['PROGRAMFILES(X86)'],
      environment.LOCALAPPDATA,
    ].filter((base) => base !== undefined);
    return WINDOWS_PATHS.flatMap((parts) => bases.map((base) => join(base, ...parts)));
  }
  const folders = (environment.PATH ?? '').split(delimiter).filter((folder) => folder !== '');
  return LINUX_NAMES.flatMap((name) => folders.map((folder) => join(folder, name)));
}

export type WindowOptions = {
  readonly url: string;
  /** Its own profile: a second start with a used one would only hand over to the first and end. */
  readonly profilePath: string;
  /** Chromium refuses to run as root with its sandbox. */
  readonly asRoot: boolean;
};

export function chromiumArguments(options: WindowOptions): readonly string[] {
  const isNew = !existsSync(options.profilePath);
  return [
    `--app=${options.url}`,
    `--user-data-dir=${options.profilePath}`,
    '--no-first-run',
    '--no-default-browser-check',
    ...(isNew ? ['--window-size=1440,900'] : []),
    ...(options.asRoot ? ['--no-sandbox'] : []),
  ];
}

/** Where the window's profile lies: Chromium from a snap may not write outside its own folder. */
export function profilePath(chromium: string, libraryPath: string): string {
  const real = realpathSync(chromium);
  return real.startsWith('/snap/') || real === '/usr/bin/snap'
    ? join(homedir(), 'snap', 'chromium', 'common', 'tagroll-window')
    : join(libraryPath, 'window');
}

/** Starts it; resolves with null when it cannot be started. Its exit says nothing about the window. */
export function startChromium(
  chromium: string,
  options: WindowOptions,
): Promise<ChildProcess | null> {
  return new Promise((resolve) => {
    const child = spawn(chromium, chromiumArguments(options), { stdio: 'ignore' });
    child.once('spawn', () => resolve(child));
    child.once('error', () => resolve(null));
    child.unref();
  });
}

function isExecutable(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}
