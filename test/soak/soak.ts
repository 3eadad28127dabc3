/**
 * A long bad time: folders that change all the while, tagging against a service that fails now and then,
 * somebody at the window, and a sudden end every two minutes.
 */
import { createPlace, type Place } from '../e2e/door.ts';
import { untilGone } from '../faults/killUnderLoad.ts';
import { createRandom } from '../fuzz/random.ts';
import { type Simulators, startSimulators } from '../simulators/start.ts';
import { createChanger, type FileChanger } from './changer.ts';
import { createEditor } from './editor.ts';
import { type Engine, residentBytes, startEngine } from './engine.ts';
import { type Growth, growthOf, type Sample } from './memory.ts';
import { AT_ONCE, injectFaults, keepTagging, prepareTagging } from './tagger.ts';
import { judgeAtRest, type Verdict } from './verdict.ts';
import { openWindowUser, type WindowUser } from './window.ts';

export type SoakOptions = {
  readonly minutes: number;
  readonly seed: number;
  /** Changes on disk a second. */
  readonly filesPerSecond: number;
  /** Files that are kept, more or less. */
  readonly photos: number;
  readonly secondsBetweenKills: number;
  /** Share of the calls that fail. */
  readonly faultShare: number;
  readonly say: (line: string) => void;
};

export type SoakReport = Verdict & {
  readonly minutes: number;
  readonly kills: number;
  readonly changer: FileChanger;
  readonly changesPerSecond: number;
  readonly edits: number;
  readonly editsUnanswered: number;
  readonly calls: number;
  readonly faults: number;
  readonly isTagged: boolean;
  /** Null: there was no window. */
  readonly searches: number | null;
  readonly windowErrors: readonly string[];
  readonly windowFailures: readonly string[];
  readonly slowestStartMs: number;
  readonly memory: Growth;
  /** Minutes that `memory` is of. */
  readonly memoryMinutes: number;
  readonly allowance: number;
};

const SAMPLE_MS = 5000;
/** Of shorter runs the last two thirds. */
const MEMORY_MINUTES = 20;

/** What Node is started with in the shipped program (app/nodeFlags.mjs). */
const NODE = { NODE_OPTIONS: '--max-semi-space-size=8', MALLOC_ARENA_MAX: '2' };

/** Rejects only when the program does not start any more, or fails at a call while it lives. */
export async function soak(options: SoakOptions): Promise<SoakReport> {
  const random = createRandom(options.seed);
  const place = await createPlace();
  const simulators = await startSimulators();
  const user = await openWindowUser(createRandom(options.seed + 1));
  try {
    return await soakAt(options, { random, place, simulators, user });
  } finally {
    await user?.close();
    await simulators.close();
    await place.remove();
  }
}

type World = {
  readonly random: ReturnType<typeof createRandom>;
  readonly place: Place;
  readonly simulators: Simulators;
  readonly user: WindowUser | null;
};

async function soakAt(options: SoakOptions, world: World): Promise<SoakReport> {
  const { random, place, simulators, user } = world;
  const { say } = options;
  const changer = createChanger(place.photosPath, random, options.photos);
  const editor = createEditor(random);
  for (let photo = 0; photo < options.photos; photo += 1) await changer.add();
  say(`${options.photos} photos are made; begun.`);
  simulators.tencent.behave({ latencyMs: 60 });
  const faults = injectFaults(simulators, createRandom(options.seed + 2), options.faultShare);

  const started = performance.now();
  const endMs = options.minutes * 60_000;
  const elapsedMs = (): number => performance.now() - started;
  const samples: Sample[] = [];
  const windowFailures: string[] = [];
  let kills = 0;
  let lives = 0;
  let slowestStartMs = 0;
  let changes = 0;
  let engine: Engine | null = null;

  const start = async (): Promise<Engine> => {
    lives += 1;
    const environment = { ...simulators.environment, ...NODE };
    engine = await startEngine(place, environment);
    slowestStartMs = Math.max(slowestStartMs, engine.startedWithinMs);
    return engine;
  };
  /** Files change also while nobody watches. */
  const changing = (async () => {
    while (elapsedMs() < endMs) {
      const dueMs = (changes * 1000) / options.filesPerSecond;
      const waitMs = dueMs - elapsedMs();
      if (waitMs > 0) await pause(waitMs);
      await changer.step();
      changes += 1;
    }
  })();

  try {
    while (elapsedMs() < endMs) {
      const running = await start();
      const { client } = running;
      if (lives === 1) {
        await prepareTagging(client);
        await client.folders.add({ paths: [place.photosPath] });
      }
      const bornMs = elapsedMs();
      const work = Promise.all([
        untilGone(running, 500, () => editor.step(client)),
        untilGone(running, 2000, () => keepTagging(client)),
        lookAt(user, running, windowFailures),
        untilGone(running, SAMPLE_MS, async () => {
          const bytes = residentBytes(running.pid);
          const atMs = elapsedMs();
          if (bytes !== null) samples.push({ atMs, life: lives, ageMs: atMs - bornMs, bytes });
        }),
      ]);
      // An early failure must not wait for the kill.
      const lifeMs = Math.min(options.secondsBetweenKills * 1000, endMs - elapsedMs());
      await Promise.race([pause(Math.max(0, lifeMs)), work]);
      user?.expectLoss();
      await running.kill();
      kills += 1;
      await work;
      const megabytes = Math.round((samples.at(-1)?.bytes ?? 0) / 1e6);
      say(
        `${(elapsedMs() / 60_000).toFixed(1)} min: kill ${kills}, ${changes} changes, ${changer.files.size} files, ${editor.edits} edits, ${simulators.tencent.requests.length} calls, ${megabytes} MB`,
      );
    }
    await changing;
    const seconds = elapsedMs() / 1000;
    faults.stop();
    simulators.tencent.calm();
    const verdict = await judgeAtRest(start, {
      libraryPath: place.libraryPath,
      photosPath: place.photosPath,
      changer,
      editor,
      simulators,
    });
    const memoryMinutes = Math.min(MEMORY_MINUTES, (options.minutes * 2) / 3);
    return {
      ...verdict,
      minutes: seconds / 60,
      kills,
      changer,
      changesPerSecond: changes / seconds,
      edits: editor.edits,
      editsUnanswered: editor.unanswered,
      calls: simulators.tencent.requests.length,
      faults: faults.injected,
      searches: user?.searches ?? null,
      windowErrors: user?.errors ?? [],
      windowFailures,
      slowestStartMs,
      memory: growthOf(samples, endMs - memoryMinutes * 60_000),
      memoryMinutes,
      allowance: AT_ONCE * kills,
    };
  } finally {
    await (engine as Engine | null)?.kill();
  }
}

/** Opens the window and works in it until the engine is gone. */
async function lookAt(user: WindowUser | null, engine: Engine, failures: string[]): Promise<void> {
  if (!user) return;
  try {
    await user.open(engine.door.url);
    while (!engine.gone.aborted) {
      await user.step();
      await pause(1500);
    }
  } catch (error) {
    if (engine.gone.aborted) return;
    failures.push(error instanceof Error ? (error.message.split('\n')[0] ?? '') : String(error));
  }
}

function pause(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}
