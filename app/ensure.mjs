/**
 * What must be there before anything else can run: the packages, a Node that runs TypeScript, and for
 * the tests a Chromium. Plain JavaScript without dependencies, because it runs on an old Node in a
 * fresh clone.
 *
 *   node app/ensure.mjs                 install the packages if the lockfile changed
 *   node app/ensure.mjs --quiet         the same, silent when nothing has to be done
 *   node app/ensure.mjs --tests         the same, and a Chromium for the tests
 *   node app/ensure.mjs --stamp         only note that the packages are installed (npm's postinstall)
 *   node app/ensure.mjs --run FILE …    the same as --quiet, then run FILE with the Node that was found
 */
import { spawn, spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readFileSync, realpathSync, writeFileSync } from 'node:fs';
import { constants } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { NODE_ENVIRONMENT, NODE_FLAGS } from './nodeFlags.mjs';

/** The first Node that runs TypeScript as we write it. */
export const NODE_MAJOR = 24;

/** Identifies what the lockfile asks for. */
export function lockStamp(projectPath) {
  const lock = readFileSync(join(projectPath, 'package-lock.json'));
  return createHash('sha256').update(lock).digest('hex');
}

function stampPath(projectPath) {
  return join(projectPath, 'node_modules', '.tagroll-stamp');
}

/** Whether `node_modules` holds what the lockfile asks for. */
export function isInstalled(projectPath) {
  const path = stampPath(projectPath);
  return existsSync(path) && readFileSync(path, 'utf8') === lockStamp(projectPath);
}

/** Notes that `node_modules` holds what the lockfile asks for. */
export function writeStamp(projectPath) {
  writeFileSync(stampPath(projectPath), lockStamp(projectPath));
}

/** Installs the packages unless they are there. Everything npm says goes to stderr. Throws when it fails twice. */
export function install(projectPath, run = runNpm) {
  if (isInstalled(projectPath)) return false;
  say('Installing what Tagroll needs (only this first time, or after an update)…');
  if (!run(projectPath)) {
    say('That did not work. Trying once more…');
    if (!run(projectPath)) {
      throw new Error(
        'The packages could not be installed. Check the network, close other windows of Tagroll, and try again.',
      );
    }
  }
  writeStamp(projectPath);
  return true;
}

/**
 * Without the packages' own scripts: npm would compile better-sqlite3, which brings its binaries, and fail
 * where there is no compiler. Only `node` needs its script, to fetch the program for this machine; where that
 * fails, `findNode` says what to do.
 */
function runNpm(projectPath) {
  if (!npm(projectPath, ['ci', '--ignore-scripts'])) return false;
  npm(projectPath, ['rebuild', 'node']);
  return true;
}

function npm(projectPath, words) {
  const path = process.env.npm_execpath;
  const options = { cwd: projectPath, stdio: ['ignore', 2, 2] };
  const all = [...words, '--loglevel=error'];
  const result = path?.endsWith('.js')
    ? spawnSync(process.execPath, [path, ...all], options)
    : spawnSync('npm', all, { ...options, shell: process.platform === 'win32' });
  return result.status === 0;
}

/** A Node that is new enough: the one that runs this, else the one among the packages. Throws when there is none. */
export function findNode(
  projectPath,
  running = { path: process.execPath, version: process.versions.node },
) {
  if (Number.parseInt(running.version, 10) >= NODE_MAJOR) return running.path;
  const program = process.platform === 'win32' ? 'node.exe' : 'node';
  const bundled = join(projectPath, 'node_modules', 'node', 'bin', program);
  if (existsSync(bundled)) return bundled;
  throw new Error(
    `Tagroll needs Node ${NODE_MAJOR} or newer; this one is ${running.version}, and none could be installed for this system. Install it from https://nodejs.org and try again.`,
  );
}

function ensureChromium(projectPath) {
  if (existsSync('/usr/bin/chromium')) return;
  const isDebian = process.platform === 'linux' && existsSync('/etc/debian_version');
  if (isDebian && process.getuid?.() === 0) {
    say('Installing a Chromium for the tests with apt…');
    const apt = (...words) =>
      spawnSync('apt-get', words, {
        stdio: ['ignore', 2, 2],
        env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' },
      }).status === 0;
    const wanted = ['install', '-y', '--no-install-recommends', 'chromium'];
    if ((apt(...wanted) || (apt('update') && apt(...wanted))) && existsSync('/usr/bin/chromium'))
      return;
  }
  const cli = join(projectPath, 'node_modules', 'playwright-core', 'cli.js');
  const words = [cli, 'install', ...(process.env.CI ? ['--with-deps'] : []), 'chromium'];
  const result = spawnSync(findNode(projectPath), words, {
    cwd: projectPath,
    stdio: ['ignore', 2, 2],
  });
  if (result.status !== 0) {
    throw new Error(
      'There is no Chromium for the tests. Install one, or run: npx playwright install chromium',
    );
  }
}

/** Hands this process over to a program: its exit status and signals become ours. */
function runProgram(node, words, environment) {
  const child = spawn(node, words, {
    stdio: 'inherit',
    env: { ...process.env, ...environment },
  });
  // Ctrl-C reaches the whole group: the program decides when it ends, and with which status.
  process.on('SIGINT', () => {});
  process.on('SIGTERM', () => child.kill('SIGTERM'));
  process.on('SIGHUP', () => child.kill('SIGHUP'));
  child.once('error', (error) => {
    say(error.message);
    process.exit(1);
  });
  child.once('exit', (status, signal) => {
    process.exit(status ?? 128 + (constants.signals[signal ?? 'SIGTERM'] ?? 0));
  });
}

function say(line) {
  process.stderr.write(`${line}\n`);
}

function main(words) {
  const projectPath = dirname(dirname(fileURLToPath(import.meta.url)));
  if (words[0] === '--stamp') return writeStamp(projectPath);
  install(projectPath);
  const node = findNode(projectPath);
  if (words[0] === '--tests') ensureChromium(projectPath);
  if (words[0] === '--run')
    runProgram(node, [...NODE_FLAGS, join(projectPath, words[1] ?? ''), ...words.slice(2)], {
      ...NODE_ENVIRONMENT,
      // Types are stripped and modules compiled once, not at every start.
      NODE_COMPILE_CACHE: join(projectPath, 'node_modules', '.cache', 'tagroll-modules'),
    });
}

if (process.argv[1] && import.meta.url === pathToFileURL(realpathSync(process.argv[1])).href) {
  try {
    main(process.argv.slice(2));
  } catch (error) {
    say(error.message);
    process.exit(1);
  }
}
