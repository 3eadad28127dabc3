/** How Chinese names are typed: read once a name, when a person first types something. */
import { fork } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { siblingModule } from '../modules.ts';
import type { PinyinReply } from './pinyinProcess.ts';

const CHINESE = /\p{Script=Han}/u;
const NONE: readonly string[] = [];

export class Pinyin {
  readonly #keys = new Map<string, readonly string[]>();
  #reading: Promise<void> | null = null;
  readonly #onProblem: (error: unknown) => void;

  /** `onProblem`: names stay unread; they are found by what they are. */
  constructor(onProblem: (error: unknown) => void = () => undefined) {
    this.#onProblem = onProblem;
  }

  /** What can be typed for a name; nothing while it is not read yet. */
  keysOf(name: string): readonly string[] {
    return this.#keys.get(name) ?? NONE;
  }

  /** Reads those names that are new and Chinese, after those that are being read. */
  async learn(names: Iterable<string>): Promise<void> {
    while (this.#reading) await this.#reading;
    const fresh: string[] = [];
    for (const name of names) {
      if (this.#keys.has(name) || !CHINESE.test(name)) continue;
      this.#keys.set(name, NONE);
      fresh.push(name);
    }
    if (fresh.length === 0) return;
    this.#reading = this.#read(fresh).finally(() => {
      this.#reading = null;
    });
    await this.#reading;
  }

  async #read(names: readonly string[]): Promise<void> {
    try {
      for (const [name, keys] of await askProcess(names)) this.#keys.set(name, keys);
    } catch (error) {
      this.#onProblem(error);
    }
  }
}

function askProcess(names: readonly string[]): Promise<PinyinReply> {
  return new Promise((resolve, reject) => {
    const child = fork(fileURLToPath(siblingModule(import.meta.url, 'pinyinProcess')), [], {
      serialization: 'advanced',
      stdio: ['ignore', 'ignore', 'ignore', 'ipc'],
      // None of the parent's: a debugger's port, a test runner's loader, keys of services.
      execArgv: [],
      env: keptEnvironment(),
    });
    child.once('message', (reply: PinyinReply) => resolve(reply));
    child.once('error', reject);
    child.once('exit', () => reject(new Error('The process that reads pinyin ended.')));
    child.send(names, (error) => {
      if (error) reject(error);
    });
  });
}

/** Windows starts nothing without it. */
function keptEnvironment(): NodeJS.ProcessEnv {
  const { SystemRoot } = process.env;
  return SystemRoot === undefined ? {} : { SystemRoot };
}
