/** Taking over what is newer in a damaged library than in the backup that stands in for it. */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { Logger } from '../../log.ts';
import type { ReadableDB } from '../database.ts';
import { type ExportHead, FORMAT, VERSION } from '../exchange/document.ts';
import type { ImportedPhoto, LaterState } from '../exchange/importPhotos.ts';
import { findTagByName } from '../tags.ts';
import type { Writer } from '../writer.ts';
import { readInThread } from './inThread.ts';
import { dropPending, type KeptSalvage, keepPending, type Waiting } from './pending.ts';
import type { Salvaged, SalvagedHead } from './types.ts';

export type SalvageOptions = {
  readonly libraryPath: string;
  readonly db: ReadableDB;
  readonly writer: Writer;
  readonly logger: Logger;
  readonly now: () => number;
  /** Adds a folder as a person would, and tells one where it lies now. */
  readonly addRoot: (path: Uint8Array) => Promise<unknown>;
  readonly moveRoot: (rootId: number, path: Uint8Array) => Promise<unknown>;
  readonly signal: AbortSignal;
  /** Every paid reply is in the library: from here on nothing is asked about twice. */
  readonly onPaidKept: () => void;
};

/** What was taken over. */
export type SalvageCounts = {
  /** A person's: tags, corrections, favourites, decisions about names, searches, settings, folders. */
  changes: number;
  /** Paid replies. */
  replies: number;
  /** Photos that are not in the library yet. */
  waiting: number;
  /** Pages that could not be read, or only in parts. */
  badPages: number;
};

/**
 * Reads one damaged library and adds what it has beyond the backup. Again changes nothing. Afterwards only what
 * waits for its photo is kept of it. Rejects when the file cannot be read, or when aborted.
 */
export async function takeOver(
  { file, pending }: KeptSalvage,
  options: SalvageOptions,
): Promise<{ counts: SalvageCounts; waiting: Waiting }> {
  const { libraryPath, writer, now } = options;
  const backup = join(libraryPath, pending.backup.file);
  const counts: SalvageCounts = { changes: 0, replies: 0, waiting: 0, badPages: 0 };
  let waiting: Waiting = { photos: [], neverUpload: [] };
  let later: LaterState | undefined;
  let links: SalvagedHead['links'] = [];
  const take = async (part: Salvaged): Promise<void> => {
    if (part.kind === 'photos' || part.kind === 'end') options.onPaidKept();
    switch (part.kind) {
      case 'head': {
        if (part.isSameLine) {
          later = { newestPhotoId: pending.newest['photo'] ?? 0, byPicture: false };
        }
        const done = await takeHead(part.head, options);
        counts.changes += done.changes;
        links = part.head.links;
        waiting = { ...waiting, neverUpload: done.neverUpload };
        return;
      }
      case 'uploads':
        await writer.run('importUploads', { uploads: part.uploads, fromId: part.fromId });
        return;
      case 'replies': {
        const done = await writer.run('importReplies', { replies: part.replies, now: now() });
        counts.replies += done.written;
        return;
      }
      case 'photos': {
        const done = await writer.run('importPhotos', {
          photos: part.photos,
          taken: [],
          ...(later ? { later } : {}),
          now: now(),
        });
        counts.changes += thingsIn(part.photos) - thingsIn(done.unmatched);
        const photos = [...waiting.photos, ...done.unmatched.map(asWaiting)];
        waiting = { ...waiting, photos };
        counts.waiting = photos.length;
        return;
      }
      case 'end':
        counts.badPages = part.badPages;
        // Only now all their tags are there.
        for (const link of links) await followLink(link, options);
    }
  };
  const request = {
    damagedPath: join(libraryPath, pending.aside, 'library.db'),
    basePath: existsSync(backup) ? backup : join(libraryPath, 'library.db'),
    newest: pending.newest,
  };
  await readInThread(request, take, options.signal);
  if (countOf(waiting) === 0) dropPending(file);
  else keepPending(file, { ...pending, waiting });
  return { counts, waiting };
}

/** Looks for photos and folders that were not there before; `asked` is a part of what waits. Answers what still does. */
export async function takeWaiting(
  { file, pending }: KeptSalvage,
  asked: Waiting,
  waiting: Waiting,
  { writer, now }: Pick<SalvageOptions, 'writer' | 'now'>,
): Promise<Waiting> {
  const { missing } = await writer.run('importHead', {
    head: { ...EMPTY_HEAD, neverUpload: asked.neverUpload },
    now: now(),
  });
  const { unmatched } = await writer.run('importPhotos', {
    photos: asked.photos,
    taken: [],
    later: { newestPhotoId: pending.newest['photo'] ?? 0, byPicture: true },
    now: now(),
  });
  const photos = asked === waiting ? unmatched.map(asWaiting) : waiting.photos;
  const left = { photos, neverUpload: [...missing] };
  const isFewer = countOf(left) < countOf(waiting);
  if (countOf(left) === 0) dropPending(file);
  else if (isFewer) keepPending(file, { ...pending, waiting: left });
  return left;
}

/** Photos and folders. */
export function countOf({ photos, neverUpload }: Waiting): number {
  return photos.length + neverUpload.length;
}

function asWaiting(photo: ImportedPhoto): Waiting['photos'][number] {
  return { ...photo, photoId: photo.photoId ?? null };
}

function thingsIn(photos: readonly ImportedPhoto[]): number {
  return photos.reduce(
    (sum, { mine, rejected, favorite }) => sum + mine.length + rejected.length + (favorite ? 1 : 0),
    0,
  );
}

const EMPTY_HEAD: ExportHead = {
  format: FORMAT,
  version: VERSION,
  exportedAt: '',
  query: null,
  links: [],
  searches: [],
  neverUpload: [],
};

/** Answers how much was taken over, and the folders that are not there yet. */
async function takeHead(
  head: SalvagedHead,
  options: SalvageOptions,
): Promise<{ changes: number; neverUpload: string[] }> {
  const { writer, now, logger } = options;
  let changes = 0;
  /** One that cannot be taken over keeps none of the others. */
  const attempt = async (what: string, doIt: () => Promise<unknown>): Promise<void> => {
    try {
      await doIt();
      changes += 1;
    } catch (error) {
      options.signal.throwIfAborted();
      logger.warn('not taken over from the damaged library', { what, error: String(error) });
    }
  };
  const importHead = (part: Partial<ExportHead>) =>
    writer.run('importHead', { head: { ...EMPTY_HEAD, ...part }, now: now() });
  for (const { key, value } of head.settings) {
    await attempt(key, () => writer.run('setSetting', { key, value }));
  }
  for (const path of head.newRoots) await attempt('folder', () => options.addRoot(path));
  for (const { id, path } of head.movedRoots) {
    await attempt('folder', () => options.moveRoot(id, path));
  }
  for (const link of head.links) {
    await attempt('link', () => importHead({ links: [link] }));
  }
  for (const search of head.newSearches) {
    await attempt('search', () => importHead({ searches: [search] }));
  }
  for (const search of head.changedSearches) {
    await attempt('search', () => writer.run('changeSearch', search));
  }
  const { missing } = await importHead({ neverUpload: [...head.neverUpload] });
  changes += head.neverUpload.length - missing.length;
  return { changes, neverUpload: [...missing] };
}

/** What a person decided about two names holds for the tags that are there, too. */
async function followLink(
  { zh, en, linked }: SalvagedHead['links'][number],
  { db, writer, logger, now: clock }: SalvageOptions,
): Promise<void> {
  const zhTagId = findTagByName(db, zh, 'zh', ['common']);
  const enTagId = findTagByName(db, en, 'en', ['common']);
  if (zhTagId === null || enTagId === null || linked === (zhTagId === enTagId)) return;
  const now = clock();
  const follow = linked
    ? writer.run('linkTags', { zhTagId, enTagId, now })
    : writer.run('unlinkTags', { tagId: enTagId, now });
  await follow.catch((error: unknown) => {
    logger.warn('names not linked as decided', { zh, en, error: String(error) });
  });
}
