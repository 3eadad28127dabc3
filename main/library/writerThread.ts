/** The thread that writes: opens and migrates the library, then runs one operation after the other. */
import { parentPort, workerData } from 'node:worker_threads';
import { serializeError } from '../../shared/errors.ts';
import { makeBackupAtOnce } from './backups/makeBackup.ts';
import { ChangeLog } from './changes.ts';
import { openWritable, type WritableDB } from './database.ts';
import { toLibraryError } from './failures.ts';
import { migrate, SCHEMA_VERSION, schemaVersion } from './migrate.ts';
import { type OperationName, runOperation } from './operations.ts';
import type { WriterReply, WriterRequest } from './writer.ts';

const { databasePath, backupFolder } = workerData as {
  databasePath: string;
  backupFolder: string | null;
};

function reply(message: WriterReply): void {
  parentPort?.postMessage(message);
}

function open(): WritableDB | null {
  let db: WritableDB | null = null;
  try {
    db = openWritable(databasePath);
    backUpBeforeMigration(db);
    migrate(db);
    return db;
  } catch (error) {
    db?.close();
    reply({
      kind: 'failed-to-open',
      error: serializeError(toLibraryError(error, databasePath)),
    });
    return null;
  }
}

/** A library that cannot be backed up is not changed: a step that does more harm than it says could not be undone. */
function backUpBeforeMigration(db: WritableDB): void {
  const version = schemaVersion(db);
  if (backupFolder === null || version === 0 || version >= SCHEMA_VERSION) return;
  makeBackupAtOnce({ databasePath, folder: backupFolder, reason: 'migration', now: Date.now });
}

const db = open();
if (db) {
  parentPort?.on('message', (message: WriterRequest) => {
    if (message.kind === 'close') {
      db.pragma('optimize');
      db.close();
      parentPort?.close();
      return;
    }
    const changes = new ChangeLog();
    try {
      const output = runOperation(db, message.name as OperationName, message.input, changes);
      reply({ kind: 'done', id: message.id, output, changes: changes.summary() });
      // The tables that a scan compares are as large as the library and are needed once an hour.
      if (message.name === 'finishScan') db.pragma('shrink_memory');
    } catch (error) {
      reply({
        kind: 'failed',
        id: message.id,
        error: serializeError(toLibraryError(error, databasePath)),
      });
    }
  });
  reply({ kind: 'ready' });
}
