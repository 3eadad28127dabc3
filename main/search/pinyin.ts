/** How Chinese names are typed: read once a name, when a person first types something. */
import { Worker } from 'node:worker_threads';
import { siblingModule, THREAD_LIMITS } from '../modules.ts';
import type { PinyinReply } from './pinyinThread.ts';

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
      for (const [name, keys] of await askThread(names)) this.#keys.set(name, keys);
    } catch (error) {
      this.#onProblem(error);
    }
  }
}

function askThread(names: readonly string[]): Promise<PinyinReply> {
  return new Promise((resolve, reject) => {
    const worker = new Worker(siblingModule(import.meta.url, 'pinyinThread'), {
      workerData: names,
      resourceLimits: THREAD_LIMITS,
    });
    worker.unref();
    worker.once('message', resolve);
    worker.once('error', reject);
    worker.once('exit', () => reject(new Error('The thread that reads pinyin ended.')));
  });
}
