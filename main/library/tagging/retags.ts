/**
 * Answers that replaced earlier ones: what they changed, and how they are taken back. The answers of
 * several runs for one picture follow each other; each run keeps the tags it replaced. Taking a run back
 * swaps those with the tags it gave, which lie where the next run in force keeps what it replaced, or
 * are the picture's own when there is none. Doing it again is the same swap.
 */
import { all, get, type ReadableDB, run, type WritableDB } from '../database.ts';
import { serviceTagsOf, setServiceTags, type TagRow } from './pictureTags.ts';

/** What a run keeps of a picture: the tags it replaced; of a run that was taken back, its own. */
export function earlierTags(db: ReadableDB, runId: number, pictureId: number): TagRow[] {
  return all<TagRow>(
    db,
    `SELECT label_id AS labelId, confidence, boxes, earlier_run_id AS runId
       FROM earlier_tag WHERE run_id = ? AND picture_id = ?`,
    runId,
    pictureId,
  );
}

function setEarlierTags(
  db: WritableDB,
  runId: number,
  pictureId: number,
  tags: readonly TagRow[],
): void {
  run(db, 'DELETE FROM earlier_tag WHERE run_id = ? AND picture_id = ?', runId, pictureId);
  for (const tag of tags) {
    run(
      db,
      `INSERT INTO earlier_tag (run_id, picture_id, label_id, confidence, boxes, earlier_run_id)
       VALUES (?, ?, ?, ?, ?, ?)`,
      runId,
      pictureId,
      tag.labelId,
      tag.confidence,
      tag.boxes,
      tag.runId,
    );
  }
}

/** Notes that a run answered for a picture that had an answer, and keeps that one's tags. */
export function noteRetagged(
  db: WritableDB,
  note: {
    readonly runId: number;
    readonly pictureId: number;
    readonly replyId: number;
    readonly service: string;
    readonly before: readonly TagRow[];
  },
): void {
  const known = get<{ withdrawn: 0 | 1 }>(
    db,
    'SELECT withdrawn FROM retagged WHERE run_id = ? AND picture_id = ?',
    note.runId,
    note.pictureId,
  );
  const before = known?.withdrawn === 0 ? earlierTags(db, note.runId, note.pictureId) : note.before;
  if (before === note.before) setEarlierTags(db, note.runId, note.pictureId, before);
  const after = serviceTagsOf(db, note.pictureId, note.service);
  run(
    db,
    `INSERT INTO retagged (run_id, picture_id, reply_id, changed) VALUES (?, ?, ?, ?)
       ON CONFLICT DO UPDATE SET changed = excluded.changed, withdrawn = 0,
                                 reply_id = excluded.reply_id`,
    note.runId,
    note.pictureId,
    note.replyId,
    isSame(before, after) ? 0 : 1,
  );
}

function isSame(before: readonly TagRow[], after: readonly TagRow[]): boolean {
  const scores = new Map(before.map((tag) => [tag.labelId, tag.confidence]));
  return (
    before.length === after.length &&
    after.every((tag) => scores.get(tag.labelId) === tag.confidence)
  );
}

/** The run in force whose answer came next after this one's; null: this one's tags are the picture's. */
function nextRun(db: ReadableDB, runId: number, pictureId: number): number | null {
  return (
    get<{ runId: number }>(
      db,
      `SELECT next.run_id AS runId
         FROM retagged CROSS JOIN run ON run.id = retagged.run_id
         CROSS JOIN retagged AS next INDEXED BY retagged_picture
            ON next.picture_id = retagged.picture_id AND next.reply_id > retagged.reply_id
         CROSS JOIN run AS next_run ON next_run.id = next.run_id
        WHERE retagged.run_id = ? AND retagged.picture_id = ?
          AND next_run.service_id = run.service_id AND NOT next.withdrawn
        ORDER BY next.reply_id LIMIT 1`,
      runId,
      pictureId,
    )?.runId ?? null
  );
}

export function serviceOfRun(db: ReadableDB, runId: number): string | null {
  return (
    get<{ service: string }>(db, 'SELECT service_id AS service FROM run WHERE id = ?', runId)
      ?.service ?? null
  );
}

/** The tags a run gave a picture, whoever keeps them while the run is in force. */
export function tagsAfter(
  db: ReadableDB,
  runId: number,
  pictureId: number,
  service: string,
): TagRow[] {
  const next = nextRun(db, runId, pictureId);
  return next === null ? serviceTagsOf(db, pictureId, service) : earlierTags(db, next, pictureId);
}

/** Takes back what a run re-tagged, or puts it in force again. Answers the pictures that changed. */
export function setRunWithdrawn(db: WritableDB, runId: number, withdrawn: boolean): number[] {
  const service = serviceOfRun(db, runId);
  if (service === null) return [];
  const pictures = all<{ pictureId: number }>(
    db,
    'SELECT picture_id AS pictureId FROM retagged WHERE run_id = ? AND withdrawn <> ?',
    runId,
    withdrawn ? 1 : 0,
  ).map((row) => row.pictureId);
  for (const pictureId of pictures) {
    const next = nextRun(db, runId, pictureId);
    const kept = earlierTags(db, runId, pictureId);
    setEarlierTags(db, runId, pictureId, tagsAfter(db, runId, pictureId, service));
    if (next === null) setServiceTags(db, pictureId, service, kept);
    else setEarlierTags(db, next, pictureId, kept);
    run(
      db,
      'UPDATE retagged SET withdrawn = ? WHERE run_id = ? AND picture_id = ?',
      withdrawn ? 1 : 0,
      runId,
      pictureId,
    );
    run(
      db,
      `UPDATE reply SET withdrawn = ? WHERE service_id = ? AND run_id = ?
          AND image_hash = (SELECT image_hash FROM picture WHERE id = ?)`,
      withdrawn ? 1 : 0,
      service,
      runId,
      pictureId,
    );
  }
  return pictures;
}
