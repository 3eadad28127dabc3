/** No picture is paid for twice, whatever happens to its files, to the program or to the library. */
import { copyFileSync, cpSync, renameSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, expect, it, vi } from 'vitest';
import type { Photo } from '../../shared/model.ts';
import {
  openPaidCalls,
  type PaidCalls,
  rate,
  type Tagged,
  untilReceived,
  writeAlbum,
} from '../helpers/paidCalls.ts';

// Each command is a process that opens the library: a loaded machine needs its time.
vi.setConfig({ testTimeout: 180_000, hookTimeout: 120_000 });

const PICTURES = 250;
const DUPLICATES = 50;
const CHANGED = 20;
const PHOTOS = PICTURES + DUPLICATES;
const AT_ONCE = 6;
const KILLS = 3;

const SERVICE = 'tencent-tag';
const TAG = ['tag', '--service', SERVICE];

let desk: PaidCalls;
const received = (): number => desk.simulators.tencent.counters(SERVICE).received;

beforeAll(async () => {
  desk = await openPaidCalls();
  await writeAlbum(desk.photos, PICTURES);
  for (let index = 0; index < DUPLICATES; index += 1) {
    copyFileSync(join(desk.photos, `${index}.jpg`), join(desk.photos, `copy of ${index}.jpg`));
  }
});
afterAll(() => desk.close());

beforeEach(async () => {
  desk.simulators.tencent.calm();
  desk.simulators.tencent.forget();
  await desk.newLibrary();
  await desk.answer(['settings', `${SERVICE}.concurrency`, String(AT_ONCE)]);
});

/** Renames some photos, and gives others stars as another program does. */
function changeFiles(name: string): void {
  for (let index = 100; index < 100 + CHANGED; index += 1) {
    const path = join(desk.photos, `${index}.jpg`);
    const other = join(desk.photos, `${name} ${index}.jpg`);
    renameSync(path, other);
    renames.push([path, other]);
  }
  for (let index = 130; index < 130 + CHANGED; index += 1) {
    rate(join(desk.photos, `${index}.jpg`), 1 + (index % 5));
  }
}
const renames: [before: string, after: string][] = [];

async function expectAllTagged(): Promise<void> {
  const { photos } = await desk.answer<{ photos: Photo[] }>(['search', '--limit', '1000']);
  expect(photos).toHaveLength(PHOTOS);
  const untagged = photos.filter((photo) => photo.tags.every((tag) => tag.source !== SERVICE));
  expect(untagged.map((photo) => photo.path)).toEqual([]);
  expect(await desk.answer(['check'])).toEqual({ ok: true, problems: [] });
}

it('sends each picture once: copies, renames and stars cost nothing', async () => {
  const first = await desk.answer<Tagged>(TAG);
  expect(first).toMatchObject({
    considered: PHOTOS,
    alreadyKnown: DUPLICATES,
    calls: PICTURES,
    photosTagged: PICTURES,
    failed: [],
  });
  expect(received()).toBe(PICTURES);

  const before = await hashes();
  changeFiles('renamed');
  expect(await desk.answer(['index'])).toMatchObject({ moved: CHANGED, changed: CHANGED });
  const after = await hashes();
  const rated = [...after].filter(([path, each]) => {
    const old = before.get(path);
    return old && old.fileHash !== each.fileHash && old.imageHash === each.imageHash;
  });
  expect(rated).toHaveLength(CHANGED);

  const again = await desk.answer<Tagged>(TAG);
  expect(again).toMatchObject({ considered: PHOTOS, alreadyKnown: PHOTOS, calls: 0 });
  expect(received()).toBe(PICTURES);
  const { counters } = desk.simulators.tencent;
  expect(counters(SERVICE)).toMatchObject({ accepted: PICTURES, picturesAccepted: PICTURES });
  expect(await desk.uploads()).toHaveLength(PICTURES);
  await expectAllTagged();

  // A folder that is taken out and added again, one that is read anew, a copy of the library.
  await desk.answer(['folders', 'remove', desk.photos]);
  expect(await desk.answer(['search'])).toMatchObject({ total: 0 });
  await desk.answer(['index', desk.photos]);
  expect(await desk.answer<Tagged>(TAG)).toMatchObject({ considered: PHOTOS, calls: 0 });
  await desk.answer(['index']);
  const copy = join(desk.base, 'copied library');
  cpSync(desk.library, copy, { recursive: true });
  desk.library = copy;
  expect(await desk.answer<Tagged>(TAG)).toMatchObject({ considered: PHOTOS, calls: 0 });
  expect(received()).toBe(PICTURES);
  await expectAllTagged();
  for (const [path, other] of renames.splice(0)) renameSync(other, path);
});

it('repeats at most the calls that were under way when it was killed', async () => {
  desk.simulators.tencent.behave({ latencyMs: 40 });
  const stored = new Set<string>();
  for (let kill = 1; kill <= KILLS; kill += 1) {
    const wanted = received() + 10 + Math.floor(Math.random() * 45);
    const child = desk.start(TAG);
    await untilReceived(received, wanted);
    await new Promise((resolve) => setTimeout(resolve, Math.random() * 60));
    await child.kill('SIGKILL');
    if (kill === 1) changeFiles('killed');
    if (kill === 1) await desk.answer(['index']);
    expectNoneAskedAgain(stored);
    for (const upload of await desk.uploads()) {
      if (upload.status === 'answered') stored.add(upload.requestId ?? '');
    }
  }
  expect(stored.size).toBeGreaterThan(0);
  const last = await desk.answer<Tagged>(TAG);
  expect(last.failed).toEqual([]);
  expectNoneAskedAgain(stored);

  const most = KILLS * AT_ONCE;
  const { requests } = desk.simulators.tencent;
  expect(received()).toBeGreaterThanOrEqual(PICTURES);
  expect(received()).toBeLessThanOrEqual(PICTURES + most);
  expect(new Set(requests.map(pictureOf)).size).toBe(PICTURES);

  const ledger = await desk.uploads();
  const answered = ledger.filter(({ status }) => status === 'answered');
  const lost = ledger.filter(({ status }) => status === 'unknown');
  expect(answered).toHaveLength(PICTURES);
  expect(answered.length + lost.length).toBe(ledger.length);
  // A call that was reserved and cut short before it left is counted, too: at most so many.
  expect(ledger.length).toBeGreaterThanOrEqual(received());
  expect(ledger.length).toBeLessThanOrEqual(PICTURES + most);
  await expectAllTagged();
});

/** A picture of a stored answer never arrives after it. */
function expectNoneAskedAgain(stored: ReadonlySet<string>): void {
  const { requests } = desk.simulators.tencent;
  const known = new Set<string>();
  const again = requests.filter((request) => {
    const isAgain = known.has(pictureOf(request));
    if (stored.has(request.requestId)) known.add(pictureOf(request));
    return isAgain;
  });
  expect(again.map(({ number }) => number)).toEqual([]);
}

function pictureOf(request: PaidCalls['simulators']['tencent']['requests'][number]): string {
  return request.pictures[0]?.bytesHash ?? `request ${request.number}`;
}

async function hashes(): Promise<Map<string, Pick<Photo, 'fileHash' | 'imageHash'>>> {
  const { photos } = await desk.answer<{ photos: Photo[] }>(['search', '--limit', '1000']);
  return new Map(photos.map((photo) => [photo.path, photo]));
}
