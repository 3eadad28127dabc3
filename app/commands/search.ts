/** `search` and `tags`: what is in the library. */
import type { Photo, Sort, TagEntry, TagNames } from '../../shared/model.ts';
import type { Command } from './command.ts';
import { counted } from './command.ts';
import { table } from './table.ts';

export type SearchOptions = {
  readonly threshold: number;
  readonly limit: number;
  readonly offset: number;
  readonly sort: Sort;
  readonly ascending: boolean;
};

export function searchPhotos(query: string, options: SearchOptions): Command {
  return async ({ client, signal }) => {
    const { total, milliseconds, photos } = await client.photos.search(
      { query, ...options },
      { signal },
    );
    return {
      json: { total, milliseconds, photos: photos.map(photoJson) },
      text: photosText(total, photos, options.offset),
    };
  };
}

export function listTags(query: string, threshold: number): Command {
  return async ({ client, signal }) => {
    const { tags, milliseconds } = await client.tags.facets({ query, threshold }, { signal });
    const columns = [
      { title: 'Tag' },
      { title: '标签' },
      { title: 'Type' },
      { title: 'Photos', align: 'right' },
    ] as const;
    const rows = tags.map((tag) => [
      tag.names.en ?? '',
      tag.names.zh ?? '',
      tag.type,
      tag.count.toLocaleString('en'),
    ]);
    return {
      json: {
        tags: tags.map(({ id, names, type, count }) => ({
          id,
          names: namesJson(names),
          type,
          count,
        })),
        milliseconds,
      },
      text: tags.length === 0 ? 'No tags.' : table(columns, rows),
    };
  };
}

/** The fields that other programs may rely on, in their order; what the window needs beyond them is left out. */
export function photoJson(photo: Photo): object {
  return {
    id: photo.id,
    path: photo.path,
    fileHash: photo.fileHash,
    imageHash: photo.imageHash,
    takenAt: photo.takenAt,
    takenAtSource: photo.takenAtSource,
    utcOffsetMinutes: photo.utcOffsetMinutes,
    width: photo.width,
    height: photo.height,
    camera: photo.camera,
    lens: photo.lens,
    latitude: photo.latitude,
    longitude: photo.longitude,
    state: photo.state,
    tags: photo.tags.map(tagJson),
  };
}

function tagJson(tag: TagEntry): object {
  return {
    id: tag.id,
    names: namesJson(tag.names),
    type: tag.type,
    source: tag.source,
    confidence: tag.confidence,
    ...(tag.boxes
      ? {
          boxes: tag.boxes.map(({ x, y, width, height, confidence }) => ({
            x,
            y,
            width,
            height,
            confidence,
          })),
        }
      : {}),
    ...(tag.rejected ? { rejected: true } : {}),
  };
}

function namesJson({ zh, en }: TagNames): object {
  return { ...(zh === undefined ? {} : { zh }), ...(en === undefined ? {} : { en }) };
}

/** Tags shown in a row of the table. */
const TAGS_IN_ROW = 4;

function photosText(total: number, photos: readonly Photo[], offset: number): string {
  if (photos.length === 0) return `${counted(total, 'photo')} found.`;
  const columns = [
    { title: 'Taken' },
    { title: 'Size', align: 'right' },
    { title: 'State' },
    { title: 'Camera' },
    { title: 'Tags' },
    { title: 'File' },
  ] as const;
  const rows = photos.map((photo) => [
    takenText(photo),
    photo.width && photo.height ? `${photo.width}×${photo.height}` : '',
    photo.state,
    photo.camera ?? '',
    tagsText(photo.tags),
    photo.path,
  ]);
  const last = offset + photos.length;
  const shown =
    photos.length === total
      ? counted(total, 'photo')
      : `${counted(total, 'photo')}, shown: ${(offset + 1).toLocaleString('en')} to ${last.toLocaleString('en')}`;
  return `${table(columns, rows)}\n${shown}`;
}

/** Dates from the file's time are only about right. */
function takenText({ takenAt, takenAtSource }: Photo): string {
  if (takenAt === null) return '';
  return `${takenAtSource === 'mtime' ? '~' : ''}${takenAt.replace('T', ' ')}`;
}

function tagsText(tags: readonly TagEntry[]): string {
  const names = [
    ...new Set(tags.filter((tag) => !tag.rejected).map(({ names: { en, zh } }) => en ?? zh ?? '')),
  ];
  const more = names.length > TAGS_IN_ROW ? ', …' : '';
  return names.slice(0, TAGS_IN_ROW).join(', ') + more;
}
