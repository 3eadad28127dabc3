import { TagrollError } from '../../shared/errors.ts';
import type { WritableDB } from './database.ts';
import { migration as library } from './migrations/0001-library.ts';
import { migration as services } from './migrations/0002-services.ts';
import { migration as state } from './migrations/0003-state.ts';
import { migration as searches } from './migrations/0004-searches.ts';
import { migration as companions } from './migrations/0005-companions.ts';

type Migration = { readonly version: number; readonly sql: string };

/** In order. A shipped one is never changed; the next change of the schema is a new file. */
const MIGRATIONS: readonly Migration[] = [library, services, state, searches, companions];

/** The schema this program writes. */
export const SCHEMA_VERSION = MIGRATIONS.length;

/** Version of a library, 0 for a new one. */
export function schemaVersion(db: WritableDB): number {
  return db.pragma('user_version', { simple: true }) as number;
}

/**
 * Brings a library to `SCHEMA_VERSION`, one transaction a step, so that a step that fails leaves the
 * library as it was. Throws `library_newer` for a library that a later Tagroll wrote.
 */
export function migrate(db: WritableDB, upTo: number = SCHEMA_VERSION): void {
  const from = schemaVersion(db);
  if (from > SCHEMA_VERSION) {
    throw new TagrollError(
      'library_newer',
      `The library ${db.name} was written by a newer Tagroll (library version ${from}, this program knows ${SCHEMA_VERSION}). Update Tagroll to open it; nothing was changed.`,
      { path: db.name, found: from, known: SCHEMA_VERSION },
    );
  }
  for (const migration of MIGRATIONS) {
    if (migration.version <= from || migration.version > upTo) continue;
    db.transaction(() => {
      db.exec(migration.sql);
      db.pragma(`user_version = ${migration.version}`);
    })();
  }
}
