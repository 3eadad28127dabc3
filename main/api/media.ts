/**
 * Everything that is a GET: thumbnails, previews, originals, search results, the window's files.
 * Photos are named by id only; no path ever comes from a request.
 */
import { constants, type Stats } from 'node:fs';
import { type FileHandle, open, readFile, realpath, stat } from 'node:fs/promises';
import { serializeError, TagrollError } from '../../shared/errors.ts';
import type { Sort } from '../../shared/model.ts';
import { encodeResult } from '../../shared/resultCodec.ts';
import { SERVICE_IDS, type ServiceId } from '../../shared/services.ts';
import { ask, RootSilent } from '../folders/patience.ts';
import { readEmbedded } from '../imaging/embedded.ts';
import type { Previews } from '../imaging/previews.ts';
import type { StandIns } from '../imaging/standIns.ts';
import { thumbnailPath } from '../imaging/thumbnail.ts';
import { relativeBytes } from '../library/bytes.ts';
import type { ReadableDB } from '../library/database.ts';
import { type PhotoFile, photoFile } from '../library/photos.ts';
import type { SearchIndex } from '../search/types.ts';
import type { SentPicture } from '../tagging/sentPicture.ts';
import { fileStream } from './fileStream.ts';
import { rendererFile } from './rendererFiles.ts';
import { whenSent } from './sent.ts';

export type MediaOptions = {
  readonly db: ReadableDB;
  readonly index: SearchIndex;
  readonly previews: Previews;
  readonly standIns: StandIns;
  readonly sentPicture: SentPicture;
  readonly thumbnailFolder: string;
  readonly rendererPath: string | null;
  /** A thumbnail is gone from the disk: the photo is read again. */
  readonly onThumbnailMissing: (photoId: number) => void;
};

/** Formats that a browser shows by itself. */
const BROWSER_TYPES: Readonly<Record<string, string>> = {
  jpeg: 'image/jpeg',
  png: 'image/png',
  webp: 'image/webp',
  gif: 'image/gif',
  avif: 'image/avif',
};

const FOREVER = 'private, max-age=31536000, immutable';
const NEVER = 'no-store';
const SORTS: readonly string[] = ['taken', 'added', 'name', 'confidence'] satisfies Sort[];

/** The engine's one handler of GET requests. Who may ask is the door's concern. */
export function createMediaHandler(options: MediaOptions): (request: Request) => Promise<Response> {
  return async (request) => {
    if (request.method !== 'GET' && request.method !== 'HEAD')
      return refuse(405, 'Only GET is answered here.');
    const url = new URL(request.url);
    try {
      if (url.pathname === '/result') return result(options, url);
      const media = /^\/media\/(thumbnail|preview|embedded|original|upload)\/([0-9]{1,15})$/.exec(
        url.pathname,
      );
      if (media)
        return await picture(options, media[1] ?? '', Number(media[2]), url, request.signal);
      if (url.pathname.startsWith('/media/')) return refuse(404, 'No such picture.');
      if (options.rendererPath !== null)
        return await rendererFile(options.rendererPath, url.pathname);
      return refuse(404, 'Nothing is served here.');
    } catch (error) {
      if (error instanceof TagrollError) return json(400, serializeError(error));
      if (error instanceof RootSilent) return refuse(503, error.message);
      throw error;
    }
  };
}

/** The whole result, or its first `limit` photos; the header `x-total` tells how many there are. */
function result(options: MediaOptions, url: URL): Response {
  const sort = url.searchParams.get('sort') ?? 'taken';
  const threshold = Number(url.searchParams.get('threshold') ?? '0');
  const limit = Number(url.searchParams.get('limit') ?? Number.MAX_SAFE_INTEGER);
  if (
    !SORTS.includes(sort) ||
    !Number.isInteger(limit) ||
    limit < 0 ||
    !Number.isInteger(threshold) ||
    threshold < 0 ||
    threshold > 100
  ) {
    throw new TagrollError('usage', 'The sort order, the threshold or the limit is not valid.');
  }
  const request = {
    query: url.searchParams.get('query') ?? '',
    threshold,
    sort: sort as Sort,
    ascending: url.searchParams.get('ascending') === '1',
  };
  const packed = options.index.result(request, limit);
  const bytes = encodeResult(packed);
  // A body of bytes would be copied first: a megabyte for each change of a large library.
  const body = new ReadableStream({
    start(controller) {
      controller.enqueue(bytes);
      controller.close();
    },
  });
  const response = new Response(body, {
    headers: {
      'content-type': 'application/octet-stream',
      'content-length': String(bytes.byteLength),
      'cache-control': NEVER,
      'x-total': String(packed.total),
    },
  });
  // Without a buffer the bytes are gone.
  return whenSent(response, () => void bytes.buffer.transfer(0));
}

async function picture(
  options: MediaOptions,
  kind: string,
  id: number,
  url: URL,
  signal: AbortSignal,
): Promise<Response> {
  const file = photoFile(options.db, id);
  if (!file) return refuse(404, 'This photo is no longer in the library.');
  const cache =
    file.imageHash !== null && url.searchParams.get('v') === file.imageHash ? FOREVER : NEVER;
  if (kind === 'thumbnail') return thumbnail(options, file, cache);
  if (await ask(file.rootPath, () => leavesRoot(file)))
    return refuse(404, 'The file has become a link out of its folder.');
  switch (kind) {
    case 'embedded':
      return embedded(options, file, signal);
    case 'preview': {
      const made = await options.previews.get(file, signal);
      return 'path' in made
        ? new Response(new Uint8Array(await readFile(made.path)), { headers: jpegHeaders(cache) })
        : json(422, { code: made.failure.code, message: made.failure.message, data: {} });
    }
    case 'upload':
      return upload(options, file, url);
    default:
      return original(file);
  }
}

/** What a service would get, to the byte. */
async function upload(options: MediaOptions, file: PhotoFile, url: URL): Promise<Response> {
  const service = SERVICE_IDS.find((id): id is ServiceId => id === url.searchParams.get('service'));
  if (!service) return refuse(404, 'There is no such service.');
  const result = await options.sentPicture(file, service);
  if ('failure' in result) return json(422, { ...result.failure, data: {} });
  return new Response(new Uint8Array(result.picture.jpeg), { headers: jpegHeaders(NEVER) });
}

async function thumbnail(options: MediaOptions, file: PhotoFile, cache: string): Promise<Response> {
  if (file.imageHash === null) return refuse(404, 'This photo has no thumbnail yet.');
  try {
    const bytes = await readFile(thumbnailPath(options.thumbnailFolder, file.imageHash));
    return new Response(new Uint8Array(bytes), { headers: jpegHeaders(cache) });
  } catch (error) {
    if (!isMissing(error)) throw error;
    options.onThumbnailMissing(file.id);
    return refuse(404, 'The thumbnail is being made.');
  }
}

async function embedded(
  options: MediaOptions,
  file: PhotoFile,
  signal: AbortSignal,
): Promise<Response> {
  const place = file.embedded;
  if (place === null) return refuse(404, 'This photo has no embedded thumbnail.');
  const found = await ask(file.rootPath, () =>
    readEmbedded(file.path, place.offset, place.bytes, file.orientation),
  );
  const bytes = found ?? (file.format === 'heic' ? await options.standIns.get(file, signal) : null);
  if (bytes === null) return refuse(404, 'The embedded thumbnail cannot be read.');
  return new Response(new Uint8Array(bytes), { headers: jpegHeaders(NEVER) });
}

async function original(file: PhotoFile): Promise<Response> {
  const type = BROWSER_TYPES[file.format ?? ''];
  if (type === undefined)
    return refuse(415, 'A browser cannot show this format; ask for the preview.');
  try {
    const opened = await ask(file.rootPath, () => openInRoot(file));
    if (opened === null) return refuse(404, 'The file is not there at the moment.');
    const { handle, size } = opened;
    const stream = fileStream(handle, file.rootPath, size);
    return new Response(stream, {
      headers: {
        'content-type': type,
        'content-length': String(size),
        'cache-control': NEVER,
        'x-content-type-options': 'nosniff',
      },
    });
  } catch (error) {
    if (isMissing(error)) return refuse(404, 'The file is not there at the moment.');
    throw error;
  }
}

/** Opened once and looked at then: a pipe, a folder or a link may have taken the photo's place. */
async function openInRoot(file: PhotoFile): Promise<{ handle: FileHandle; size: number } | null> {
  const handle = await open(file.path, constants.O_RDONLY | (constants.O_NONBLOCK ?? 0));
  let size: number | null = null;
  try {
    const stats = await handle.stat();
    if (stats.isFile() && (await isSameInRoot(file, stats))) size = stats.size;
  } finally {
    if (size === null) await handle.close();
  }
  return size === null ? null : { handle, size };
}

/** Links are followed inside the root only, also those that were made after the last scan. */
async function leavesRoot(file: PhotoFile): Promise<boolean> {
  try {
    return (await pathInRoot(file)) === null;
  } catch (error) {
    // What is gone leads nowhere; a preview of it may still be there.
    if (isMissing(error)) return false;
    throw error;
  }
}

/** Whether the file that was opened is the one that lies in the root: its name may change hands at any time. */
async function isSameInRoot(file: PhotoFile, opened: Stats): Promise<boolean> {
  const path = await pathInRoot(file);
  if (path === null) return false;
  const there = await stat(path);
  return there.ino === opened.ino && there.dev === opened.dev;
}

/** Where a photo really lies; null when that is outside of its root. */
async function pathInRoot(file: PhotoFile): Promise<Buffer | null> {
  const [path, root] = await Promise.all([
    realpath(file.path, { encoding: 'buffer' }),
    realpath(file.rootPath, { encoding: 'buffer' }),
  ]);
  return relativeBytes(root, path) === null ? null : path;
}

function isMissing(error: unknown): boolean {
  return (
    error instanceof Error &&
    'code' in error &&
    (error.code === 'ENOENT' || error.code === 'ENOTDIR')
  );
}

function jpegHeaders(cache: string): Record<string, string> {
  return {
    'content-type': 'image/jpeg',
    'cache-control': cache,
    'x-content-type-options': 'nosniff',
  };
}

function refuse(status: number, message: string): Response {
  return new Response(message, {
    status,
    headers: { 'content-type': 'text/plain; charset=utf-8', 'cache-control': NEVER },
  });
}

function json(status: number, body: unknown): Response {
  return Response.json(body, { status, headers: { 'cache-control': NEVER } });
}
