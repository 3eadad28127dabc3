/**
 * Which state the library is in, so that what is derived from it and kept elsewhere can tell whether it
 * still holds, and what to read anew where little has changed since. Frozen once shipped.
 */
export const migration = {
  version: 3,
  sql: `
-- One row. The token is another one after each change, also when an old copy of the library is put back.
CREATE TABLE library_state (
  id              INTEGER PRIMARY KEY CHECK (id = 1),
  number          INTEGER NOT NULL,
  token           BLOB    NOT NULL
) STRICT;
INSERT INTO library_state (id, number, token) VALUES (1, 0, randomblob(8));

-- The last changes, each with the state that it led to; older rows are deleted.
CREATE TABLE change (
  number          INTEGER PRIMARY KEY,
  token           BLOB    NOT NULL,
  -- Rising ids of the photos that changed or went, as differences of seven bits a byte; null: too many.
  photo_ids       BLOB,
  folders         INTEGER NOT NULL,
  tags            INTEGER NOT NULL
) STRICT;
INSERT INTO change (number, token, photo_ids, folders, tags)
  SELECT number, token, x'', 0, 0 FROM library_state;
`,
} as const;
