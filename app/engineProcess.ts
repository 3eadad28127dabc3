/** The engine as a plain Node process: started, watched, started again when it dies, stopped at the end. */
import { type ChildProcess, type SendHandle, spawn } from 'node:child_process';
import { rmSync } from 'node:fs';
import { basename, dirname } from 'node:path';
import { createInterface } from 'node:readline';
import type { Readable } from 'node:stream';
import { answerVault } from '../main/parentVault.ts';
import type { Vault } from '../main/secrets.ts';
import type { SerializedError } from '../shared/errors.ts';
import type { EngineAddress } from './engineClient.ts';
import { type FromEngine, hasKind, RESTART_STATUS, type ToEngine } from './engineMessages.ts';
import { NODE_ENVIRONMENT, NODE_FLAGS } from './nodeFlags.mjs';
import { isStarved, type ProcessTime, processTime } from './processTime.ts';
import { startWatchdog, type Watchdog } from './watchdog.ts';

export type EngineState =
  | { readonly kind: 'starting' }
  | { readonly kind: 'ready'; readonly address: EngineAddress }
  /** It died, did not answer any more, or asked for it, and is started again after `delayMs`. */
  | {
      readonly kind: 'restarting';
      readonly delayMs: number;
      readonly cause: RestartCause;
      readonly reason: string;
    }
  /** It said why it cannot open the library, or died too often: no further start by itself. */
  | { readonly kind: 'failed'; readonly error: SerializedError }
  /** It ended as it was asked to, by us or by somebody else. */
  | { readonly kind: 'stopped' };

export type RestartCause = 'crashed' | 'hung' | 'asked';

export type EngineProcessOptions = {
  /** The Node to run, and what it runs. */
  readonly node: string;
  readonly entry: string;
  readonly libraryPath: string;
  readonly rendererPath: string;
  /** Keeps the engine's keys. */
  readonly vault?: Vault;
  readonly onState: (state: EngineState) => void;
  /** What it tells, besides the keychain's questions and its signs of life. */
  readonly onMessage?: (message: FromEngine) => void;
  /** Milliseconds of any clock. */
  readonly now?: () => number;
  /** Waits before the first restart; doubled for each further one. */
  readonly firstDelayMs?: number;
  /** An engine that gives no sign of life for so long is ended; doubled each time that happens in a row. */
  readonly silentMs?: number;
};

export type EngineProcess = {
  /** Where it answers now; waits up to `withinMs` for a start. Null when it does not run. */
  address(withinMs: number): Promise<EngineAddress | null>;
  /** Its process while it runs; null in between. */
  readonly pid: number | null;
  /** Whether it could be told. A connection stays open here too: destroy it once the engine has it. */
  tell(message: ToEngine, connection?: SendHandle): boolean;
  /** Starts it again after it failed. */
  restart(): void;
  /** Asks it to end, and ends it after a while. */
  stop(): Promise<void>;
};

/** A process that lived this long was sound: the count of deaths starts anew. */
const SOUND_AFTER_MS = 60_000;
/** Deaths in a row after which a person has to decide. */
const MAX_DEATHS = 5;
const STOP_WITHIN_MS = 10_000;
/** Longer than any work keeps the engine from answering, and short enough for a person to wait. */
const SILENT_MS = 5000;
/** Windows that ask for their library would rather wait this long than lose it. */
const MOST_SILENT_MS = 60_000;

type Said =
  | { readonly kind: 'ready'; readonly socketPath: string; readonly token: string }
  | { readonly kind: 'failed'; readonly error: SerializedError };

/** Starts the engine. */
export function startEngine(options: EngineProcessOptions): EngineProcess {
  const now = options.now ?? (() => performance.now());
  let state: EngineState = { kind: 'starting' };
  let child: ChildProcess | null = null;
  let deaths = 0;
  let hangs = 0;
  let before: { readonly cause: RestartCause; readonly reason: string } | null = null;
  let timer: NodeJS.Timeout | undefined;
  let stopping = false;
  const waiting = new Set<() => void>();

  const enter = (next: EngineState): void => {
    state = next;
    options.onState(next);
    for (const wake of [...waiting]) wake();
  };

  const start = (): void => {
    enter({ kind: 'starting' });
    const startedMs = now();
    let lastWords = '';
    let hasHung = false;
    /** When it last gave a sign of life. */
    let seen: ProcessTime | null = null;
    let socketPath: string | null = null;
    let watchdog: Watchdog | null = null;
    const running = spawn(
      options.node,
      [
        ...NODE_FLAGS,
        options.entry,
        `--library=${options.libraryPath}`,
        `--renderer=${options.rendererPath}`,
        ...(options.vault ? ['--vault'] : []),
        ...(before && before.cause !== 'asked'
          ? [`--after=${before.cause}`, `--reason=${before.reason}`]
          : []),
      ],
      { stdio: ['ignore', 'pipe', 'pipe', 'ipc'], env: engineEnvironment(process.env) },
    );
    child = running;
    if (options.vault) answerQuestions(running, options.vault);
    running.on('message', (message: unknown) => {
      if (!hasKind<FromEngine>(message)) return;
      if (message.kind === 'pong') {
        seen = processTime(running.pid ?? 0);
        watchdog?.pong();
      } else options.onMessage?.(message);
    });
    const watch = (): Watchdog =>
      startWatchdog({
        now,
        silentMs: Math.min(MOST_SILENT_MS, (options.silentMs ?? SILENT_MS) * 2 ** hangs),
        ping: () => tell({ kind: 'ping' }),
        isExcused: (quietMs) => isStarved(seen, processTime(running.pid ?? 0), quietMs),
        onHung: () => {
          hasHung = true;
          running.kill('SIGKILL');
        },
      });
    onLines(running.stdout, (line) => {
      const said = parseSaid(line);
      if (said?.kind === 'ready') {
        socketPath = said.socketPath;
        watchdog = watch();
        enter({ kind: 'ready', address: { socketPath: said.socketPath, token: said.token } });
      }
      if (said?.kind === 'failed') enter({ kind: 'failed', error: said.error });
    });
    onLines(running.stderr, (line) => {
      lastWords = line;
    });
    const gone = (status: number | null, reason: string): void => {
      watchdog?.stop();
      if (child !== running) return;
      child = null;
      if (socketPath) removeSocket(socketPath);
      if (stopping || status === 0) {
        enter({ kind: 'stopped' });
        return;
      }
      if (state.kind === 'failed') return;
      const isSound = now() - startedMs > SOUND_AFTER_MS;
      deaths = isSound ? 1 : deaths + 1;
      if (isSound) hangs = 0;
      if (hasHung) hangs += 1;
      if (deaths > MAX_DEATHS) {
        enter({ kind: 'failed', error: diedTooOften(reason) });
        return;
      }
      const cause = hasHung ? 'hung' : status === RESTART_STATUS ? 'asked' : 'crashed';
      before = { cause, reason: hasHung ? 'it did not answer any more' : reason };
      const delayMs = cause === 'asked' ? 0 : (options.firstDelayMs ?? 250) * 2 ** (deaths - 1);
      enter({ kind: 'restarting', delayMs, ...before });
      timer = setTimeout(start, delayMs);
    };
    running.once('error', (error) => gone(null, error.message));
    running.once('exit', (status, signal) =>
      gone(
        status,
        `${signal ? `ended by ${signal}` : `ended with status ${status}`}${lastWords ? `: ${lastWords}` : ''}`,
      ),
    );
  };
  const tell = (message: ToEngine, connection?: SendHandle): boolean => {
    if (!child?.connected) return false;
    // Node never closes a connection whose process died before it took it: ours stays open until then.
    child.send(message, connection, { keepOpen: true }, () => undefined);
    return true;
  };
  start();

  return {
    tell,
    get pid() {
      return child?.pid ?? null;
    },
    async address(withinMs) {
      const deadlineMs = now() + withinMs;
      while (state.kind === 'starting' || state.kind === 'restarting') {
        const leftMs = deadlineMs - now();
        if (leftMs <= 0) return null;
        await new Promise<void>((resolve) => {
          const wake = (): void => {
            clearTimeout(limit);
            waiting.delete(wake);
            resolve();
          };
          const limit = setTimeout(wake, leftMs);
          waiting.add(wake);
        });
      }
      return state.kind === 'ready' ? state.address : null;
    },
    restart() {
      if (child || stopping) return;
      clearTimeout(timer);
      deaths = 0;
      hangs = 0;
      before = null;
      start();
    },
    async stop() {
      stopping = true;
      clearTimeout(timer);
      const running = child;
      if (!running) return;
      const ended = new Promise<void>((resolve) => running.once('exit', () => resolve()));
      if (running.connected) running.disconnect();
      else running.kill();
      const limit = setTimeout(() => running.kill('SIGKILL'), STOP_WITHIN_MS);
      await ended;
      clearTimeout(limit);
    },
  };
}

/** An engine that was killed leaves the folder of its socket behind; a named pipe leaves nothing. */
function removeSocket(socketPath: string): void {
  const folder = dirname(socketPath);
  if (process.platform !== 'win32' && basename(folder).startsWith('tagroll-')) {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** The engine may end before it hears the answer. */
function answerQuestions(engine: ChildProcess, vault: Vault): void {
  engine.on('message', (message) => {
    void answerVault(vault, message).then((answer) => {
      if (answer && engine.connected) engine.send(answer, () => undefined);
    });
  });
}

function onLines(stream: Readable | null, listener: (line: string) => void): void {
  if (stream) createInterface({ input: stream }).on('line', listener);
}

/** Without what would make the child an Electron, or hand it our debugger. */
export function engineEnvironment(
  environment: Readonly<Record<string, string | undefined>>,
): Record<string, string | undefined> {
  const { ELECTRON_RUN_AS_NODE: _mode, NODE_OPTIONS: _options, ...rest } = environment;
  return { ...NODE_ENVIRONMENT, ...rest };
}

function parseSaid(line: string): Said | null {
  try {
    const said = JSON.parse(line) as Said;
    return said.kind === 'ready' || said.kind === 'failed' ? said : null;
  } catch {
    return null;
  }
}

function diedTooOften(reason: string): SerializedError {
  return {
    code: 'internal',
    message: `The part of Tagroll that reads the library ended ${MAX_DEATHS + 1} times in a row (${reason}). tagroll.log in the library's folder tells more.`,
    data: { reason },
  };
}
