/** One decode worker as the pool sees it: started, given one request at a time, and gone one day. */
import { type ChildProcess, fork } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { siblingModule } from '../modules.ts';
import { codeCacheFolder } from './codeCache.ts';
import type { WorkerReply, WorkerRequest } from './workerProtocol.ts';

/** Bytes kept of what a worker writes before it dies. */
const MAX_LAST_WORDS = 2000;
/** What a decoder needs of the environment: time zone, temporary files, and how to find its libraries. */
const KEPT_VARIABLES = ['PATH', 'TZ', 'TMPDIR', 'TEMP', 'TMP', 'SystemRoot', 'LD_LIBRARY_PATH'];

/** A process that hangs in a disk may outlive its end; nobody waits for it longer than this. */
const END_TIMEOUT_MS = 3000;

export type Death = {
  /** It never got as far as taking requests. */
  readonly atStart: boolean;
  /** Signal or exit code, for logs. */
  readonly reason: string;
  /** The end of what it wrote to its error output. */
  readonly lastWords: string;
};

export type WorkerProcess = {
  readonly pid: number | undefined;
  /** Sends at once, or as soon as the worker is ready. */
  send(request: WorkerRequest): void;
  /** Ends it now; `onDeath` is called as for any other death. */
  kill(): void;
};

export type WorkerProcessOptions = {
  readonly thumbnailFolder: string;
  readonly onReply: (reply: WorkerReply) => void;
  /** Called once. */
  readonly onDeath: (death: Death) => void;
};

/** Starts a worker. */
export function startWorkerProcess(options: WorkerProcessOptions): WorkerProcess {
  let isReady = false;
  let isDead = false;
  let waiting: WorkerRequest | null = null;
  let lastWords = '';
  const child: ChildProcess = fork(
    fileURLToPath(siblingModule(import.meta.url, 'worker')),
    [options.thumbnailFolder],
    {
      serialization: 'advanced',
      stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
      // None of the parent's: a debugger's port or a test runner's loader is not for decoders.
      execArgv: [],
      env: workerEnvironment(),
    },
  );

  const die = (reason: string): void => {
    if (isDead) return;
    isDead = true;
    options.onDeath({ atStart: !isReady, reason, lastWords: lastWords.trim() });
  };

  child.stderr?.setEncoding('utf8').on('data', (text: string) => {
    lastWords = (lastWords + text).slice(-MAX_LAST_WORDS);
  });
  child.on('message', (reply: WorkerReply) => {
    if (reply.kind !== 'ready') return options.onReply(reply);
    isReady = true;
    if (waiting) child.send(waiting, onSent);
    waiting = null;
  });
  // A failed start has no exit; a request that could not be sent is followed by one.
  child.on('error', (error) => {
    if (child.pid === undefined) die(error.message);
  });
  child.on('exit', (code, signal) => die(signal ?? `exit code ${code}`));

  function onSent(error: Error | null): void {
    if (error) child.kill('SIGKILL');
  }

  return {
    pid: child.pid,
    send(request) {
      if (isReady) child.send(request, onSent);
      else waiting = request;
    },
    kill() {
      child.kill('SIGKILL');
      setTimeout(() => die('it cannot be ended'), END_TIMEOUT_MS).unref();
    },
  };
}

function workerEnvironment(): NodeJS.ProcessEnv {
  const environment: NodeJS.ProcessEnv = { UV_THREADPOOL_SIZE: '2', VIPS_CONCURRENCY: '1' };
  const codeCache = codeCacheFolder();
  if (codeCache) environment['NODE_COMPILE_CACHE'] = codeCache;
  for (const name of KEPT_VARIABLES) {
    const value = process.env[name];
    if (value !== undefined) environment[name] = value;
  }
  return environment;
}
