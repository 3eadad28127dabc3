import { mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { createSpareRoom } from '../../../main/library/spareRoom.ts';
import type { CallStep, StepOutcome } from '../../../main/library/tagging/callSteps.ts';
import type { Writer } from '../../../main/library/writer.ts';
import { silentLogger } from '../../../main/log.ts';
import { createBookkeeper, type SpareRoom } from '../../../main/tagging/bookkeeper.ts';
import { TagrollError } from '../../../shared/errors.ts';

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

const full = new TagrollError('disk_full', 'There is no room left.', { path: '/library' });

/** A library that writes only while it has room; every transaction is listed. */
function open(spare?: (disk: { hasRoom: boolean }) => SpareRoom) {
  const disk = { hasRoom: true };
  const written: string[][] = [];
  const blocked: (string | null)[] = [];
  const writer = {
    async run(_name: string, input: { steps: readonly CallStep[] }) {
      await Promise.resolve();
      if (!disk.hasRoom) throw full;
      written.push(input.steps.map((step) => step.name));
      return input.steps.map(
        (step): StepOutcome =>
          step.name === 'note'
            ? { error: { code: 'internal', message: 'no such service', data: {} } }
            : { output: { uploadIds: [1] } },
      );
    },
  } as unknown as Pick<Writer, 'run'>;
  const books = createBookkeeper({
    writer,
    logger: silentLogger,
    onBlocked: (error) => blocked.push(error?.code ?? null),
    ...(spare ? { spare: spare(disk) } : {}),
  });
  return { disk, written, blocked, books };
}

const begin = {
  service: 'tencent-tag',
  runId: null,
  month: '2026-01',
  now: 0,
  variant: '',
  price: {
    pricePerCallMicros: null,
    freeCallsPerMonth: 0,
    currency: 'CNY',
    capCalls: null,
    capMoneyMicros: null,
  },
  pictures: [],
} as const;
const finish = { service: 'tencent-tag', now: 0, variant: '', answers: [] } as const;
const note = { service: 'tencent-tag', code: '15' } as const;

describe('steps', () => {
  it('asked for together are one transaction, in order', async () => {
    const { books, written } = open();
    await Promise.all([books.write('finish', finish), books.begin(begin)]);
    expect(written).toEqual([['finish', 'begin']]);
  });

  it('gather while one is written', async () => {
    const { books, written } = open();
    const first = books.begin(begin);
    await Promise.resolve();
    const rest = [books.write('finish', finish), books.begin(begin), books.begin(begin)];
    await Promise.all([first, ...rest]);
    expect(written).toEqual([['begin'], ['finish', 'begin', 'begin']]);
  });

  it('fail by themselves without harming the others', async () => {
    const { books, blocked } = open();
    const [noted, begun] = await Promise.allSettled([
      books.write('note', note),
      books.begin(begin),
    ]);
    expect(noted).toMatchObject({ status: 'rejected', reason: { message: 'no such service' } });
    expect(begun.status).toBe('fulfilled');
    expect(blocked).toEqual([]);
  });
});

describe('a full disk', () => {
  it('lets no call begin, keeps the answers, and stores them when there is room', async () => {
    const { books, disk, written, blocked } = open();
    disk.hasRoom = false;
    const stored = books.write('finish', finish);
    await expect(books.begin(begin)).rejects.toBe(full);
    expect(books.blocked).toBe(full);
    await expect(books.begin(begin)).rejects.toBe(full);
    expect(books.unsaved).toBe(1);
    await vi.advanceTimersByTimeAsync(25_000);
    expect(written).toEqual([]);
    disk.hasRoom = true;
    await vi.advanceTimersByTimeAsync(10_000);
    await stored;
    expect(written).toEqual([['finish']]);
    expect(blocked).toEqual(['disk_full', null]);
    await books.begin(begin);
  });

  it('is noticed by a call that begins, too, and left when there is room', async () => {
    const { books, disk, blocked } = open();
    disk.hasRoom = false;
    await expect(books.begin(begin)).rejects.toBe(full);
    disk.hasRoom = true;
    await vi.advanceTimersByTimeAsync(10_000);
    expect(blocked).toEqual(['disk_full', null]);
  });

  it('gives up the room set aside, and no call begins before it is there again', async () => {
    let isKept = true;
    let canKeep = false;
    const { books, disk, written, blocked } = open((at) => ({
      keep: () => {
        isKept = isKept || canKeep;
        return isKept;
      },
      giveUp: () => {
        if (!isKept) return false;
        isKept = false;
        at.hasRoom = true;
        return true;
      },
    }));
    disk.hasRoom = false;
    const stored = books.write('finish', finish);
    await expect(books.begin(begin)).rejects.toBe(full);
    await stored;
    expect(written).toEqual([['finish']]);
    await expect(books.begin(begin)).rejects.toBe(full);
    // Answers that come now are stored at once.
    await books.write('finish', finish);
    expect(blocked).toEqual(['disk_full']);
    canKeep = true;
    await vi.advanceTimersByTimeAsync(10_000);
    expect(blocked).toEqual(['disk_full', null]);
  });

  it('does not hold up the end', async () => {
    const { books, disk } = open();
    disk.hasRoom = false;
    const stored = books.write('finish', finish);
    const lost = expect(stored).rejects.toThrow('closed');
    await vi.advanceTimersByTimeAsync(1);
    await books.close(5000);
    await lost;
    await expect(books.begin(begin)).rejects.toThrow();
  });
});

describe('the end', () => {
  it('waits for what is being written', async () => {
    const { books, written } = open();
    const stored = books.write('finish', finish);
    await books.close(5000);
    await stored;
    expect(written).toEqual([['finish']]);
  });
});

describe('room on the disk', () => {
  it('is kept, given up and kept again', () => {
    const base = mkdtempSync(join(tmpdir(), 'tagroll-room-'));
    const path = join(base, 'spare-room');
    const room = createSpareRoom(path);
    expect(room.giveUp()).toBe(false);
    expect(room.keep()).toBe(true);
    expect(statSync(path).size).toBeGreaterThan(4e6);
    expect(room.giveUp()).toBe(true);
    expect(statSync(path, { throwIfNoEntry: false })).toBeUndefined();
    expect(createSpareRoom(join(base, 'no', 'folder')).keep()).toBe(false);
    rmSync(base, { recursive: true });
  });
});
