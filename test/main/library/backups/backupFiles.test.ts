import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import {
  backupName,
  listBackups,
  outdatedBackups,
  parseBackupName,
  unfinishedFiles,
} from '../../../../main/library/backups/backupFiles.ts';
import type { Backup, BackupReason } from '../../../../shared/backups.ts';

const HOUR = 3_600_000;
const NOW = Date.UTC(2026, 10, 21, 15, 0, 0);
const dayOf = (timeMs: number): string => new Date(timeMs).toISOString().slice(0, 10);

function backup(madeAtMs: number, reason: BackupReason = 'hourly'): Backup {
  return { file: `/b/${backupName(madeAtMs, reason, 7)}`, madeAtMs, reason, photos: 7, bytes: 1 };
}

describe('names of backups', () => {
  it('say when, why and how many photos', () => {
    expect(backupName(NOW, 'hourly', 84_112)).toBe('2026-11-21T15-00-00-000Z-hourly-84112.db');
    fc.assert(
      fc.property(
        fc.integer({ min: 0, max: 4_000_000_000_000 }),
        fc.constantFrom<BackupReason>('hourly', 'migration', 'manual', 'replaced'),
        fc.nat(9_999_999),
        (madeAtMs, reason, photos) => {
          expect(parseBackupName(backupName(madeAtMs, reason, photos))).toEqual({
            madeAtMs,
            reason,
            photos,
          });
        },
      ),
    );
  });

  it.each([
    'library.db',
    '2026-11-21T15-00-00-000Z-weekly-1.db',
    '2026-13-41T15-00-00-000Z-hourly-1.db',
    '.unfinished-1.db',
  ])('do not take %s for one', (name) => expect(parseBackupName(name)).toBeNull());
});

describe('listBackups', () => {
  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'tagroll-backups-'));
  });
  afterEach(() => rmSync(folder, { recursive: true, force: true }));

  it('lists the newest first and leaves out what is not finished', () => {
    writeFileSync(join(folder, backupName(NOW - HOUR, 'hourly', 1)), 'ab');
    writeFileSync(join(folder, backupName(NOW, 'manual', 2)), 'abc');
    writeFileSync(join(folder, '.unfinished-9.db'), 'abc');
    expect(listBackups(folder)).toMatchObject([
      { madeAtMs: NOW, reason: 'manual', photos: 2, bytes: 3 },
      { madeAtMs: NOW - HOUR, reason: 'hourly', photos: 1, bytes: 2 },
    ]);
    expect(unfinishedFiles(folder)).toEqual([join(folder, '.unfinished-9.db')]);
    expect(listBackups(join(folder, 'gone'))).toEqual([]);
  });
});

describe('outdatedBackups', () => {
  const hourly = Array.from({ length: 24 * 500 }, (_, hours) => backup(NOW - hours * HOUR));
  const outdated = new Set(outdatedBackups(hourly, NOW, dayOf));
  const kept = hourly.filter((one) => !outdated.has(one)).map(({ madeAtMs }) => madeAtMs);

  it('keeps three of today, the last of seven days and of twelve months', () => {
    const times = kept.map((madeAtMs) => new Date(madeAtMs).toISOString().slice(0, 13));
    expect(times).toEqual([
      ...['2026-11-21T15', '2026-11-21T14', '2026-11-21T13'],
      ...[20, 19, 18, 17, 16, 15, 14].map((day) => `2026-11-${day}T23`),
      ...['2026-10-31T23', '2026-09-30T23', '2026-08-31T23', '2026-07-31T23', '2026-06-30T23'],
      ...['2026-05-31T23', '2026-04-30T23', '2026-03-31T23', '2026-02-28T23', '2026-01-31T23'],
      '2025-12-31T23',
    ]);
  });

  it('never takes a person’s own away, and of the others leaves three', () => {
    const own = Array.from({ length: 20 }, (_, at) => backup(NOW - at * 900 * HOUR, 'manual'));
    const before = Array.from({ length: 5 }, (_, at) => backup(NOW - at * 900 * HOUR, 'migration'));
    const replaced = Array.from({ length: 4 }, (_, at) => backup(NOW - at * HOUR, 'replaced'));
    expect(outdatedBackups([...own, ...before, ...replaced], NOW, dayOf)).toEqual([
      ...replaced.slice(3),
      ...before.slice(3),
    ]);
  });

  it('keeps those of the future of a clock that was set back among the three of today', () => {
    const future = [1, 2, 3, 4].map((days) => backup(NOW + days * 24 * HOUR));
    expect(outdatedBackups(future, NOW, dayOf)).toEqual([future[0]]);
  });
});
