/** What runs that tagged photos again changed. */
import type { ServiceId, TagChange, TagScore } from '../../../shared/services.ts';
import { all, get, type ReadableDB } from '../database.ts';
import { namesOfTags } from '../tags.ts';
import type { TagRow } from './pictureTags.ts';
import { earlierTags, serviceOfRun, tagsAfter } from './retags.ts';

/** Where the changes of a run are: one photo a picture, those that are there first. */
const CHANGED_SQL = `FROM retagged WHERE retagged.run_id = ? AND retagged.changed
  AND NOT retagged.withdrawn
  AND EXISTS (SELECT 1 FROM photo WHERE photo.picture_id = retagged.picture_id)`;

/** A page of what a run changed, and the step that takes it back; null when there is none. */
export function runChanges(
  db: ReadableDB,
  runId: number,
  page: { readonly limit: number; readonly offset: number },
): { total: number; changes: TagChange[]; undo: number | null } {
  const service = serviceOfRun(db, runId);
  if (service === null) return { total: 0, changes: [], undo: null };
  const total =
    get<{ count: number }>(db, `SELECT COUNT(*) AS count ${CHANGED_SQL}`, runId)?.count ?? 0;
  const rows = all<{ pictureId: number; photoId: number }>(
    db,
    `SELECT retagged.picture_id AS pictureId,
            (SELECT photo.id FROM photo WHERE photo.picture_id = retagged.picture_id
              ORDER BY photo.missing_since IS NOT NULL, photo.id LIMIT 1) AS photoId
       ${CHANGED_SQL} ORDER BY retagged.picture_id LIMIT ? OFFSET ?`,
    runId,
    page.limit,
    page.offset,
  );
  const versions = rows.map(({ photoId, pictureId }) => ({
    photoId,
    before: earlierTags(db, runId, pictureId),
    after: tagsAfter(db, runId, pictureId, service),
  }));
  const tags = tagsOfLabels(
    db,
    versions.flatMap(({ before, after }) => [...before, ...after].map((tag) => tag.labelId)),
  );
  const changes = versions.map(({ photoId, before, after }) => ({
    photoId,
    ...difference(scoresOf(before, tags), scoresOf(after, tags)),
  }));
  return { total, changes, undo: undoOfRun(db, runId) };
}

type LabelTags = ReadonlyMap<number, Omit<TagScore, 'confidence'>>;

function tagsOfLabels(db: ReadableDB, labelIds: readonly number[]): LabelTags {
  const rows = all<{ labelId: number; tagId: number }>(
    db,
    `SELECT id AS labelId, tag_id AS tagId FROM label
      WHERE id IN (SELECT value FROM json_each(?))`,
    JSON.stringify([...new Set(labelIds)]),
  );
  const names = namesOfTags(db, [...new Set(rows.map((row) => row.tagId))]);
  return new Map(
    rows.map((row) => [row.labelId, { id: row.tagId, names: names.get(row.tagId) ?? {} }]),
  );
}

/** By tag; of several words for one tag the most confident. */
function scoresOf(rows: readonly TagRow[], tags: LabelTags): Map<number, TagScore> {
  const scores = new Map<number, TagScore>();
  for (const row of rows) {
    const tag = tags.get(row.labelId);
    if (!tag || (scores.get(tag.id)?.confidence ?? -1) >= row.confidence) continue;
    scores.set(tag.id, { ...tag, confidence: row.confidence });
  }
  return scores;
}

function difference(
  before: ReadonlyMap<number, TagScore>,
  after: ReadonlyMap<number, TagScore>,
): Omit<TagChange, 'photoId'> {
  const mostFirst = (a: TagScore, b: TagScore): number => b.confidence - a.confidence;
  return {
    added: [...after.values()].filter((tag) => !before.has(tag.id)).sort(mostFirst),
    removed: [...before.values()].filter((tag) => !after.has(tag.id)).sort(mostFirst),
    moved: [...after.values()]
      .flatMap((tag) => {
        const earlier = before.get(tag.id)?.confidence ?? tag.confidence;
        return earlier === tag.confidence ? [] : [{ ...tag, before: earlier }];
      })
      .sort(mostFirst),
  };
}

/** The step that takes back a run that is in force; null when there is none, or it is too old. */
export function undoOfRun(db: ReadableDB, runId: number): number | null {
  return (
    get<{ undoId: number }>(
      db,
      `SELECT undo.id AS undoId FROM run CROSS JOIN undo ON undo.id = run.undo_id
        WHERE run.id = ? AND json_extract(undo.body, '$.retags[0][0]') = run.id
          AND json_extract(undo.body, '$.retags[0][1]') = 1`,
      runId,
    )?.undoId ?? null
  );
}

/** A run that tagged photos again. */
export type RetagRun = {
  readonly id: number;
  readonly service: ServiceId;
  readonly startedAtMs: number;
  readonly photosTagged: number;
  readonly photosChanged: number;
  readonly calls: number;
  readonly undo: number | null;
};

/** Runs that tagged photos again, newest first. */
export function listRuns(db: ReadableDB, limit: number): RetagRun[] {
  return all<Omit<RetagRun, 'undo'>>(
    db,
    `SELECT run.id, run.service_id AS service, run.started_at AS startedAtMs,
            run.photos_tagged AS photosTagged, run.calls,
            (SELECT COUNT(*) FROM retagged WHERE retagged.run_id = run.id AND retagged.changed)
              AS photosChanged
       FROM run WHERE EXISTS (SELECT 1 FROM retagged WHERE retagged.run_id = run.id)
      ORDER BY run.id DESC LIMIT ?`,
    limit,
  ).map((row) => ({ ...row, undo: undoOfRun(db, row.id) }));
}
