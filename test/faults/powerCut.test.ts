/** The power goes while Tagroll writes: what the disk held at that moment is opened again. */
import { cpSync, existsSync, mkdirSync } from 'node:fs';
import { basename, join } from 'node:path';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { createPlace, type Place } from '../e2e/door.ts';
import { createRandom } from '../fuzz/random.ts';
import { runTagroll } from '../helpers/commandLine.ts';
import { createChanger } from '../soak/changer.ts';
import { createEditor } from '../soak/editor.ts';
import { type Engine, startEngine } from '../soak/engine.ts';
import { readEdits } from '../soak/verdict.ts';
import { until, untilGone } from './killUnderLoad.ts';

vi.setConfig({ testTimeout: 180_000 });

const CUTS = 3;
const PHOTOS = 60;

let place: Place;
beforeEach(async () => {
  place = await createPlace();
});
afterEach(() => place.remove());

/** The files as they lie there while the process stands still, with its write-ahead log. */
function copyAtOnce(engine: Engine, copy: string): void {
  process.kill(engine.pid, 'SIGSTOP');
  try {
    mkdirSync(copy);
    // Who held the library is gone with the power.
    cpSync(place.libraryPath, copy, {
      recursive: true,
      filter: (path) => basename(path) !== 'lock',
    });
  } finally {
    process.kill(engine.pid, 'SIGCONT');
  }
}

it.skipIf(process.platform === 'win32')(
  'keeps all that was acknowledged before it, and is whole',
  async () => {
    const random = createRandom(Date.now());
    const changer = createChanger(place.photosPath, random, PHOTOS);
    const editor = createEditor(random);
    for (let photo = 0; photo < PHOTOS; photo += 1) await changer.add();
    const engine = await startEngine(place, {});
    const cuts: { copy: string; kept: ReadonlySet<string> }[] = [];
    try {
      await engine.client.folders.add({ paths: [place.photosPath] });
      const work = Promise.all([
        untilGone(engine, 0, () => editor.step(engine.client)),
        untilGone(engine, 20, () => changer.step()),
      ]);
      for (let cut = 1; cut <= CUTS; cut += 1) {
        const wanted = editor.edits + 1 + random.below(8);
        await until(() => editor.edits >= wanted, 60_000);
        await new Promise((resolve) => setTimeout(resolve, random.below(60)));
        const kept = editor.kept;
        const copy = join(place.homePath, `cut ${cut}`);
        copyAtOnce(engine, copy);
        cuts.push({ copy, kept });
      }
      await engine.kill();
      await work;
    } finally {
      await engine.kill();
    }
    expect(cuts.at(-1)?.kept.size).toBeGreaterThan(0);
    expect(cuts.some(({ copy }) => existsSync(join(copy, 'library.db-wal')))).toBe(true);
    for (const { copy, kept } of cuts) {
      const checked = await runTagroll(['check', '--library', copy, '--json']);
      const { ok, problems } = checked.json<{ ok: boolean; problems: { repaired: boolean }[] }>();
      // A thumbnail that was only half on its way is made again; nothing else may be amiss.
      expect(problems.filter(({ repaired }) => !repaired)).toEqual([]);
      expect(ok).toBe(true);
      const edits = readEdits(copy);
      // A tag that was taken away again between the two looks is not missed.
      const lost = [...kept].filter((tag) => !edits.has(tag) && !editor.removed.has(tag));
      expect(lost.filter((tag) => editor.kept.has(tag))).toEqual([]);
    }
  },
);
