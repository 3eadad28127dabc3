/**
 * Broken pictures through the real decode workers and the real first pass. Every file has to end in a result,
 * within its time and memory, and the sound pictures between them must not notice.
 */
import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { createHeadReader } from '../../main/imaging/headReader.ts';
import { createImagingPool } from '../../main/imaging/pool.ts';
import type { ImageResult } from '../../main/imaging/types.ts';
import type { Logger } from '../../main/log.ts';
import { type MutationName, mutate } from './mutate.ts';
import { PICTURES } from './pictures.ts';
import { createRandom } from './random.ts';

export type FuzzOptions = {
  /** An empty folder of its own. */
  readonly folder: string;
  /** Broken files, 1 or more. */
  readonly count: number;
  /** The same seed gives the same files. */
  readonly seed: number;
  readonly workers: number;
  /** Kinds of `PICTURES` to break; default all. */
  readonly kinds?: readonly string[];
  readonly onProgress?: (done: number) => void;
};

/** A file that broke the rules, with what it takes to make it again. */
export type Offender = {
  readonly index: number;
  readonly kind: string;
  readonly mutations: readonly MutationName[];
  readonly what: string;
  readonly path: string;
};

export type FuzzReport = {
  /** Kind → outcome → files. Outcomes are `shown`, or the code of the failure. */
  readonly outcomes: ReadonlyMap<string, ReadonlyMap<string, number>>;
  /** What became of the unbroken file of each kind. */
  readonly unbroken: ReadonlyMap<string, string>;
  readonly offenders: readonly Offender[];
  readonly files: number;
  readonly neighbours: number;
  /** Pictures inside broken HEICs that could be shown before the whole was decoded. */
  readonly standIns: number;
  /** Workers that died with a file, each blamed on it. */
  readonly deaths: number;
  readonly slowestMs: number;
  readonly slowestHeadMs: number;
  /** Largest resident memory that a worker was seen with. */
  readonly largestWorkerBytes: number;
  readonly seconds: number;
};

/** A sound picture after so many broken ones. */
const NEIGHBOUR_EVERY = 10;
/** A file may be tried normally, alone, and once for its facts: each within the pool's 20 seconds. */
const MOST_MS = 65_000;
/** The first pass looks at thousands of files a second; one that takes this long is led in circles. */
const MOST_HEAD_MS = 2000;
const SAMPLE_MS = 20;
/** What a photo that is tried alone may take, and what it takes to notice. */
const MOST_WORKER_BYTES = 1_800_000_000;

/** Breaks `count` pictures and looks at each as Tagroll does. Rejects only when it cannot work at all. */
export async function fuzz(options: FuzzOptions): Promise<FuzzReport> {
  const started = performance.now();
  const chosen = PICTURES.filter(({ kind }) => options.kinds?.includes(kind) ?? true);
  const originals = await Promise.all(
    chosen.map(async (picture) => ({ ...picture, bytes: await picture.make() })),
  );
  let deaths = 0;
  const logger: Logger = {
    info: () => undefined,
    warn: (message) => {
      if (message === 'decode worker ended') deaths += 1;
    },
    error: () => undefined,
  };
  const thumbnailFolder = join(options.folder, 'thumbnails');
  const pool = createImagingPool({ workers: options.workers, thumbnailFolder, logger });
  const heads = createHeadReader();
  const outcomes = new Map<string, Map<string, number>>();
  const unbroken = new Map<string, string>();
  const offenders: Offender[] = [];
  let neighbours = 0;
  let standIns = 0;
  let slowestMs = 0;
  let slowestHeadMs = 0;
  let largestWorkerBytes = 0;
  const sampling = setInterval(() => {
    for (const pid of pool.pids()) {
      largestWorkerBytes = Math.max(largestWorkerBytes, residentBytes(pid));
    }
  }, SAMPLE_MS);

  const index = async (path: string): Promise<{ result: ImageResult; tookMs: number }> => {
    const before = performance.now();
    const result = await pool.index({ photoId: 1, path: Buffer.from(path) });
    return { result, tookMs: performance.now() - before };
  };

  const lookAtHead = async (
    path: string,
    sizeBytes: number,
  ): Promise<{ headMs: number; complaint: string | null }> => {
    const name = Buffer.from(path.slice(path.lastIndexOf('/') + 1));
    const job = { photoId: 1, path: Buffer.from(path), name, sizeBytes, mtimeUs: 0 };
    const before = performance.now();
    const [answer] = await heads.read([job]);
    const headMs = performance.now() - before;
    const facts = answer && 'facts' in answer.outcome ? answer.outcome.facts : null;
    if (!facts?.embedded) return { headMs, complaint: null };
    const { offset, bytes } = facts.embedded;
    if (!(offset >= 0 && bytes > 0 && offset + bytes <= sizeBytes)) {
      return { headMs, complaint: `a thumbnail of ${bytes} bytes at ${offset}` };
    }
    return { headMs, complaint: facts.format === 'heic' ? await lookAtStandIn(path) : null };
  };

  const lookAtStandIn = async (path: string): Promise<string | null> => {
    const jpeg = await pool.standIn(
      { photoId: 1, path: Buffer.from(path) },
      new AbortController().signal,
    );
    if (jpeg === null) return null;
    standIns += 1;
    return Buffer.from(jpeg).readUInt16BE(0) === 0xffd8 ? null : 'a stand-in that is no JPEG';
  };

  try {
    for (const { kind, extension, bytes } of originals) {
      const path = join(options.folder, `${kind}.${extension}`);
      writeFileSync(path, bytes);
      unbroken.set(kind, outcomeOf((await index(path)).result));
      outcomes.set(kind, new Map());
    }
    const [neighbour] = originals;
    if (!neighbour) throw new Error('There is no picture of these kinds.');
    const neighbourPath = join(options.folder, `neighbour.${neighbour.extension}`);
    writeFileSync(neighbourPath, neighbour.bytes);

    let next = 0;
    const breakNext = async (): Promise<void> => {
      for (let number = next++; number < options.count; number = next++) {
        // Each file has numbers of its own: it can be made again without those before it.
        const random = createRandom(options.seed * 1_000_003 + number);
        const original = originals[number % originals.length] ?? neighbour;
        const other = random.pick(originals);
        const { bytes, mutations } = mutate(original.bytes, random, other.bytes);
        const extension = random.next() < 0.05 ? other.extension : original.extension;
        const path = join(options.folder, `${number}.${extension}`);
        writeFileSync(path, bytes);
        const offend = (what: string): void => {
          offenders.push({ index: number, kind: original.kind, mutations, what, path });
        };
        let isKept = false;
        try {
          const { headMs, complaint: ofHead } = await lookAtHead(path, bytes.length);
          if (ofHead) offend(ofHead);
          slowestHeadMs = Math.max(slowestHeadMs, headMs);
          if (headMs > MOST_HEAD_MS) offend(`its head took ${Math.round(headMs)} ms`);
          const { result, tookMs } = await index(path);
          slowestMs = Math.max(slowestMs, tookMs);
          if (tookMs > MOST_MS) offend(`it took ${Math.round(tookMs)} ms`);
          count(outcomes, original.kind, outcomeOf(result));
          const complaint = complaintAbout(result, path);
          if (complaint) offend(complaint);
          isKept = offenders.some((offender) => offender.index === number);
        } catch (error) {
          isKept = true;
          count(outcomes, original.kind, 'rejected');
          offend(`rejected: ${error instanceof Error ? error.message : String(error)}`);
        }
        if (!isKept) rmSync(path);
        if (number % NEIGHBOUR_EVERY === 0) {
          neighbours += 1;
          const { result } = await index(neighbourPath);
          if (result.failure || result.facts.thumbHash === null) {
            offend(`a sound neighbour ended as ${outcomeOf(result)}`);
          }
        }
        options.onProgress?.(number + 1);
      }
    };
    // More than there are workers, so that every worker always has a neighbour that waits.
    await Promise.all(Array.from({ length: options.workers * 2 }, breakNext));
  } finally {
    clearInterval(sampling);
    await Promise.all([pool.close(), heads.close()]);
  }
  if (largestWorkerBytes > MOST_WORKER_BYTES) {
    const what = `a worker had ${Math.round(largestWorkerBytes / 1e6)} MB`;
    offenders.push({ index: -1, kind: '', mutations: [], what, path: '' });
  }
  return {
    outcomes,
    unbroken,
    offenders,
    files: options.count,
    neighbours,
    standIns,
    deaths,
    slowestMs,
    slowestHeadMs,
    largestWorkerBytes,
    seconds: (performance.now() - started) / 1000,
  };
}

function outcomeOf({ failure, facts }: ImageResult): string {
  if (failure === null) return 'shown';
  return failure.code === 'damaged' && facts.thumbHash !== null ? 'shown in part' : failure.code;
}

/** What is wrong with a result; null: nothing. */
function complaintAbout({ failure, facts }: ImageResult, path: string): string | null {
  if (failure && !failure.message.includes(path)) return `unnamed: ${failure.message}`;
  // Ours, not the file's: a mistake of Tagroll that was caught.
  if (failure?.message.includes('Please report this')) return failure.message;
  if (failure?.code === 'unreadable' || failure?.code === 'vanished') return failure.message;
  if (failure === null && facts.thumbHash === null) return 'neither a picture nor a reason';
  const sides = [facts.width, facts.height];
  if (sides.some((side) => side !== null && !(Number.isInteger(side) && side > 0))) {
    return `a size of ${sides.join(' × ')}`;
  }
  return null;
}

function count(table: Map<string, Map<string, number>>, kind: string, outcome: string): void {
  const row = table.get(kind) ?? new Map<string, number>();
  row.set(outcome, (row.get(outcome) ?? 0) + 1);
  table.set(kind, row);
}

const PAGE_BYTES = 4096;

/** 0 where the system does not tell, or the process is gone. */
function residentBytes(pid: number): number {
  try {
    return Number(readFileSync(`/proc/${pid}/statm`, 'utf8').split(' ')[1]) * PAGE_BYTES;
  } catch {
    return 0;
  }
}
