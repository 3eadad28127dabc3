/**
 * The first library: folders, photos, the tag model, and the tables that cloud services will only add
 * rows to. Frozen once shipped.
 *
 * Names of files and folders are BLOBs, because they are bytes (docs/rules.md 1); the `…_text` columns are
 * their display form (U+FFFD for what is not UTF-8), the `…_key` columns are NFC and case folded, and
 * only serve to match a vanished name with a new one and to search.
 * Times are milliseconds since 1970 UTC, except `taken_at`, which is a wall clock.
 */
export const migration = {
  version: 1,
  sql: `
CREATE TABLE root (
  id              INTEGER PRIMARY KEY AUTOINCREMENT,
  path            BLOB    NOT NULL UNIQUE,
  path_text       TEXT    NOT NULL,
  -- UUID of the file system and the path inside it, where the system tells them.
  volume          TEXT,
  volume_path     BLOB,
  device          INTEGER,
  offline         INTEGER NOT NULL DEFAULT 0,
  -- Offline because nothing is left in it, though its disk is there: its photos may have moved elsewhere.
  emptied         INTEGER NOT NULL DEFAULT 0,
  paused          INTEGER NOT NULL DEFAULT 0,
  -- Removed but not forgotten: its photos wait for the folder to be added again.
  removed         INTEGER NOT NULL DEFAULT 0,
  added_at        INTEGER NOT NULL,
  last_scan_at    INTEGER
) STRICT;

CREATE TABLE folder (
  id              INTEGER PRIMARY KEY AUTOINCREMENT,
  root_id         INTEGER NOT NULL REFERENCES root(id) ON DELETE CASCADE,
  parent_id       INTEGER REFERENCES folder(id),
  -- Relative to the root, separated by '/', empty for the root itself.
  path            BLOB    NOT NULL,
  path_text       TEXT    NOT NULL,
  -- A folder that lost all its files at once (docs/rules.md 1): its photos count as offline.
  offline         INTEGER NOT NULL DEFAULT 0,
  -- The folder itself is gone from the disk.
  missing         INTEGER NOT NULL DEFAULT 0,
  UNIQUE (root_id, path)
) STRICT;

-- A picture without its metadata. What a service answered belongs to it, wherever the file is.
CREATE TABLE picture (
  id              INTEGER PRIMARY KEY AUTOINCREMENT,
  image_hash      BLOB    NOT NULL UNIQUE CHECK (length(image_hash) = 32)
) STRICT;

-- One file seen at one place. What a person did belongs to this row.
CREATE TABLE photo (
  id              INTEGER PRIMARY KEY AUTOINCREMENT,
  folder_id       INTEGER NOT NULL REFERENCES folder(id) ON DELETE CASCADE,
  name            BLOB    NOT NULL,
  name_text       TEXT    NOT NULL,
  name_key        TEXT    NOT NULL,
  size_bytes      INTEGER NOT NULL,
  -- Microseconds; with size and inode the fingerprint of an unchanged file.
  mtime_us        INTEGER NOT NULL,
  inode           INTEGER NOT NULL,
  added_at        INTEGER NOT NULL,
  missing_since   INTEGER,
  -- Set when the file was found gone: the last scan that had seen it. Files added later may be this one, moved.
  last_seen_at    INTEGER,
  -- 0 listed · 1 head read · 2 second pass done (or failed for good, see failure_code)
  stage           INTEGER NOT NULL DEFAULT 0,
  -- Second passes begun since the file last changed, so that a crash at one photo cannot loop.
  attempts        INTEGER NOT NULL DEFAULT 0,
  failure_code    TEXT,
  failure_message TEXT,
  file_hash       BLOB,
  picture_id      INTEGER REFERENCES picture(id),
  -- Before the last edit: its service tags are shown as from an earlier version until the new one is tagged.
  earlier_picture_id INTEGER REFERENCES picture(id),
  format          TEXT,
  wrong_extension INTEGER NOT NULL DEFAULT 0,
  -- As displayed, orientation applied.
  width           INTEGER,
  height          INTEGER,
  -- EXIF orientation 1..8 as stored.
  orientation     INTEGER,
  taken_at        TEXT,
  taken_at_source TEXT,
  utc_offset_minutes INTEGER,
  camera_make     TEXT,
  camera_model    TEXT,
  lens            TEXT,
  exposure_seconds REAL,
  f_number        REAL,
  iso             REAL,
  focal_length_mm REAL,
  latitude        REAL,
  longitude       REAL,
  altitude_metres REAL,
  thumb_hash      BLOB,
  -- Where an embedded JPEG thumbnail lies in the file; null without one.
  embedded_offset INTEGER,
  embedded_bytes  INTEGER,
  favorite        INTEGER NOT NULL DEFAULT 0,
  rating          INTEGER,
  UNIQUE (folder_id, name)
) STRICT;
CREATE INDEX photo_work ON photo (stage, taken_at) WHERE stage < 2;
CREATE INDEX photo_picture ON photo (picture_id);
CREATE INDEX photo_file_hash ON photo (file_hash);
CREATE INDEX photo_stamp ON photo (size_bytes, mtime_us);
CREATE INDEX photo_missing ON photo (size_bytes, mtime_us) WHERE missing_since IS NOT NULL;
CREATE INDEX photo_failure ON photo (failure_code) WHERE failure_code IS NOT NULL;

-- Who can say that a tag is on a photo: a person, the file, the on-device tagger, a cloud service.
CREATE TABLE service (
  id              TEXT PRIMARY KEY,
  kind            TEXT NOT NULL CHECK (kind IN ('person', 'file', 'device', 'cloud'))
) STRICT, WITHOUT ROWID;
INSERT INTO service (id, kind) VALUES
  ('me', 'person'), ('file', 'file'), ('on-device', 'device'),
  ('tencent-tag', 'cloud'), ('tencent-classify', 'cloud'), ('huawei-tagging', 'cloud'),
  ('tencent-terrorism', 'cloud'), ('tencent-porn', 'cloud');

CREATE TABLE tag (
  id              INTEGER PRIMARY KEY AUTOINCREMENT,
  type            TEXT    NOT NULL,
  created_at      INTEGER NOT NULL
) STRICT;

-- A name is looked up by its folded form (NFKC, case, accents, width). Sensitivity labels live in a
-- space of their own, so that they are never linked with anything.
CREATE TABLE tag_name (
  tag_id          INTEGER NOT NULL REFERENCES tag(id) ON DELETE CASCADE,
  language        TEXT    NOT NULL CHECK (language IN ('en', 'zh')),
  name            TEXT    NOT NULL,
  name_key        TEXT    NOT NULL,
  -- 0: the name that is shown; 1: another one that finds it.
  alias           INTEGER NOT NULL DEFAULT 0,
  space           TEXT    NOT NULL DEFAULT 'common' CHECK (space IN ('common', 'sensitivity')),
  PRIMARY KEY (space, language, name_key)
) STRICT, WITHOUT ROWID;
CREATE INDEX tag_name_tag ON tag_name (tag_id);
CREATE UNIQUE INDEX tag_name_shown ON tag_name (tag_id, language) WHERE alias = 0;

-- What a person decided about two names being one tag; their word wins for good.
CREATE TABLE tag_link (
  zh_key          TEXT    NOT NULL,
  en_key          TEXT    NOT NULL,
  linked          INTEGER NOT NULL,
  decided_by      TEXT    NOT NULL CHECK (decided_by IN ('person', 'service', 'dictionary')),
  decided_at      INTEGER NOT NULL,
  PRIMARY KEY (zh_key, en_key)
) STRICT, WITHOUT ROWID;

-- A source's own word for a tag. Entries point here, so that a corrected mapping re-labels the past.
CREATE TABLE label (
  id              INTEGER PRIMARY KEY AUTOINCREMENT,
  service_id      TEXT    NOT NULL REFERENCES service(id),
  raw             TEXT    NOT NULL,
  tag_id          INTEGER NOT NULL REFERENCES tag(id),
  UNIQUE (service_id, raw)
) STRICT;
CREATE INDEX label_tag ON label (tag_id);

-- One tagging by one version of one source.
CREATE TABLE run (
  id              INTEGER PRIMARY KEY AUTOINCREMENT,
  service_id      TEXT    NOT NULL REFERENCES service(id),
  -- Model or rule version and whatever else changes the meaning of an answer.
  variant         TEXT    NOT NULL,
  started_at      INTEGER NOT NULL,
  parameters      TEXT    NOT NULL DEFAULT '{}'
) STRICT;

-- Tags that belong to the photo: a person's, the file's own, and on-device ones (they use EXIF).
CREATE TABLE photo_tag (
  photo_id        INTEGER NOT NULL REFERENCES photo(id) ON DELETE CASCADE,
  label_id        INTEGER NOT NULL REFERENCES label(id),
  confidence      REAL    NOT NULL CHECK (confidence BETWEEN 0 AND 100),
  run_id          INTEGER REFERENCES run(id),
  PRIMARY KEY (photo_id, label_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX photo_tag_label ON photo_tag (label_id);

-- Tags that a cloud service gave to the picture, wherever it lies.
CREATE TABLE picture_tag (
  picture_id      INTEGER NOT NULL REFERENCES picture(id) ON DELETE CASCADE,
  label_id        INTEGER NOT NULL REFERENCES label(id),
  confidence      REAL    NOT NULL CHECK (confidence BETWEEN 0 AND 100),
  -- JSON array of { x, y, width, height, confidence }, 0..1 of the displayed picture.
  boxes           TEXT,
  run_id          INTEGER REFERENCES run(id),
  PRIMARY KEY (picture_id, label_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX picture_tag_label ON picture_tag (label_id);

-- A person's word that a tag is wrong on a photo. Outlives any re-tagging.
CREATE TABLE rejection (
  photo_id        INTEGER NOT NULL REFERENCES photo(id) ON DELETE CASCADE,
  tag_id          INTEGER NOT NULL REFERENCES tag(id) ON DELETE CASCADE,
  rejected_at     INTEGER NOT NULL,
  PRIMARY KEY (photo_id, tag_id)
) STRICT, WITHOUT ROWID;

-- The raw answer of every paid call. Tags can be rebuilt from it; the newest of a key is the one in force.
CREATE TABLE reply (
  id              INTEGER PRIMARY KEY AUTOINCREMENT,
  image_hash      BLOB    NOT NULL CHECK (length(image_hash) = 32),
  service_id      TEXT    NOT NULL REFERENCES service(id),
  variant         TEXT    NOT NULL,
  run_id          INTEGER REFERENCES run(id),
  received_at     INTEGER NOT NULL,
  request_id      TEXT,
  parameters      TEXT    NOT NULL DEFAULT '{}',
  body            BLOB    NOT NULL
) STRICT;
CREATE INDEX reply_known ON reply (image_hash, service_id, variant, id);

-- Work of the tagging queue: one row a photo and service, so that a crash loses nothing.
CREATE TABLE job (
  id              INTEGER PRIMARY KEY AUTOINCREMENT,
  photo_id        INTEGER NOT NULL REFERENCES photo(id) ON DELETE CASCADE,
  service_id      TEXT    NOT NULL REFERENCES service(id),
  run_id          INTEGER REFERENCES run(id),
  state           TEXT    NOT NULL CHECK (state IN ('waiting', 'running', 'done', 'failed', 'cancelled')),
  attempts        INTEGER NOT NULL DEFAULT 0,
  retry_at        INTEGER,
  error_code      TEXT,
  error_message   TEXT,
  created_at      INTEGER NOT NULL,
  finished_at     INTEGER
) STRICT;
CREATE INDEX job_waiting ON job (service_id, state, retry_at);
CREATE INDEX job_photo ON job (photo_id);

-- How to take back a person's action: JSON, see library/undo.ts.
CREATE TABLE undo (
  id              INTEGER PRIMARY KEY AUTOINCREMENT,
  at              INTEGER NOT NULL,
  body            TEXT    NOT NULL
) STRICT;

CREATE TABLE setting (
  key             TEXT PRIMARY KEY,
  value           TEXT NOT NULL
) STRICT, WITHOUT ROWID;

-- Every tag on every photo, whichever side it is kept on. A rejected pair is still listed.
CREATE VIEW tag_entry (photo_id, tag_id, service_id, label_id, confidence, boxes, run_id, earlier) AS
  SELECT photo_tag.photo_id, label.tag_id, label.service_id, label.id, photo_tag.confidence,
         NULL, photo_tag.run_id, 0
    FROM photo_tag JOIN label ON label.id = photo_tag.label_id
  UNION ALL
  SELECT photo.id, label.tag_id, label.service_id, label.id, picture_tag.confidence,
         picture_tag.boxes, picture_tag.run_id, 0
    FROM photo JOIN picture_tag ON picture_tag.picture_id = photo.picture_id
    JOIN label ON label.id = picture_tag.label_id
  UNION ALL
  SELECT photo.id, label.tag_id, label.service_id, label.id, picture_tag.confidence,
         picture_tag.boxes, picture_tag.run_id, 1
    FROM photo JOIN picture_tag ON picture_tag.picture_id = photo.earlier_picture_id
    JOIN label ON label.id = picture_tag.label_id
   WHERE NOT EXISTS (
     SELECT 1 FROM picture_tag AS now JOIN label AS now_label ON now_label.id = now.label_id
      WHERE now.picture_id = photo.picture_id AND now_label.service_id = label.service_id);
`,
} as const;
