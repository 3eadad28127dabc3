/** What a person did to photos, brought back from an export. */
import type { ImportFailure } from '../../../shared/exchangeContract.ts';
import { foldName } from '../../search/fold.ts';
import type { ChangeLog } from '../changes.ts';
import { all, get, type WritableDB } from '../database.ts';
import { ownTags } from '../labels.ts';
import { displayPath, type PhotoPlace } from '../paths.ts';
import { ensureLabel, findTagByName } from '../tags.ts';
import { applyStep, emptyStep } from '../undo.ts';
import type { ExportedPhoto, ExportedWord } from './document.ts';

/** Of a library that this one is an earlier state of. */
export type LaterState = {
  /** Photos with higher ids were added here since. */
  readonly newestPhotoId: number;
  /** Whether photos that were added since are also known by their picture, or by their path alone. */
  readonly byPicture: boolean;
};

/** `photoId`: its row, where it is known; null when it was added later. */
export type ImportedPhoto = ExportedPhoto & { readonly photoId?: number | null };

/**
 * Adds own tags, rejections and favourites to the photos they were exported of, found by the picture, then
 * by the path (docs/rules.md 1). Nothing is taken away, except that a tag of a later state takes back the
 * rejection of an earlier one, and the reverse. Answers the photos that are not in the library.
 */
export function importPhotos(
  db: WritableDB,
  input: {
    readonly photos: readonly ImportedPhoto[];
    /** Photos of this library that were taken already. */
    readonly taken: readonly number[];
    readonly later?: LaterState;
    readonly now: number;
  },
  changes: ChangeLog,
): {
  matched: readonly number[];
  unmatched: readonly ImportedPhoto[];
  failed: readonly ImportFailure[];
} {
  const { later } = input;
  const taken = new Set(input.taken);
  const matched: number[] = [];
  const unmatched: ImportedPhoto[] = [];
  const failed: ImportFailure[] = [];
  const touched = new Set<number>();
  for (const photo of input.photos) {
    if (!photo.favorite && photo.mine.length === 0 && photo.rejected.length === 0) continue;
    const photoId = later ? findLater(db, photo, taken, later) : findPhoto(db, photo, taken);
    if (photoId === null) {
      unmatched.push(photo);
      failed.push({
        path: photo.path,
        code: 'not_found',
        message: `No photo of the library shows the picture of ${photo.path}. Add its folder, then import again.`,
      });
      continue;
    }
    taken.add(photoId);
    matched.push(photoId);
    const step = emptyStep();
    for (const word of photo.mine) {
      const label = ensureLabel(db, { ...word, serviceId: 'me' }, input.now);
      if (label.created) changes.tags();
      step.addTags.push([photoId, label.id]);
      if (later) step.removeRejections.push([photoId, label.tagId]);
    }
    for (const word of photo.rejected) {
      const tagId = tagOf(db, word, input.now, changes);
      step.addRejections.push([photoId, tagId]);
      if (later) step.removeTags.push(...ownTags(db, tagId, [photoId]));
    }
    if (photo.favorite) step.favorites.push([photoId, 1]);
    applyStep(db, step, input.now, touched);
  }
  changes.photos(touched);
  return { matched, unmatched, failed };
}

type Candidate = PhotoPlace & { readonly id: number };

const CANDIDATE_SQL = `SELECT photo.id, root.path AS rootPath, folder.path AS folderPath, photo.name
  FROM photo JOIN folder ON folder.id = photo.folder_id JOIN root ON root.id = folder.root_id`;

/** Of photos with the picture the one whose path ends most alike, each only once; else the one at the path. */
function findPhoto(
  db: WritableDB,
  photo: ExportedPhoto,
  taken: ReadonlySet<number>,
): number | null {
  return findByPicture(db, photo, taken, 0) ?? findByPath(db, photo, taken);
}

/**
 * The row itself where it is known. Of others the one at the path: a copy that was there before must not get
 * what is another's.
 */
function findLater(
  db: WritableDB,
  photo: ImportedPhoto,
  taken: ReadonlySet<number>,
  later: LaterState,
): number | null {
  if (typeof photo.photoId === 'number') {
    return get(db, 'SELECT 1 FROM photo WHERE id = ?', photo.photoId) ? photo.photoId : null;
  }
  const there = findByPath(db, photo, taken);
  if (there !== null || !later.byPicture) return there;
  return findByPicture(db, photo, taken, later.newestPhotoId);
}

function findByPicture(
  db: WritableDB,
  photo: ExportedPhoto,
  taken: ReadonlySet<number>,
  after: number,
): number | null {
  if (photo.imageHash === null) return null;
  const alike = all<Candidate>(
    db,
    `${CANDIDATE_SQL} WHERE photo.picture_id =
       (SELECT id FROM picture WHERE image_hash = unhex(?)) AND photo.id > ? ORDER BY photo.id`,
    photo.imageHash,
    after,
  ).filter(({ id }) => !taken.has(id));
  const [best] = alike
    .map((candidate) => ({
      id: candidate.id,
      common: commonEnd(displayPath(candidate), photo.path),
    }))
    .sort((a, b) => b.common - a.common || a.id - b.id);
  return best?.id ?? null;
}

function findByPath(
  db: WritableDB,
  photo: ExportedPhoto,
  taken: ReadonlySet<number>,
): number | null {
  const name = photo.path.split(/[/\\]/).at(-1) ?? '';
  const there = all<Candidate>(
    db,
    `${CANDIDATE_SQL} WHERE photo.name_key = ?`,
    foldName(name),
  ).find((candidate) => !taken.has(candidate.id) && displayPath(candidate) === photo.path);
  return there?.id ?? null;
}

/** Parts of two paths that are the same, from the end. */
function commonEnd(a: string, b: string): number {
  const first = a.split(/[/\\]/).reverse();
  const second = b.split(/[/\\]/).reverse();
  const different = first.findIndex((part, index) => part !== second[index]);
  return different < 0 ? first.length : different;
}

/** The tag that a rejection is about; one that nothing carries yet is made, so that the word is kept. */
function tagOf(db: WritableDB, word: ExportedWord, now: number, changes: ChangeLog): number {
  const known = get<{ tagId: number }>(
    db,
    `SELECT label.tag_id AS tagId FROM label JOIN tag ON tag.id = label.tag_id
      WHERE label.raw = ? AND tag.type = ? ORDER BY label.id LIMIT 1`,
    word.raw,
    word.type,
  );
  if (known) return known.tagId;
  for (const language of ['en', 'zh'] as const) {
    const name = word.names[language];
    const found = name === undefined ? null : findTagByName(db, name, language);
    if (found !== null) return found;
  }
  changes.tags();
  return ensureLabel(db, { ...word, serviceId: 'me' }, now).tagId;
}
