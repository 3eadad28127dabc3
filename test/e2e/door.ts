/** The browser door as people start it: a process of its own with a library and photos in a new folder. */
import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, mkdtemp, realpath, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { readHolder } from '../../main/library/lock.ts';
import { runTagroll, startTagroll } from '../helpers/commandLine.ts';

/** A folder with photos and a library; it is the home folder of the door that opens it. */
export type Place = {
  readonly homePath: string;
  readonly photosPath: string;
  readonly libraryPath: string;
  /** Runs a command with `--json`, through the door where one is open. Throws where it fails. */
  tagroll<Document>(...words: readonly string[]): Promise<Document>;
  remove(): Promise<void>;
};

export type Door = {
  /** Lets a window in, as often as it is opened. */
  readonly url: string;
  readonly origin: string;
  readonly port: number;
  /** Ends it as a terminal does, and waits until the library is closed. Resolves with its exit status. */
  stop(): Promise<number | null>;
  /** Ends it as a power cut does. */
  kill(): Promise<void>;
};

/** Exit statuses of a stop by signal, and of one that was asked for. */
const STOPPED = [0, 130, 143];
const STOPS_WITHIN_MS = 15_000;

export async function createPlace(): Promise<Place> {
  const homePath = await realpath(await mkdtemp(join(tmpdir(), 'tagroll-e2e-')));
  const photosPath = join(homePath, 'Photos');
  const libraryPath = join(homePath, '.library');
  await mkdir(photosPath);
  return {
    homePath,
    photosPath,
    libraryPath,
    async tagroll<Document>(...words: readonly string[]): Promise<Document> {
      const ran = await runTagroll([...words, '--json', '--library', libraryPath]);
      // 1: done, but the answer lists failures.
      if (ran.status !== 0 && ran.status !== 1) {
        throw new Error(
          `tagroll ${words.join(' ')} ended with ${ran.status}: ${ran.stdout}${ran.stderr}`,
        );
      }
      return ran.json<Document>();
    },
    remove: () => rm(homePath, { recursive: true, force: true, maxRetries: 10 }),
  };
}

export type DoorOptions = {
  readonly port?: number | undefined;
  /** Variables besides those of this process. */
  readonly environment?: Readonly<Record<string, string>>;
};

/** Starts the door; resolves once it answers. */
export async function startDoor(place: Place, options: DoorOptions = {}): Promise<Door> {
  const { port, environment } = options;
  const words = ['open', '--browser', '--no-window', '--json', '--library', place.libraryPath];
  const child = startTagroll(port === undefined ? words : [...words, '--port', String(port)], {
    env: { ...environment, HOME: place.homePath, USERPROFILE: place.homePath },
  });
  const errors: string[] = [];
  child.stderr?.setEncoding('utf8').on('data', (text: string) => errors.push(text));
  const { url } = JSON.parse(await firstLine(child, errors)) as { url: string };
  const { origin, port: taken } = new URL(url);
  return {
    url,
    origin,
    port: Number(taken),
    async stop() {
      const status = await end(child, 'SIGTERM');
      // Windows has no signals: there every end by one is a sudden one.
      if (process.platform === 'win32') return status;
      if (status === null || !STOPPED.includes(status)) {
        throw new Error(`The door ended with ${status}: ${errors.join('')}`);
      }
      return status;
    },
    async kill() {
      const engine = readHolder(place.libraryPath)?.pid;
      const exit = end(child, 'SIGKILL');
      if (engine !== undefined) endProcess(engine);
      await exit;
    },
  };
}

/** The engine, which its door would start again. */
function endProcess(pid: number): void {
  try {
    process.kill(pid, 'SIGKILL');
  } catch {
    // Gone already.
  }
}

async function firstLine(child: ChildProcess, errors: readonly string[]): Promise<string> {
  if (!child.stdout) throw new Error('The door has no output.');
  for await (const line of createInterface(child.stdout)) return line;
  throw new Error(`The door did not open: ${errors.join('')}`);
}

/** Resolves with the exit status; null when it was ended by a signal. */
async function end(child: ChildProcess, signal: NodeJS.Signals): Promise<number | null> {
  if (child.exitCode !== null || child.signalCode !== null) return child.exitCode;
  const exit = once(child, 'exit', { signal: AbortSignal.timeout(STOPS_WITHIN_MS) });
  child.kill(signal);
  try {
    await exit;
  } catch (error) {
    child.kill('SIGKILL');
    throw error;
  }
  return child.exitCode;
}
