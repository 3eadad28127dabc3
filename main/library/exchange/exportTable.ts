/** Photos with their tags as a table for spreadsheets: one line a photo. */
import { csvLines } from '../../../shared/csv.ts';
import type { TagEntry } from '../../../shared/model.ts';
import { type ExportRequest, pieces, withEvidence } from './exportLibrary.ts';

const COLUMNS = [
  'path',
  'fileHash',
  'imageHash',
  'takenAt',
  'takenAtSource',
  'utcOffsetMinutes',
  'width',
  'height',
  'camera',
  'lens',
  'latitude',
  'longitude',
  'state',
] as const;

/** The table, piece by piece. */
export function* exportCsv(request: ExportRequest): Generator<string, void, void> {
  // Without the mark spreadsheets take the text for one of an older encoding.
  yield `\uFEFF${csvLines([[...COLUMNS, 'favorite', 'mine', 'tags', 'rejected']])}`;
  for (const photos of pieces(request)) {
    const lines = withEvidence(request.db, photos).map((photo) => [
      ...COLUMNS.map((column) => photo[column]),
      photo.favorite ? 'yes' : 'no',
      photo.mine.map((word) => shown(word.names)).join('; '),
      photo.tags
        .filter((tag) => !tag.rejected && tag.source !== 'me')
        .map(tagText)
        .join('; '),
      photo.rejected.map((word) => shown(word.names)).join('; '),
    ]);
    yield csvLines(lines);
  }
}

function shown(names: TagEntry['names']): string {
  return [names.en, names.zh].filter((name) => name !== undefined).join(' / ');
}

function tagText({ names, source, confidence }: TagEntry): string {
  return `${shown(names)} (${source} ${Math.round(confidence * 10) / 10})`;
}
