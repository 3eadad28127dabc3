/**
 * Files that belong to a photo without being one (videos, sidecars, sounds), RAW files that stand behind a
 * JPEG of the same name, and how large the picture is that a RAW file shows. Frozen once shipped.
 */
export const migration = {
  version: 5,
  sql: `
-- What a scan saw beside photos; whose it is, its name says. Never opened.
CREATE TABLE companion (
  id              INTEGER PRIMARY KEY AUTOINCREMENT,
  folder_id       INTEGER NOT NULL REFERENCES folder(id) ON DELETE CASCADE,
  name            BLOB    NOT NULL,
  name_text       TEXT    NOT NULL,
  -- NFC and case folded, without the last extension.
  stem_key        TEXT    NOT NULL,
  kind            TEXT    NOT NULL CHECK (kind IN ('video', 'sidecar', 'sound')),
  size_bytes      INTEGER NOT NULL,
  mtime_us        INTEGER NOT NULL,
  UNIQUE (folder_id, name)
) STRICT;
CREATE INDEX companion_stem ON companion (folder_id, stem_key);

-- The photo that stands for this one: a camera wrote both, and people see one.
ALTER TABLE photo ADD COLUMN stack_front_id INTEGER REFERENCES photo(id) ON DELETE SET NULL;
CREATE INDEX photo_stack ON photo (stack_front_id) WHERE stack_front_id IS NOT NULL;
CREATE INDEX photo_raw ON photo (folder_id) WHERE format = 'raw';

-- Pixels, as displayed, of what is shown in place of a RAW file's own picture; null: the file's own.
ALTER TABLE photo ADD COLUMN shown_width INTEGER;
ALTER TABLE photo ADD COLUMN shown_height INTEGER;

-- Formats that had no decoder may have one now: they are read again, and the index with them.
UPDATE photo SET stage = 0, attempts = 0, failure_code = NULL, failure_message = NULL
 WHERE failure_code = 'unsupported' AND format IS NOT 'svg';
UPDATE library_state SET number = number + 1, token = randomblob(8)
 WHERE EXISTS (SELECT 1 FROM photo);
INSERT OR IGNORE INTO change (number, token, photo_ids, folders, tags)
  SELECT number, token, NULL, 1, 0 FROM library_state;
`,
} as const;
