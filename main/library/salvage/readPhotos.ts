/** What a person did to photos that the backup does not know of. */
import { type ExportedWord, PARTS } from '../exchange/document.ts';
import { displayPath, hex } from '../paths.ts';
import type { Base } from './base.ts';
import type { Folders } from './readHead.ts';
import type { DamagedTables, Row } from './tables.ts';
import type { NewestIds, SalvagedPhoto } from './types.ts';
import {
  isBytes,
  isFlag,
  isHash,
  isId,
  isIdOrNone,
  isScore,
  isText,
  isTime,
  isWhole,
} from './values.ts';
import type { Words } from './words.ts';

type Done = { favorite: boolean; readonly mine: ExportedWord[]; readonly rejected: ExportedWord[] };

/** Each photo with what was added to it since the backup. */
export function* readPhotos(
  damaged: DamagedTables,
  base: Base,
  newest: NewestIds,
  words: Words,
  folders: Folders,
): Generator<SalvagedPhoto, void, void> {
  const done = new Map<number, Done>();
  const doneTo = (photoId: number): Done => {
    const known = done.get(photoId) ?? { favorite: false, mine: [], rejected: [] };
    done.set(photoId, known);
    return known;
  };
  const isOld = (table: string, id: number): boolean => id <= (newest[table] ?? 0);
  const taken = new Set<string>();
  const takeTag = (row: Row): void => {
    const photoId = Number(row['photo_id']);
    const labelId = Number(row['label_id']);
    const word = words.own.has(labelId) ? words.ofLabel(labelId) : null;
    if (!word || taken.has(`${photoId} ${labelId}`)) return;
    taken.add(`${photoId} ${labelId}`);
    const isKnown =
      isOld('photo', photoId) &&
      isOld('label', labelId) &&
      base.has('SELECT 1 FROM photo_tag WHERE photo_id = ? AND label_id = ?', photoId, labelId);
    const { service: _, ...mine } = word;
    if (!isKnown) doneTo(photoId).mine.push(mine);
  };
  const isPair = (row: Row): boolean => isId(row['photo_id']) && isId(row['label_id']);
  const isRead = damaged.read('photo_tag', {
    isSound: (row) => isPair(row) && isScore(row['confidence']) && isIdOrNone(row['run_id']),
    row: takeTag,
  });
  // The index tells which photos have a label as well.
  if (!isRead) damaged.read('photo_tag_label', { isSound: isPair, row: takeTag });
  damaged.read('rejection', {
    isSound: (row) => isId(row['photo_id']) && isId(row['tag_id']) && isTime(row['rejected_at']),
    row: (row) => {
      const photoId = Number(row['photo_id']);
      const tagId = Number(row['tag_id']);
      const isKnown =
        isOld('photo', photoId) &&
        isOld('tag', tagId) &&
        base.has('SELECT 1 FROM rejection WHERE photo_id = ? AND tag_id = ?', photoId, tagId);
      const word = isKnown ? null : words.ofTag(tagId);
      if (word) doneTo(photoId).rejected.push(word);
    },
  });
  const pictureOf = new Map<number, number>();
  const paths = new Map<number, string>();
  damaged.read('photo', {
    isSound: (row) =>
      isId(row['id']) &&
      isId(row['folder_id']) &&
      isBytes(row['name']) &&
      isText(row['name_text']) &&
      isText(row['name_key']) &&
      isWhole(row['size_bytes']) &&
      isWhole(row['mtime_us']) &&
      isTime(row['added_at']) &&
      isIdOrNone(row['picture_id']) &&
      isFlag(row['favorite']),
    row: (row) => {
      const id = Number(row['id']);
      const isNewFavorite =
        row['favorite'] === 1 &&
        !(isOld('photo', id) && base.has('SELECT 1 FROM photo WHERE id = ? AND favorite = 1', id));
      if (isNewFavorite) doneTo(id).favorite = true;
      if (isOld('photo', id) || !done.has(id)) return;
      const folder = folders.get(Number(row['folder_id']));
      const name = row['name'];
      if (folder && isBytes(name)) paths.set(id, displayPath({ ...folder, name }));
      if (isId(row['picture_id'])) pictureOf.set(id, row['picture_id']);
    },
  });
  const wanted = new Set(pictureOf.values());
  const hashes = new Map<number, string>();
  if (wanted.size > 0) {
    damaged.read('picture', {
      isSound: (row) => isId(row['id']) && isHash(row['image_hash']),
      row: (row) => {
        const id = Number(row['id']);
        const hash = isBytes(row['image_hash']) ? hex(row['image_hash']) : null;
        if (wanted.has(id) && hash !== null) hashes.set(id, hash);
      },
    });
  }
  for (const [id, evidence] of done) {
    const isOfBase = isOld('photo', id) && base.has('SELECT 1 FROM photo WHERE id = ?', id);
    const parsed = PARTS.photos.safeParse({
      ...evidence,
      path: paths.get(id) ?? '',
      imageHash: hashes.get(pictureOf.get(id) ?? 0) ?? null,
    });
    // A photo of which nothing else can be read can never be found again.
    const isFindable = isOfBase || (parsed.data?.path ?? '') !== '' || parsed.data?.imageHash;
    if (parsed.success && isFindable) yield { ...parsed.data, photoId: isOfBase ? id : null };
  }
}
