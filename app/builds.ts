/** What has to be built before a window can open, built again only when its sources changed. */
import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import {
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { basename, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { TagrollError } from '../shared/errors.ts';

type Build = {
  /** For people. */
  readonly name: string;
  /** Files and folders that it is made of. */
  readonly sources: readonly string[];
  /** Folder that it makes; a stamp in it tells of which sources. */
  readonly output: string;
  /** Arguments for Node. */
  readonly program: readonly string[];
};

const LOOK_AGAIN_MS = 100;
const LOCK_STALE_MS = 120_000;

const RENDERER: Build = {
  name: 'window',
  sources: ['renderer', 'shared', join('app', 'licences'), 'vite.config.ts', 'package-lock.json'],
  output: join('dist', 'renderer'),
  program: [join('node_modules', 'vite', 'bin', 'vite.js'), 'build', '--logLevel', 'warn'],
};
const DESKTOP: Build = {
  name: 'desktop app',
  sources: ['app', 'main', 'shared', 'package-lock.json'],
  output: join('dist', 'desktop'),
  program: [join('app', 'desktop', 'build.ts'), '--desktop-only'],
};

/** Builds the window's files if they are missing or older than their sources. */
export function ensureRenderer(projectPath: string, onBuild?: () => void): Promise<void> {
  return ensureBuild(projectPath, RENDERER, onBuild);
}

/** Builds the Electron main process and its preload likewise. */
export function ensureDesktop(projectPath: string, onBuild?: () => void): Promise<void> {
  return ensureBuild(projectPath, DESKTOP, onBuild);
}

async function ensureBuild(projectPath: string, build: Build, onBuild?: () => void): Promise<void> {
  const [main] = build.sources;
  // A package has no sources: what it brought is what there is.
  if (main === undefined || !existsSync(join(projectPath, main))) return;
  if (isFresh(projectPath, build)) return;
  await alone(join(projectPath, 'dist'), build.output, async () => {
    // Another Tagroll may have built it while this one waited.
    if (isFresh(projectPath, build)) return;
    onBuild?.();
    const stamp = sourcesStamp(projectPath, build.sources);
    await runNode(projectPath, build);
    writeFileSync(stampPath(projectPath, build), stamp);
  });
}

function stampPath(projectPath: string, build: Build): string {
  return join(projectPath, build.output, '.stamp');
}

function isFresh(projectPath: string, build: Build): boolean {
  const path = stampPath(projectPath, build);
  return (
    existsSync(path) && readFileSync(path, 'utf8') === sourcesStamp(projectPath, build.sources)
  );
}

/** Runs `work` while no other process does: two builds would empty each other's folder. */
async function alone(folder: string, name: string, work: () => Promise<void>): Promise<void> {
  const lockPath = join(folder, `.${basename(name)}-lock`);
  mkdirSync(folder, { recursive: true });
  while (!tryLock(lockPath)) await sleep(LOOK_AGAIN_MS);
  try {
    await work();
  } finally {
    rmSync(lockPath, { recursive: true, force: true });
  }
}

/** A lock that old was left behind by a process that was ended. */
function tryLock(lockPath: string): boolean {
  const held = statSync(lockPath, { throwIfNoEntry: false });
  if (held && Date.now() - held.mtimeMs > LOCK_STALE_MS) rmSync(lockPath, { recursive: true });
  try {
    mkdirSync(lockPath);
    return true;
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'EEXIST') return false;
    throw error;
  }
}

/** Changes whenever a source is added, removed or written. */
export function sourcesStamp(projectPath: string, sources: readonly string[]): string {
  const hash = createHash('sha256');
  for (const source of sources) {
    const path = join(projectPath, source);
    if (!existsSync(path)) continue;
    const files = statSync(path).isDirectory()
      ? readdirSync(path, { recursive: true, encoding: 'utf8' })
          .map((name) => join(path, name))
          .sort()
      : [path];
    for (const file of files) {
      const stats = statSync(file);
      if (stats.isFile()) hash.update(`${file}\0${stats.size}\0${stats.mtimeMs}\0`);
    }
  }
  return hash.digest('hex');
}

/** What the build prints goes to stderr: stdout belongs to the command. */
function runNode(projectPath: string, build: Build): Promise<void> {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, build.program, {
      cwd: projectPath,
      // Whoever asks for it, such as a test: what is built is what people get.
      env: { ...process.env, NODE_ENV: 'production' },
      stdio: ['ignore', process.stderr, process.stderr],
    });
    child.once('error', reject);
    child.once('exit', (status) => {
      if (status === 0) return resolve();
      reject(
        new TagrollError(
          'internal',
          `The ${build.name} could not be built (status ${status}); the reason is above. Run: node ${build.program.join(' ')}`,
        ),
      );
    });
  });
}
