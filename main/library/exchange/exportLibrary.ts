/** Everything that a person made and every reply that was paid for, as text in pieces. */
import { inflateSync } from 'node:zlib';
import type { Box, Photo, TagNames, TagType } from '../../../shared/model.ts';
import { all, get, type ReadableDB } from '../database.ts';
import { photosByIds } from '../photos.ts';
import { savedSearches } from '../searches.ts';
import { namesOfTags } from '../tags.ts';
import {
  type ExportedPhoto,
  type ExportedReply,
  type ExportedTag,
  type ExportedWord,
  type ExportHead,
  FORMAT,
  VERSION,
} from './document.ts';

export type ExportRequest = {
  readonly db: ReadableDB;
  readonly photoIds: ArrayLike<number>;
  /** Null: the whole library. */
  readonly query: string | null;
  /** Milliseconds since 1970 UTC. */
  readonly now: number;
};

/** Photos and replies of one piece: little enough that others are answered between two. */
const PIECE = 500;

/** The JSON document. A photo without an own tag, rejection or favourite is listed too: other programs read it. */
export function* exportJson(request: ExportRequest): Generator<string, void, void> {
  const { db, query, now } = request;
  const head = {
    format: FORMAT,
    version: VERSION,
    exportedAt: new Date(now).toISOString(),
    query,
    links: personsLinks(db),
    searches: savedSearches(db).map(({ id: _, ...search }) => search),
    neverUpload: neverUpload(db),
  } satisfies ExportHead;
  const opening = JSON.stringify(head);
  yield `${opening.slice(0, -1)},\n"photos":[`;
  let separator = '\n';
  for (const photos of pieces(request)) {
    const lines = withEvidence(db, photos).map((photo) => JSON.stringify(photo));
    yield separator + lines.join(',\n');
    separator = ',\n';
  }
  yield '\n],\n"replies":[';
  separator = '\n';
  for (const replies of replyPieces(db, query === null ? null : request.photoIds)) {
    yield separator + replies.map((reply) => JSON.stringify(reply)).join(',\n');
    separator = ',\n';
  }
  yield '\n]}\n';
}

/** Photos of the request with what is known of them, piece by piece. */
export function* pieces({ db, photoIds }: ExportRequest): Generator<Photo[], void, void> {
  const ids = Array.from(photoIds);
  for (let start = 0; start < ids.length; start += PIECE) {
    yield photosByIds(db, ids.slice(start, start + PIECE));
  }
}

/** What the person did to photos, beside what is known of them. */
export function withEvidence(db: ReadableDB, photos: readonly Photo[]): (Photo & ExportedPhoto)[] {
  const ids = JSON.stringify(photos.map((photo) => photo.id));
  const favorites = new Set(
    all<{ id: number }>(
      db,
      'SELECT id FROM photo WHERE favorite AND id IN (SELECT value FROM json_each(?))',
      ids,
    ).map((row) => row.id),
  );
  type Row = { photoId: number; tagId: number; raw: string; type: TagType };
  const mine = all<Row>(
    db,
    `SELECT photo_tag.photo_id AS photoId, label.tag_id AS tagId, label.raw, tag.type
       FROM photo_tag JOIN label ON label.id = photo_tag.label_id JOIN tag ON tag.id = label.tag_id
      WHERE label.service_id = 'me' AND photo_tag.photo_id IN (SELECT value FROM json_each(?))`,
    ids,
  );
  const rejected = all<Row>(
    db,
    `SELECT rejection.photo_id AS photoId, tag.id AS tagId, tag.type,
            COALESCE((SELECT raw FROM label WHERE label.tag_id = tag.id ORDER BY label.id LIMIT 1), '') AS raw
       FROM rejection JOIN tag ON tag.id = rejection.tag_id
      WHERE rejection.photo_id IN (SELECT value FROM json_each(?))`,
    ids,
  );
  const names = namesOfTags(
    db,
    [...mine, ...rejected].map((row) => row.tagId),
  );
  const words = (rows: readonly Row[], photoId: number): ExportedWord[] =>
    rows
      .filter((row) => row.photoId === photoId)
      .map(({ raw, tagId, type }) => wordOf(raw, names.get(tagId), type));
  return photos.map((photo) => ({
    ...photo,
    favorite: favorites.has(photo.id),
    mine: words(mine, photo.id),
    rejected: words(rejected, photo.id),
  }));
}

function wordOf(raw: string, names: TagNames | undefined, type: TagType): ExportedWord {
  const known = names ?? {};
  return { raw: raw || (known.en ?? known.zh ?? type), names: { ...known }, type };
}

function personsLinks(db: ReadableDB): ExportHead['links'] {
  return all<{ zh: string; en: string; linked: 0 | 1 }>(
    db,
    `SELECT zh_key AS zh, en_key AS en, linked FROM tag_link WHERE decided_by = 'person'`,
  ).map((row) => ({ ...row, linked: row.linked === 1 }));
}

function neverUpload(db: ReadableDB): string[] {
  return all<{ root: string; folder: string }>(
    db,
    `SELECT root.path_text AS root, folder.path_text AS folder
       FROM folder JOIN root ON root.id = folder.root_id WHERE folder.never_upload`,
  ).map(({ root, folder }) => (folder === '' ? root : `${root.replace(/\/$/, '')}/${folder}`));
}

type ReplyRow = {
  id: number;
  imageHash: Buffer;
  service: string;
  variant: string;
  receivedAt: number;
  requestId: string | null;
  parameters: string;
  withdrawn: 0 | 1;
  body: Buffer;
};

/** Replies about the pictures of these photos, or all. */
function* replyPieces(
  db: ReadableDB,
  photoIds: ArrayLike<number> | null,
): Generator<ExportedReply[], void, void> {
  const wanted = photoIds === null ? null : JSON.stringify(Array.from(photoIds));
  const ofPhotos =
    wanted === null
      ? ''
      : `AND image_hash IN (SELECT picture.image_hash FROM photo JOIN picture
           ON picture.id = photo.picture_id WHERE photo.id IN (SELECT value FROM json_each(?)))`;
  for (let last = 0; ; ) {
    const rows = all<ReplyRow>(
      db,
      `SELECT id, image_hash AS imageHash, service_id AS service, variant, received_at AS receivedAt,
              request_id AS requestId, parameters, withdrawn, body
         FROM reply WHERE id > ? ${ofPhotos} ORDER BY id LIMIT ${PIECE}`,
      last,
      ...(wanted === null ? [] : [wanted]),
    );
    if (rows.length > 0) yield rows.map((row) => toReply(db, row));
    if (rows.length < PIECE) return;
    last = rows.at(-1)?.id ?? last;
  }
}

function toReply(db: ReadableDB, row: ReplyRow): ExportedReply {
  const { id: _, imageHash, parameters, withdrawn, body, ...rest } = row;
  const bytes = inflateSync(body);
  const text = bytes.toString('utf8');
  const isText = Buffer.from(text, 'utf8').equals(bytes);
  return {
    ...rest,
    imageHash: imageHash.toString('hex'),
    parameters: JSON.parse(parameters) as ExportedReply['parameters'],
    withdrawn: withdrawn === 1,
    encoding: isText ? 'text' : 'base64',
    body: isText ? text : bytes.toString('base64'),
    tags: isInForce(db, row) ? tagsOf(db, imageHash, row.service) : null,
  };
}

function isInForce(db: ReadableDB, { id, imageHash, service }: ReplyRow): boolean {
  const newest = get<{ id: number }>(
    db,
    `SELECT id FROM reply INDEXED BY reply_known
      WHERE image_hash = ? AND service_id = ? AND NOT withdrawn ORDER BY id DESC LIMIT 1`,
    imageHash,
    service,
  );
  return newest?.id === id;
}

function tagsOf(db: ReadableDB, imageHash: Buffer, service: string): ExportedTag[] {
  type Row = {
    raw: string;
    tagId: number;
    type: TagType;
    confidence: number;
    boxes: string | null;
  };
  const rows = all<Row>(
    db,
    `SELECT label.raw, tag.id AS tagId, tag.type, picture_tag.confidence, picture_tag.boxes
       FROM picture CROSS JOIN picture_tag ON picture_tag.picture_id = picture.id
       JOIN label ON label.id = picture_tag.label_id JOIN tag ON tag.id = label.tag_id
      WHERE picture.image_hash = ? AND label.service_id = ?
      ORDER BY picture_tag.confidence DESC, label.id`,
    imageHash,
    service,
  );
  const names = namesOfTags(
    db,
    rows.map((row) => row.tagId),
  );
  return rows.map(({ raw, tagId, type, confidence, boxes }) => ({
    ...wordOf(raw, names.get(tagId), type),
    confidence,
    boxes: boxes === null ? [] : (JSON.parse(boxes) as Box[]),
  }));
}
