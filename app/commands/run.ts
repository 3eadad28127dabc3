/** Runs one command line from its words to its exit status. */
import { endProcess } from '../../main/stuck.ts';
import { serializeError, type TagrollError } from '../../shared/errors.ts';
import { openTagroll } from '../door.ts';
import { fromWorkingFolder, libraryPath } from '../places.ts';
import type { Session } from '../session.ts';
import { toTagrollError } from '../toTagrollError.ts';
import { VERSION } from '../version.ts';
import { askOnTerminal } from './ask.ts';
import type { Command, Outcome } from './command.ts';
import { asksForJson, parseCommandLine } from './parse.ts';
import type { GlobalOptions, OpenRequest } from './program.ts';
import { createProgressReporter } from './progress.ts';
import { exitStatus, INTERRUPTED, REFUSED } from './status.ts';

type Run = {
  readonly json: boolean;
  readonly libraryPath: string;
  /** Aborted by Ctrl-C. */
  readonly signal: AbortSignal;
  /** Exit status once it is aborted. */
  readonly stopStatus: () => number;
};

/** Does what the words ask for and prints the answer; resolves with the exit status. */
export async function runCommandLine(words: readonly string[]): Promise<number> {
  const json = asksForJson(words);
  const stop = stopSignal();
  try {
    const parsed = parseCommandLine(words, VERSION);
    if (parsed.kind === 'information') {
      await print(process.stdout, parsed.text);
      return 0;
    }
    const run = {
      json,
      libraryPath: chooseLibrary(parsed.options),
      signal: stop.signal,
      stopStatus: stop.status,
    };
    const { request } = parsed;
    return request.kind === 'open'
      ? await open(request.open, run)
      : await runCommand(request.command, run);
  } catch (error) {
    if (stop.signal.aborted) return stopped(json, stop.status());
    return fail(toTagrollError(error, null), json);
  }
}

async function runCommand(command: Command, run: Run): Promise<number> {
  const { signal } = run;
  let session: Session | null = null;
  const progress = createProgressReporter(process.stderr, Date.now);
  try {
    // Only here: `open` leaves the library to a process of its own.
    const [{ openSession }, { serviceEnvironment }] = await Promise.all([
      import('../session.ts'),
      import('../host.ts'),
    ]);
    const opening = openSession(run.libraryPath);
    session = await unlessAborted(opening, signal).catch((error: unknown) => {
      void opening.then(
        (late) => late.close(),
        () => undefined,
      );
      throw error;
    });
    const opened = session;
    const outcome = await unlessAborted(
      command({
        client: session.client,
        reopen: async () => {
          await opened.reopen();
          return opened.client;
        },
        isRemote: session.gone !== null,
        signal,
        progress,
        resolvePath: (path) => fromWorkingFolder(path, process.env),
        environment: serviceEnvironment(process.env),
        ask: run.json ? null : askOnTerminal(signal),
      }),
      signal,
    );
    await print(process.stdout, `${render(outcome, run.json)}\n`);
    if (outcome.isRefused) return REFUSED;
    return outcome.hasFailures ? 1 : 0;
  } catch (error) {
    progress.end();
    if (signal.aborted) throw error;
    throw toTagrollError(error, session?.gone ?? null);
  } finally {
    await session?.close();
  }
}

async function open(request: OpenRequest, run: Run): Promise<number> {
  const opened = await openTagroll({
    ...request,
    port: request.port ?? 0,
    libraryPath: run.libraryPath,
    say: (line) => process.stderr.write(`${line}\n`),
  });
  try {
    const answer = { url: opened.url };
    await print(process.stdout, `${run.json ? JSON.stringify(answer) : answer.url}\n`);
    await unlessAborted(opened.ended, run.signal);
    return 0;
  } catch (error) {
    // Its one document is printed already.
    if (run.signal.aborted) return run.stopStatus();
    throw error;
  } finally {
    await opened.close();
  }
}

function chooseLibrary(options: GlobalOptions): string {
  return libraryPath(options.library, process.env, process.platform);
}

function render(outcome: Outcome, json: boolean): string {
  return json ? JSON.stringify(outcome.json) : outcome.text;
}

async function fail(error: TagrollError, json: boolean): Promise<number> {
  const { code, message, data } = serializeError(error);
  if (json) {
    const { position } = data;
    const document = {
      error: { code, message, ...(typeof position === 'number' ? { position } : {}) },
    };
    await print(process.stdout, `${JSON.stringify(document)}\n`);
  } else {
    await print(process.stderr, `${message}\n`);
  }
  return exitStatus(code);
}

async function stopped(json: boolean, status: number): Promise<number> {
  if (json) {
    const error = {
      code: 'interrupted',
      message: 'Stopped. The same command continues where it stopped.',
    };
    await print(process.stdout, `${JSON.stringify({ error })}\n`);
  }
  return status;
}

/** Resolves once the bytes have left: a pipe takes a long document in pieces. */
function print(stream: NodeJS.WriteStream, text: string): Promise<void> {
  return new Promise((resolve, reject) => {
    stream.write(text, (error) => (error ? reject(error) : resolve()));
  });
}

function unlessAborted<Value>(work: Promise<Value>, signal: AbortSignal): Promise<Value> {
  return new Promise((resolve, reject) => {
    // Also while something was done that cannot be broken off.
    if (signal.aborted) return reject(signal.reason);
    signal.addEventListener('abort', () => reject(signal.reason), { once: true });
    work.then(resolve, reject);
  });
}

/** Aborted by the first Ctrl-C or SIGTERM, so that the library is closed; the second one ends at once. */
function stopSignal(): { readonly signal: AbortSignal; readonly status: () => number } {
  const controller = new AbortController();
  let status = INTERRUPTED;
  const stop = (signal: NodeJS.Signals): void => {
    status = signal === 'SIGTERM' ? 143 : INTERRUPTED;
    if (controller.signal.aborted) endProcess(status);
    controller.abort(new Error('Stopped.'));
  };
  process.on('SIGINT', stop);
  process.on('SIGTERM', stop);
  return { signal: controller.signal, status: () => status };
}
