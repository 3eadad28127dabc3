import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import {
  type BackupClock,
  createBackupClock,
} from '../../../../main/library/backups/backupClock.ts';
import { listBackups } from '../../../../main/library/backups/backupFiles.ts';
import { type Library, openLibrary } from '../../../../main/library/open.ts';
import { silentLogger } from '../../../../main/log.ts';

const MINUTE = 60_000;

let path: string;
let library: Library;
let clock: BackupClock;
let nowMs = Date.UTC(2026, 10, 21, 15, 0, 0);
let failures: string[];
let changes = 0;

beforeEach(async () => {
  path = mkdtempSync(join(tmpdir(), 'tagroll-clock-'));
  failures = [];
  changes = 0;
  library = await openLibrary({ path, now: () => nowMs, onChanges: () => undefined });
  clock = start(library.backupFolder);
});
afterEach(async () => {
  await clock.close();
  await library.close();
  rmSync(path, { recursive: true, force: true });
});

function start(folder: string): BackupClock {
  return createBackupClock({
    db: library.db,
    databasePath: library.databasePath,
    folder,
    now: () => nowMs,
    logger: silentLogger,
    onChanged: () => {
      changes += 1;
    },
    onFailed: (error) => failures.push(error.message),
    lookEveryMs: 1e9,
    firstLookMs: 1e9,
  });
}

const count = (): number => listBackups(library.backupFolder).length;
const change = (value: number): Promise<unknown> =>
  library.writer.run('setSetting', { key: 'lens', value });

describe('backups by themselves', () => {
  it('are made hourly, and only of a library that has changed', async () => {
    await clock.look();
    expect(count()).toBe(1);
    await change(1);
    nowMs += 59 * MINUTE;
    await clock.look();
    expect(count()).toBe(1);
    nowMs += 2 * MINUTE;
    await clock.look();
    expect(count()).toBe(2);
    nowMs += 120 * MINUTE;
    await clock.look();
    expect(count()).toBe(2);
    expect(changes).toBe(2);
  });

  it('count what a person made beside the photos as a change', async () => {
    await clock.look();
    nowMs += 61 * MINUTE;
    await library.writer.run('saveSearch', {
      name: 'Dogs',
      query: 'tag:dog',
      threshold: null,
      sort: 'taken',
      ascending: false,
    });
    await clock.look();
    expect(count()).toBe(2);
  });

  it('go on when the clock was set back', async () => {
    await clock.look();
    await change(1);
    nowMs -= 30 * 24 * 60 * MINUTE;
    await clock.look();
    expect(count()).toBe(2);
  });

  it('tell of a failure once, and go on', async () => {
    const folder = join(path, 'no folder');
    writeFileSync(folder, '');
    const failing = start(folder);
    await failing.look();
    await failing.look();
    expect(failures).toHaveLength(1);
    await failing.close();
    await clock.look();
    expect(count()).toBe(1);
  });
});
