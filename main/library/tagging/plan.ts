/** What a run would be made of: which photos need a call, and why the others need none. */
import { prepared, type ReadableDB } from '../database.ts';
import { neverUploadFolders } from './neverUpload.ts';
import { SENDABLE_SQL } from './readable.ts';
import type { RunPlan, RunRequest } from './types.ts';

type PlanRow = [
  photoId: number,
  pictureId: number | null,
  folderId: number,
  takenAt: string | null,
  sendable: 0 | 1,
  known: 0 | 1,
];

/** A reply counts also when the person took it back: it is not paid for twice (docs/rules.md 6). */
const PLAN_SQL = `
  SELECT photo.id, photo.picture_id, photo.folder_id, photo.taken_at, ${SENDABLE_SQL},
         photo.stage = 2 AND EXISTS (
           SELECT 1 FROM reply INDEXED BY reply_known
            WHERE reply.image_hash = picture.image_hash
              AND reply.service_id = $service AND reply.variant = $variant)
    FROM json_each($photoIds) AS wanted
    CROSS JOIN photo ON photo.id = wanted.value
    CROSS JOIN folder ON folder.id = photo.folder_id
    CROSS JOIN root ON root.id = folder.root_id
    LEFT JOIN picture ON picture.id = photo.picture_id`;

const ACTIVE_SQL = `
  SELECT job.photo_id, photo.picture_id FROM job INDEXED BY job_order
   CROSS JOIN photo ON photo.id = job.photo_id
   WHERE job.service_id = ? AND job.state IN ('waiting', 'running')`;

/** Sorts photos into those that need a call and those that need none. Ids that are gone do not count. */
export function planRun(db: ReadableDB, request: RunRequest): RunPlan {
  const never = neverUploadFolders(db);
  const active = activePictures(db, request.service);
  const counts = { considered: 0, alreadyKnown: 0, neverUpload: 0, unavailable: 0, waiting: 0 };
  const candidates: { id: number; pictureId: number; takenAt: string }[] = [];
  const rows = prepared(db, PLAN_SQL)
    .raw(true)
    .iterate({
      photoIds: JSON.stringify([...new Set(request.photoIds)]),
      service: request.service,
      variant: request.variant,
    }) as IterableIterator<PlanRow>;
  for (const [id, pictureId, folderId, takenAt, sendable, known] of rows) {
    counts.considered++;
    if (known && !request.again) counts.alreadyKnown++;
    else if (never.has(folderId)) counts.neverUpload++;
    else if (!sendable || pictureId === null) counts.unavailable++;
    else if (active.has(pictureId)) counts.waiting++;
    else candidates.push({ id, pictureId, takenAt: takenAt ?? '' });
  }
  candidates.sort(newestFirst);
  const queued = new Map<number, number>();
  for (const { id, pictureId } of candidates) {
    if (!queued.has(pictureId)) queued.set(pictureId, id);
  }
  const most = Math.min(request.limit ?? queued.size, request.maxCalls ?? queued.size);
  return {
    considered: counts.considered,
    alreadyKnown: counts.alreadyKnown + candidates.length - queued.size,
    neverUpload: counts.neverUpload,
    unavailable: counts.unavailable,
    waitingAlready: counts.waiting,
    photoIds: [...queued.values()].slice(0, most),
  };
}

/** Pictures that wait for the service or are with it. */
function activePictures(db: ReadableDB, service: string): Set<number | null> {
  const rows = prepared(db, ACTIVE_SQL).raw(true).iterate(service) as IterableIterator<
    [photoId: number, pictureId: number | null]
  >;
  const pictures = new Set<number | null>();
  for (const [, pictureId] of rows) pictures.add(pictureId);
  return pictures;
}

type Candidate = { readonly id: number; readonly takenAt: string };

/** Undated last; of the same time, the one added later first. */
function newestFirst(a: Candidate, b: Candidate): number {
  if (a.takenAt !== b.takenAt) return a.takenAt < b.takenAt ? 1 : -1;
  return b.id - a.id;
}
