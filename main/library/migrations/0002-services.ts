/**
 * What cloud services need beyond the tag model of the first library: the ledger of uploads, what was
 * spent, how each service stands, what a run replaced, and folders of which nothing is uploaded.
 * Money is in millionths of the service's currency, so that sums are exact. Frozen once shipped.
 */
export const migration = {
  version: 2,
  sql: `
ALTER TABLE folder ADD COLUMN never_upload INTEGER NOT NULL DEFAULT 0;
CREATE INDEX folder_parent ON folder (parent_id);

ALTER TABLE run ADD COLUMN ended_at INTEGER;
-- Its calls under way are finished; what they would have tried again is dropped.
ALTER TABLE run ADD COLUMN cancelled_at INTEGER;
-- Also photos that were answered for before.
ALTER TABLE run ADD COLUMN again INTEGER NOT NULL DEFAULT 0;
ALTER TABLE run ADD COLUMN max_calls INTEGER;
-- Sums of the run's uploads, kept in the same transactions: they are asked for several times a second.
ALTER TABLE run ADD COLUMN calls INTEGER NOT NULL DEFAULT 0;
ALTER TABLE run ADD COLUMN cost_micros INTEGER NOT NULL DEFAULT 0;
ALTER TABLE run ADD COLUMN unpriced_calls INTEGER NOT NULL DEFAULT 0;
ALTER TABLE run ADD COLUMN bytes_sent INTEGER NOT NULL DEFAULT 0;
-- Photos that matched when the run was made, and those of them that needed no call.
ALTER TABLE run ADD COLUMN considered INTEGER NOT NULL DEFAULT 0;
ALTER TABLE run ADD COLUMN already_known INTEGER NOT NULL DEFAULT 0;
ALTER TABLE run ADD COLUMN photos_tagged INTEGER NOT NULL DEFAULT 0;
ALTER TABLE run ADD COLUMN tags_written INTEGER NOT NULL DEFAULT 0;
-- The step that takes back what it re-tagged, or does it again.
ALTER TABLE run ADD COLUMN undo_id INTEGER;
CREATE INDEX run_service ON run (service_id, id);

-- Jobs are made newest photo first: the order of their ids is the order of the work.
CREATE INDEX job_order ON job (service_id, state, id);
CREATE INDEX job_run ON job (run_id, state);

-- Every picture that left this computer. A row is written before the first byte leaves.
CREATE TABLE upload (
  id              INTEGER PRIMARY KEY AUTOINCREMENT,
  at              INTEGER NOT NULL,
  service_id      TEXT    NOT NULL REFERENCES service(id),
  run_id          INTEGER REFERENCES run(id),
  photo_id        INTEGER REFERENCES photo(id) ON DELETE SET NULL,
  image_hash      BLOB,
  path_text       TEXT,
  -- The whole request body, and the pixels of the picture in it.
  bytes           INTEGER NOT NULL,
  width           INTEGER NOT NULL,
  height          INTEGER NOT NULL,
  state           TEXT    NOT NULL CHECK (state IN ('sent', 'answered', 'refused', 'failed', 'unknown')),
  code            TEXT,
  request_id      TEXT,
  -- Local calendar month it is booked in, such as 2026-11.
  month           TEXT    NOT NULL,
  -- Null: no price was set.
  cost_micros     INTEGER,
  currency        TEXT    NOT NULL
) STRICT;
CREATE INDEX upload_service ON upload (service_id, id);
CREATE INDEX upload_photo ON upload (photo_id);
CREATE INDEX upload_run ON upload (run_id);
CREATE INDEX upload_open ON upload (id) WHERE state = 'sent';

-- Sums of the ledger, kept in the same transactions, so that a cap is checked at once.
CREATE TABLE spending (
  service_id      TEXT    NOT NULL REFERENCES service(id),
  month           TEXT    NOT NULL,
  calls           INTEGER NOT NULL DEFAULT 0,
  cost_micros     INTEGER NOT NULL DEFAULT 0,
  PRIMARY KEY (service_id, month)
) STRICT, WITHOUT ROWID;

-- How each service stands; no row: nothing in its way.
CREATE TABLE service_state (
  service_id      TEXT    PRIMARY KEY REFERENCES service(id),
  paused          INTEGER NOT NULL DEFAULT 0,
  -- It waits for the person.
  stopped_code    TEXT,
  stopped_message TEXT,
  stopped_at      INTEGER,
  -- Photos in a row that ended with the same error code.
  streak_code     TEXT,
  streak_count    INTEGER NOT NULL DEFAULT 0
) STRICT, WITHOUT ROWID;

-- What a run replaced: for the list of changes and for taking it back. Of an answer that was taken back
-- it holds that answer's own tags instead.
CREATE TABLE earlier_tag (
  run_id          INTEGER NOT NULL REFERENCES run(id) ON DELETE CASCADE,
  picture_id      INTEGER NOT NULL REFERENCES picture(id) ON DELETE CASCADE,
  label_id        INTEGER NOT NULL REFERENCES label(id),
  confidence      REAL    NOT NULL,
  boxes           TEXT,
  earlier_run_id  INTEGER,
  PRIMARY KEY (run_id, picture_id, label_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX earlier_tag_picture ON earlier_tag (picture_id);

-- Pictures that a run answered for although an answer was there.
CREATE TABLE retagged (
  run_id          INTEGER NOT NULL REFERENCES run(id) ON DELETE CASCADE,
  picture_id      INTEGER NOT NULL REFERENCES picture(id) ON DELETE CASCADE,
  -- Its answer; answers of several runs for one picture follow each other by it.
  reply_id        INTEGER NOT NULL REFERENCES reply(id),
  -- The answer was not the same as the one before.
  changed         INTEGER NOT NULL,
  withdrawn       INTEGER NOT NULL DEFAULT 0,
  PRIMARY KEY (run_id, picture_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX retagged_picture ON retagged (picture_id, reply_id);

-- Taken back by the person: still known, so it is not paid for again, but its tags are not in force.
ALTER TABLE reply ADD COLUMN withdrawn INTEGER NOT NULL DEFAULT 0;

-- Whom a change of an earlier picture's tags concerns.
CREATE INDEX photo_earlier_picture ON photo (earlier_picture_id) WHERE earlier_picture_id IS NOT NULL;

-- What services call their groups of tags, where they tell it.
CREATE TABLE tag_type (
  type            TEXT    PRIMARY KEY,
  en              TEXT,
  zh              TEXT
) STRICT, WITHOUT ROWID;

-- Calls without a price: while there are any, nobody knows what a month cost.
CREATE INDEX upload_unpriced ON upload (service_id, month) WHERE cost_micros IS NULL;

-- Tags that became part of another one: what was noted of the old id is meant for the new one.
CREATE TABLE tag_moved (
  old_id          INTEGER PRIMARY KEY,
  tag_id          INTEGER NOT NULL REFERENCES tag(id) ON DELETE CASCADE
) STRICT;

-- On-device words that mean something else than the same word of a cloud service ("orange" the colour,
-- "square" the format) live in a space of their own; the others are one tag with the service's word.
CREATE TABLE tag_name_new (
  tag_id          INTEGER NOT NULL REFERENCES tag(id) ON DELETE CASCADE,
  language        TEXT    NOT NULL CHECK (language IN ('en', 'zh')),
  name            TEXT    NOT NULL,
  name_key        TEXT    NOT NULL,
  alias           INTEGER NOT NULL DEFAULT 0,
  space           TEXT    NOT NULL DEFAULT 'common' CHECK (space IN ('common', 'device', 'sensitivity')),
  PRIMARY KEY (space, language, name_key)
) STRICT, WITHOUT ROWID;
INSERT INTO tag_name_new (tag_id, language, name, name_key, alias, space)
  SELECT tag_id, language, name, name_key, alias,
         CASE WHEN space = 'common' AND tag_id IN
                   (SELECT tag.id FROM label JOIN tag ON tag.id = label.tag_id
                     WHERE label.service_id = 'on-device'
                       AND tag.type IN ('colour', 'composition', 'capture')
                       AND (label.raw LIKE 'maker:%' OR label.raw IN
                            ('orange', 'upright', 'wide', 'square', 'flash', 'selfie-camera',
                             'drone', 'scanner', 'phone', 'camera')))
              THEN 'device' ELSE space END
    FROM tag_name;
DROP TABLE tag_name;
ALTER TABLE tag_name_new RENAME TO tag_name;
CREATE INDEX tag_name_tag ON tag_name (tag_id);
CREATE UNIQUE INDEX tag_name_shown ON tag_name (tag_id, language) WHERE alias = 0;
`,
} as const;
