/** Kills the program at random moments while it indexes, tags and takes edits, all at once. */

import { readHolder } from '../../main/library/lock.ts';
import { createPlace, type Place } from '../e2e/door.ts';
import { createRandom } from '../fuzz/random.ts';
import { collect, startTagroll } from '../helpers/commandLine.ts';
import { startSimulators } from '../simulators/start.ts';
import { createChanger } from '../soak/changer.ts';
import { createEditor } from '../soak/editor.ts';
import { type Engine, endHolder, startEngine } from '../soak/engine.ts';
import { AT_ONCE, keepTagging, prepareTagging } from '../soak/tagger.ts';
import { judgeAtRest, type Verdict } from '../soak/verdict.ts';

export type KillOptions = {
  readonly kills: number;
  /** Chooses the moments, and what happens before them. */
  readonly seed: number;
  /** Photos that are there from the start, all new to the library. */
  readonly photos: number;
  readonly onKill?: (kills: number) => void;
};

export type KillReport = Verdict & {
  readonly kills: number;
  readonly edits: number;
  readonly editsUnanswered: number;
  readonly changes: number;
  readonly calls: number;
  /** Most replies that may be lost, and calls repeated: all that were under way at every kill. */
  readonly allowance: number;
  readonly slowestStartMs: number;
  readonly seconds: number;
};

/** From just after it answers to well into its work. */
const SHORTEST_LIFE_MS = 50;
const LONGEST_LIFE_MS = 1800;
const EDITED_WITHIN_MS = 30_000;
/** Share of the other kills that come before it answers. */
const KILLED_AT_START = 0.35;
const LONGEST_START_MS = 1200;

/** Rejects only when the program does not start any more; what is lost is in the report. */
export async function killUnderLoad(options: KillOptions): Promise<KillReport> {
  const started = performance.now();
  const random = createRandom(options.seed);
  const place = await createPlace();
  const simulators = await startSimulators();
  const changer = createChanger(place.photosPath, random, options.photos);
  const editor = createEditor(random);
  let slowestStartMs = 0;
  let engine: Engine | null = null;
  const start = async (): Promise<Engine> => {
    engine = await startEngine(place, simulators.environment);
    slowestStartMs = Math.max(slowestStartMs, engine.startedWithinMs);
    return engine;
  };
  try {
    for (let photo = 0; photo < options.photos; photo += 1) await changer.add();
    simulators.tencent.behave({ latencyMs: 30 });
    let isPrepared = false;
    for (let kill = 1; kill <= options.kills; kill += 1) {
      if (isPrepared && kill % 3 > 0 && random.next() < KILLED_AT_START) {
        await killAtStart(place, random.below(LONGEST_START_MS));
        options.onKill?.(kill);
        continue;
      }
      const running = await start();
      const { client } = running;
      if (!isPrepared) {
        await prepareTagging(client);
        await client.folders.add({ paths: [place.photosPath] });
        isPrepared = true;
      }
      const lifeMs = SHORTEST_LIFE_MS + random.below(LONGEST_LIFE_MS - SHORTEST_LIFE_MS);
      const work = Promise.all([
        untilGone(running, 0, () => editor.step(client)),
        untilGone(running, 20, () => changer.step()),
        untilGone(running, 100, () => keepTagging(client)),
      ]);
      const editsBefore = editor.edits;
      await new Promise((resolve) => setTimeout(resolve, lifeMs));
      // On a busy machine nothing may have been acknowledged by then: some kills wait for it.
      if (kill % 3 === 0) await until(() => editor.edits > editsBefore, EDITED_WITHIN_MS);
      await running.kill();
      await work;
      options.onKill?.(kill);
    }
    const verdict = await judgeAtRest(start, {
      libraryPath: place.libraryPath,
      photosPath: place.photosPath,
      changer,
      editor,
      simulators,
    });
    return {
      ...verdict,
      kills: options.kills,
      edits: editor.edits,
      editsUnanswered: editor.unanswered,
      changes: Object.values(changer.done).reduce((sum, count) => sum + count, 0),
      calls: simulators.tencent.requests.length,
      allowance: AT_ONCE * options.kills,
      slowestStartMs,
      seconds: (performance.now() - started) / 1000,
    };
  } finally {
    await (engine as Engine | null)?.kill();
    await simulators.close();
    await place.remove();
  }
}

/** While it is read, opens its library, or loads its index. */
async function killAtStart(place: Place, afterMs: number): Promise<void> {
  const words = ['open', '--browser', '--no-window', '--library', place.libraryPath];
  const child = startTagroll(words, { env: { HOME: place.homePath } });
  const ended = collect(child);
  await new Promise((resolve) => setTimeout(resolve, afterMs));
  child.kill('SIGKILL');
  const holder = readHolder(place.libraryPath);
  if (holder) endHolder(holder.pid, place.libraryPath);
  await ended;
}

/** Waits for something, at most so long. */
export async function until(isSo: () => boolean, withinMs: number): Promise<void> {
  const deadlineMs = performance.now() + withinMs;
  while (!isSo() && performance.now() < deadlineMs) {
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}

/** Does one step after the other until the engine is gone; what fails while it lives is a failure. */
export async function untilGone(
  engine: Engine,
  pauseMs: number,
  step: () => Promise<void>,
): Promise<void> {
  while (!engine.gone.aborted) {
    try {
      await step();
    } catch (error) {
      // A call is cut off a moment before its connection says so.
      if (!engine.gone.aborted) await new Promise((resolve) => setTimeout(resolve, 200));
      if (!engine.gone.aborted) throw error;
    }
    if (pauseMs > 0) await new Promise((resolve) => setTimeout(resolve, pauseMs));
  }
}
