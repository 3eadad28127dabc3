/**
 * Questions to a process of our own and its answers. A measured process is told what to do over the
 * channel that Node gives a forked child, so that nothing of the measurement runs inside it.
 */
import { type ChildProcess, fork } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { NODE_ENVIRONMENT } from '../../app/nodeFlags.mjs';

type Question = { readonly id: number; readonly name: string; readonly input: unknown };
type Answer =
  | { readonly id: number; readonly output: unknown }
  | { readonly id: number; readonly error: string };

/** What a process answers: name → function of one input. */
// biome-ignore lint/suspicious/noExplicitAny: each question has an input of its own; `ask` is typed by the table
export type Handlers = Readonly<Record<string, (input: any) => unknown>>;

export type Asked<Table extends Handlers> = {
  readonly pid: number;
  ask<Name extends keyof Table & string>(
    name: Name,
    input: Parameters<Table[Name]>[0],
  ): Promise<Awaited<ReturnType<Table[Name]>>>;
  /** Ends the process; resolves when it has gone. */
  stop(): Promise<void>;
};

const STOP_WITHIN_MS = 10_000;
const living = new Set<ChildProcess>();

/** The same, without what Tagroll asks of its own processes: what it is compared with runs as it comes. */
export function startBare<Table extends Handlers>(moduleUrl: URL): Asked<Table> {
  const environment = { ...process.env };
  for (const name of Object.keys(NODE_ENVIRONMENT)) delete environment[name];
  return startAsked<Table>(moduleUrl, [], environment);
}

/** Starts a module of this folder. Its messages to stderr are shown. */
export function startAsked<Table extends Handlers>(
  moduleUrl: URL,
  nodeArguments: readonly string[] = [],
  environment: NodeJS.ProcessEnv = process.env,
): Asked<Table> {
  const child = fork(fileURLToPath(moduleUrl), [], {
    execArgv: [...process.execArgv, ...nodeArguments],
    env: environment,
    serialization: 'advanced',
    stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
  });
  living.add(child);
  const waiting = new Map<number, (answer: Answer) => void>();
  let nextId = 1;
  child.on('message', (answer: Answer) => {
    waiting.get(answer.id)?.(answer);
    waiting.delete(answer.id);
  });
  const gone = new Promise<void>((resolve) => {
    child.once('exit', (code, signal) => {
      living.delete(child);
      for (const [id, answer] of waiting) {
        answer({ id, error: `The measured process ended (${signal ?? `status ${code}`}).` });
      }
      waiting.clear();
      resolve();
    });
  });
  return {
    pid: child.pid ?? 0,
    ask(name, input) {
      return new Promise((resolve, reject) => {
        const id = nextId++;
        waiting.set(id, (answer) => {
          if ('error' in answer) reject(new Error(answer.error));
          else resolve(answer.output as never);
        });
        child.send({ id, name, input } satisfies Question);
      });
    },
    async stop() {
      if (child.connected) child.disconnect();
      const timer = setTimeout(() => child.kill('SIGKILL'), STOP_WITHIN_MS);
      await gone;
      clearTimeout(timer);
    },
  };
}

/** The other side: answers until the one who asks has gone, then cleans up and ends. */
export function answerQuestions(handlers: Handlers, end: () => Promise<void>): void {
  process.on('message', async (question: Question) => {
    const answer = await answerOf(handlers, question);
    if (process.connected) process.send?.(answer);
  });
  process.on('SIGINT', () => undefined);
  process.once('disconnect', async () => {
    await end();
    process.exit(0);
  });
}

async function answerOf(handlers: Handlers, question: Question): Promise<Answer> {
  const { id, name, input } = question;
  try {
    const handler = handlers[name];
    if (!handler) throw new Error(`Nobody answers “${name}”.`);
    return { id, output: await handler(input) };
  } catch (error) {
    return { id, error: error instanceof Error ? (error.stack ?? error.message) : String(error) };
  }
}

/** Ends every process that is still there: for when a measurement is broken off. */
export function stopAllAsked(): void {
  for (const child of living) child.kill('SIGKILL');
}
