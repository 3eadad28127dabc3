/** Searches that a person keeps, and the last ones they made. Frozen once shipped. */
export const migration = {
  version: 4,
  sql: `
CREATE TABLE saved_search (
  id              INTEGER PRIMARY KEY AUTOINCREMENT,
  name            TEXT    NOT NULL,
  query           TEXT    NOT NULL,
  -- The confidence lens; null follows the window's.
  threshold       INTEGER CHECK (threshold BETWEEN 0 AND 100),
  sort            TEXT    NOT NULL,
  ascending       INTEGER NOT NULL CHECK (ascending IN (0, 1)),
  -- 0 is the first; without gaps.
  place           INTEGER NOT NULL
) STRICT;

-- The newest has the highest id.
CREATE TABLE recent_search (
  id              INTEGER PRIMARY KEY AUTOINCREMENT,
  query           TEXT    NOT NULL
) STRICT;
`,
} as const;
