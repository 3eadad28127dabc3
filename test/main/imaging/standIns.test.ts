import { describe, expect, it } from 'vitest';
import {
  createStandIns,
  type StandInPool,
  type StandInsOptions,
} from '../../../main/imaging/standIns.ts';
import type { PhotoFile } from '../../../main/library/photos.ts';

const NEVER = new AbortController().signal;

function file(id: number, mtimeUs = 1): PhotoFile {
  return {
    id,
    path: Buffer.from(`/${id}.heic`),
    rootPath: Buffer.from('/'),
    sizeBytes: 1,
    mtimeUs,
    isChanged: false,
    format: 'heic',
    imageHash: null,
    orientation: 1,
    embedded: { offset: 24, bytes: 500 },
  };
}

/** A pool that answers with the photo's id, null for photo 0, and remembers what it was asked for. */
function counting(times: Pick<StandInsOptions, 'idleMs' | 'retryAfterMs'> = {}) {
  const asked: number[] = [];
  const counts = { opened: 0, closed: 0 };
  const pool: StandInPool = {
    standIn: async ({ photoId }, signal) => {
      asked.push(photoId);
      return photoId === 0 || signal.aborted ? null : Buffer.from([photoId & 255]);
    },
    close: async () => {
      counts.closed += 1;
    },
  };
  const openPool = (): StandInPool => {
    counts.opened += 1;
    return pool;
  };
  const standIns = createStandIns({ openPool, ...times });
  return { asked, counts, standIns };
}

describe('stand-ins', () => {
  it('are made once, also those that there are none of', async () => {
    const { asked, standIns } = counting();
    for (const id of [1, 1, 0, 0, 1]) {
      const jpeg = await standIns.get(file(id), NEVER);
      expect(jpeg).toEqual(id === 0 ? null : Buffer.from([id]));
    }
    expect(asked).toEqual([1, 0]);
  });

  it('are made anew of a file that changed', async () => {
    const { asked, standIns } = counting();
    await standIns.get(file(1), NEVER);
    await standIns.get(file(1, 2), NEVER);
    expect(asked).toEqual([1, 1]);
  });

  it('are tried again after a while where there were none: a disk may be back', async () => {
    const { asked, standIns } = counting({ retryAfterMs: 0 });
    for (const id of [0, 0, 1, 1]) await standIns.get(file(id), NEVER);
    expect(asked).toEqual([0, 0, 1]);
  });

  it('are asked for again where somebody only gave up waiting', async () => {
    const { standIns } = counting();
    expect(await standIns.get(file(1), AbortSignal.abort())).toBeNull();
    expect(await standIns.get(file(1), NEVER)).toEqual(Buffer.from([1]));
  });

  it('take little memory: those that nobody asked for lately are let go', async () => {
    const { asked, standIns } = counting();
    for (let id = 1; id <= 1000; id += 1) {
      await standIns.get(file(id), NEVER);
      await standIns.get(file(1), NEVER);
    }
    expect(asked).toHaveLength(1000);
    await standIns.get(file(2), NEVER);
    expect(asked).toHaveLength(1001);
  });

  it('have workers of their own only while somebody asks', async () => {
    const { counts, standIns } = counting({ idleMs: 1 });
    expect(counts).toEqual({ opened: 0, closed: 0 });
    await standIns.get(file(1), NEVER);
    await expect.poll(() => counts).toEqual({ opened: 1, closed: 1 });
    await standIns.get(file(2), NEVER);
    expect(counts.opened).toBe(2);
    await standIns.close();
    await expect.poll(() => counts).toEqual({ opened: 2, closed: 2 });
    expect(await standIns.get(file(3), NEVER)).toBeNull();
    expect(counts.opened).toBe(2);
  });
});
