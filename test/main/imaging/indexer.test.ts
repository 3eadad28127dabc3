import { mkdtempSync, renameSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { createIndexer } from '../../../main/imaging/indexer.ts';
import { ChangeLog } from '../../../main/library/changes.ts';
import { type OperationName, runOperation } from '../../../main/library/operations.ts';
import { photosByIds } from '../../../main/library/photos.ts';
import type { Writer } from '../../../main/library/writer.ts';
import { silentLogger } from '../../../main/log.ts';
import { failedResult, imageResult } from '../../helpers/images.ts';
import { createTestLibrary, insertPhoto, NOW } from '../../helpers/library.ts';

let base = '';
beforeEach(() => {
  base = mkdtempSync(join(tmpdir(), 'tagroll-indexer-'));
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
  rmSync(base, { recursive: true });
});

describe('a root that goes away while its photos are read', () => {
  it('costs them nothing, also when it is back before anybody looked', async () => {
    const { db, folderId } = createTestLibrary(base);
    const id = insertPhoto(db, folderId, 'a.jpg', { stage: 1 });
    const vanished: number[] = [];
    let reads = 0;
    const indexer = createIndexer({
      db,
      writer: {
        run: async (name: OperationName, input: unknown) =>
          runOperation(db, name, input, new ChangeLog()),
        close: async () => undefined,
      } as Writer,
      heads: { read: async () => [], close: async () => undefined },
      pool: {
        workers: 1,
        index: async () => {
          reads += 1;
          if (reads > 1) return imageResult('a');
          renameSync(base, `${base}-away`);
          return failedResult('vanished');
        },
        preview: async () => null,
        standIn: async () => null,
        upload: () => Promise.reject(new Error('not asked for')),
        close: async () => undefined,
      },
      logger: silentLogger,
      now: () => NOW,
      isPaused: () => false,
      onVanished: (photoId) => vanished.push(photoId),
      onBlocked: () => undefined,
      onProgress: () => undefined,
    });
    const state = () => photosByIds(db, [id])[0]?.state;
    indexer.wake();
    // The disk is asked whether the root is there.
    await vi.waitFor(() => expect([reads, vanished, state()]).toEqual([1, [id], 'pending']));
    renameSync(`${base}-away`, base);
    await vi.advanceTimersByTimeAsync(15_000);
    expect([reads, state()]).toEqual([2, 'ok']);
    await indexer.close();
  });
});

describe('a file that was gone when it was to be read', () => {
  it('is looked for once that is written: it may be back already', async () => {
    const { db, folderId } = createTestLibrary(base);
    const id = insertPhoto(db, folderId, 'a.jpg', { stage: 1 });
    const told: string[] = [];
    const indexer = createIndexer({
      db,
      writer: {
        run: async (name: OperationName, input: unknown) => {
          told.push(name);
          return runOperation(db, name, input, new ChangeLog());
        },
        close: async () => undefined,
      } as Writer,
      heads: { read: async () => [], close: async () => undefined },
      pool: {
        workers: 1,
        index: async () => failedResult('vanished'),
        preview: async () => null,
        standIn: async () => null,
        upload: () => Promise.reject(new Error('not asked for')),
        close: async () => undefined,
      },
      logger: silentLogger,
      now: () => NOW,
      isPaused: () => false,
      onVanished: (photoId) => told.push(`look for ${photoId}`),
      onBlocked: () => undefined,
      onProgress: () => undefined,
    });
    vi.useRealTimers();
    indexer.wake();
    await expect.poll(() => told).toEqual(['saveImages', `look for ${id}`]);
    await indexer.close();
  });
});

describe('results', () => {
  /** An indexer over photos that wait; each is read when its name is called. */
  function startReading(names: readonly string[]) {
    const { db, folderId } = createTestLibrary(base);
    const ids = names.map((name) => insertPhoto(db, folderId, name, { stage: 1 }));
    const finish = new Map<number, () => void>();
    const indexer = createIndexer({
      db,
      writer: {
        run: async (name: OperationName, input: unknown) =>
          runOperation(db, name, input, new ChangeLog()),
        close: async () => undefined,
      } as Writer,
      heads: { read: async () => [], close: async () => undefined },
      pool: {
        workers: 2,
        index: ({ photoId }) =>
          new Promise((resolve) => {
            finish.set(photoId, () => resolve(imageResult(String(photoId))));
          }),
        preview: async () => null,
        standIn: async () => null,
        upload: () => Promise.reject(new Error('not asked for')),
        close: async () => undefined,
      },
      logger: silentLogger,
      now: () => NOW,
      isPaused: () => false,
      onVanished: () => undefined,
      onBlocked: () => undefined,
      onProgress: () => undefined,
    });
    const read = async (id: number | undefined, waitMs: number): Promise<void> => {
      finish.get(id ?? 0)?.();
      await vi.advanceTimersByTimeAsync(waitMs);
    };
    const states = () => photosByIds(db, ids).map((photo) => photo.state);
    return { indexer, ids, read, states };
  }

  it('are written at once when nothing is at work any more, and after a second otherwise', async () => {
    const { indexer, ids, read, states } = startReading(['a.jpg', 'b.jpg', 'c.jpg']);
    indexer.wake();
    await vi.advanceTimersByTimeAsync(10);
    await read(ids[0], 900);
    expect(states()).toEqual(['pending', 'pending', 'pending']);
    await vi.advanceTimersByTimeAsync(200);
    expect(states()).toEqual(['ok', 'pending', 'pending']);
    await read(ids[1], 0);
    await read(ids[2], 10);
    expect(states()).toEqual(['ok', 'ok', 'ok']);
    await indexer.close();
  });

  it('that somebody looks at are written soon, with those that waited already', async () => {
    const { indexer, ids, read, states } = startReading(['a.jpg', 'b.jpg', 'c.jpg']);
    indexer.setOnScreen(ids.slice(1, 2));
    indexer.wake();
    await vi.advanceTimersByTimeAsync(10);
    await read(ids[0], 10);
    await read(ids[1], 150);
    expect(states()).toEqual(['ok', 'ok', 'pending']);
    await read(ids[2], 10);
    await indexer.close();
  });
});
