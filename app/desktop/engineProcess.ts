/** The engine as a plain Node process: started, watched, started again when it dies, stopped at the end. */
import { type ChildProcess, spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import type { Readable } from 'node:stream';
import { answerVault } from '../../main/parentVault.ts';
import type { Vault } from '../../main/secrets.ts';
import type { SerializedError } from '../../shared/errors.ts';
import type { EngineAddress } from '../engineClient.ts';
import { NODE_ENVIRONMENT, NODE_FLAGS } from '../nodeFlags.mjs';

export type EngineState =
  | { readonly kind: 'starting' }
  | { readonly kind: 'ready'; readonly address: EngineAddress }
  /** It died and is started again after `delayMs`. */
  | { readonly kind: 'restarting'; readonly delayMs: number; readonly reason: string }
  /** It said why it cannot open the library, or died too often: no further start by itself. */
  | { readonly kind: 'failed'; readonly error: SerializedError }
  | { readonly kind: 'stopped' };

export type EngineProcessOptions = {
  /** The Node to run, and what it runs. */
  readonly node: string;
  readonly entry: string;
  readonly libraryPath: string;
  readonly rendererPath: string;
  /** Keeps the engine's keys. */
  readonly vault?: Vault;
  readonly onState: (state: EngineState) => void;
  /** Milliseconds of any clock. */
  readonly now?: () => number;
  /** Waits before the first restart; doubled for each further one. */
  readonly firstDelayMs?: number;
};

export type EngineProcess = {
  /** Where it answers now; waits up to `withinMs` for a start. Null when it does not run. */
  address(withinMs: number): Promise<EngineAddress | null>;
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

type Said =
  | { readonly kind: 'ready'; readonly socketPath: string; readonly token: string }
  | { readonly kind: 'failed'; readonly error: SerializedError };

/** Starts the engine. */
export function startEngine(options: EngineProcessOptions): EngineProcess {
  const now = options.now ?? (() => performance.now());
  let state: EngineState = { kind: 'starting' };
  let child: ChildProcess | null = null;
  let deaths = 0;
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
    const running = spawn(
      options.node,
      [
        ...NODE_FLAGS,
        options.entry,
        `--library=${options.libraryPath}`,
        `--renderer=${options.rendererPath}`,
        ...(options.vault ? ['--vault'] : []),
      ],
      { stdio: ['ignore', 'pipe', 'pipe', 'ipc'], env: engineEnvironment(process.env) },
    );
    child = running;
    if (options.vault) answerQuestions(running, options.vault);
    onLines(running.stdout, (line) => {
      const said = parseSaid(line);
      if (said?.kind === 'ready') {
        enter({ kind: 'ready', address: { socketPath: said.socketPath, token: said.token } });
      }
      if (said?.kind === 'failed') enter({ kind: 'failed', error: said.error });
    });
    onLines(running.stderr, (line) => {
      lastWords = line;
    });
    const gone = (reason: string): void => {
      if (child !== running) return;
      child = null;
      if (stopping) enter({ kind: 'stopped' });
      if (stopping || state.kind === 'failed') return;
      deaths = now() - startedMs > SOUND_AFTER_MS ? 1 : deaths + 1;
      if (deaths > MAX_DEATHS) {
        enter({ kind: 'failed', error: diedTooOften(reason) });
        return;
      }
      const delayMs = (options.firstDelayMs ?? 250) * 2 ** (deaths - 1);
      enter({ kind: 'restarting', delayMs, reason });
      timer = setTimeout(start, delayMs);
    };
    running.once('error', (error) => gone(error.message));
    running.once('exit', (status, signal) =>
      gone(
        `${signal ? `ended by ${signal}` : `ended with status ${status}`}${lastWords ? `: ${lastWords}` : ''}`,
      ),
    );
  };
  start();

  return {
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
    data: {},
  };
}
