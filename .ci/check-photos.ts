/**
 * Indexes a folder of real photos with the command line and compares the outcome with what is known
 * of them: `check-photos.ts PHOTOS MANIFEST`.
 */
import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import sharp from 'sharp';
import type { IndexSummary, Photo } from '../shared/model.ts';

/** What is known of a file; null means that the file does not say. */
type Fact = {
  path: string;
  sha256: string;
  format: string;
  displayWidth: number;
  displayHeight: number;
  dateTaken: string | null;
  offset: string | null;
  make: string | null;
  model: string | null;
  gps: { lat: number; lon: number } | null;
  sharpDecodes: 'yes' | 'no' | 'with-errors';
  sameBytesAs?: string[];
  source?: string;
};

/**
 * Where Tagroll knows better or by another rule than the tool that made the manifest.
 * Dates: these are only in proprietary segments (PictureInfo, CIFF, FLIR, Reconyx) that no rule names, or the
 * rule takes XMP DateCreated before the XMP CreateDate or IPTC date that the manifest took.
 * Place: the manifest leaves out an XMP place beside an empty EXIF one, or took one from a FLIR segment.
 */
const DATE_BY_OTHER_RULE = [
  'olympus-d320l.jpg',
  'sony-powershota5.jpg',
  'photo 3440.jpg',
  'photo 6387.jpg',
  'Reconyx_HC500_Hyperfire.jpg',
  'long_description.jpg',
  'PhotoMechanic.jpg',
];
const PLACE_BY_OTHER_RULE = ['DSCN8823.jpg', 'photo 6387.jpg'];
const CAMERA_BY_OTHER_RULE = ['sony-powershota5.jpg'];

/** What sharp does not read and decoders of our own do. */
const DECODED_BY_US = ['HEIC', 'HEIF', 'BMP', 'ICO', 'JP2', 'JXL Codestream', 'PSD'];
/**
 * RAW files are shown by the picture inside them. These are samples that the pictures were cut out of: of
 * some a small one is left, of some none, and one ends before the place that it names.
 */
const RAW_STATES: Readonly<Record<string, Photo['state']>> = {
  RAF: 'ok',
  RW2: 'ok',
  DNG: 'ok',
  CR2: 'unsupported',
  NEF: 'unsupported',
  CR3: 'failed',
};
const THUMBNAIL_SIDE = 512;
/** Pixels that a thumbnail's sides may be off by rounding. */
const ROUNDING = 1;
/** One picture in all eight orientations, each turned back by its EXIF. */
const ORIENTATION_SET = /exif-orientation-examples:(\w+)_([1-8])\.jpg$/;
/** Mean difference of two thumbnails of one picture, of 255: each was compressed on its own. */
const SAME_LOOK = 12;
/** Degrees that two readings of one place may differ by. */
const DEGREES = 0.00002;
const project = resolve(import.meta.dirname, '..');
const [photos = '', manifest = ''] = process.argv.slice(2).map((path) => resolve(path));
const library = mkdtempSync(join(tmpdir(), 'tagroll-check-'));

function tagroll<Answer>(...words: string[]): Answer {
  const run = spawnSync(
    process.execPath,
    [join(project, 'app/cli.ts'), ...words, '--library', library, '--json'],
    { encoding: 'utf8', maxBuffer: 1e9, stdio: ['ignore', 'pipe', 'inherit'] },
  );
  if (run.status !== 0 && run.status !== 1) {
    throw new Error(`tagroll ${words[0]} ended with ${run.status}: ${run.stdout}`);
  }
  return JSON.parse(run.stdout) as Answer;
}

function differences(fact: Fact, photo: Photo | undefined): string[] {
  if (!photo) return ['is not in the library'];
  const found: string[] = [];
  const compare = (what: string, is: unknown, should: unknown): void => {
    if (is !== should)
      found.push(`${what} is ${JSON.stringify(is)}, should be ${JSON.stringify(should)}`);
  };
  compare('fileHash', photo.fileHash, fact.sha256);
  const isOurs = DECODED_BY_US.includes(fact.format);
  const rawState = RAW_STATES[fact.format];
  if (rawState !== undefined) compare('state', photo.state, rawState);
  else if (isOurs) compare('state', photo.state, 'ok');
  else if (fact.sharpDecodes === 'no') {
    compare('state', photo.state, 'unsupported');
    return found;
  } else if (fact.sharpDecodes === 'yes') compare('state', photo.state, 'ok');
  if (photo.state !== 'unsupported' || rawState !== undefined) {
    compare('width', photo.width, fact.displayWidth);
    compare('height', photo.height, fact.displayHeight);
  }
  // The manifest does not read EXIF inside WebP; what Tagroll finds there is no difference.
  if (fact.format.endsWith('WEBP') && fact.make === null && fact.dateTaken === null) return found;
  const name = fact.path.slice(fact.path.lastIndexOf('/') + 1);
  if (DATE_BY_OTHER_RULE.includes(name)) {
    if (photo.takenAt === null) found.push('takenAt is null, should at least be about right');
  } else if (fact.dateTaken !== null) {
    compare('takenAt', photo.takenAt, fact.dateTaken);
    // The manifest's offset is the EXIF one; a date from XMP brings its own.
    if (photo.takenAtSource !== 'xmp') {
      compare('takenAtSource', photo.takenAtSource, 'exif');
      compare('utcOffsetMinutes', photo.utcOffsetMinutes, offsetMinutes(fact.offset));
    }
  } else if (photo.takenAtSource === 'exif') {
    found.push(`takenAt is ${photo.takenAt}, but the file has no date`);
  }
  if (!CAMERA_BY_OTHER_RULE.includes(name)) {
    compare('camera', photo.camera, [fact.make, fact.model].filter(Boolean).join(' ') || null);
  }
  if (PLACE_BY_OTHER_RULE.includes(name)) return found;
  const { gps } = fact;
  if (
    gps === null
      ? photo.latitude !== null
      : !near(photo.latitude, gps.lat) || !near(photo.longitude, gps.lon)
  ) {
    found.push(`place is ${photo.latitude}, ${photo.longitude}, should be ${JSON.stringify(gps)}`);
  }
  return found;
}

function thumbnailPath({ imageHash }: Photo): string {
  const hash = imageHash ?? '';
  return join(library, 'thumbnails', hash.slice(0, 2), `${hash}.jpg`);
}

/** A photo that is shown has a thumbnail of its shape; a RAW file may be shown by a picture of another. */
async function wrongThumbnail(fact: Fact, photo: Photo): Promise<string[]> {
  const { width, height, state } = photo;
  if (state !== 'ok' || width === null || height === null) return [];
  const path = thumbnailPath(photo);
  if (!existsSync(path)) return ['has no thumbnail'];
  // Of another shape than the RAW file itself, perhaps.
  if (RAW_STATES[fact.format]) return [];
  const is = await sharp(path).metadata();
  const scale = Math.min(1, THUMBNAIL_SIDE / Math.max(width, height));
  const isRight = (side: number, of: number): boolean =>
    Math.abs(side - Math.max(1, of * scale)) <= ROUNDING;
  if (isRight(is.width, width) && isRight(is.height, height)) return [];
  return [`its thumbnail is ${is.width} × ${is.height}, the photo ${width} × ${height}`];
}

/** Photos that look other than the first of their orientation set. */
async function wronglyTurned(
  facts: readonly Fact[],
  find: (fact: Fact) => Photo | undefined,
): Promise<string[]> {
  const firsts = new Map<string, Buffer>();
  const wrong: string[] = [];
  const members = facts
    .map((fact) => ({ fact, match: ORIENTATION_SET.exec(fact.source ?? '') }))
    .sort((one, other) => (one.match?.[2] ?? '').localeCompare(other.match?.[2] ?? ''));
  for (const { fact, match } of members) {
    const photo = match ? find(fact) : undefined;
    if (!match || !photo) continue;
    const [, set = ''] = match;
    const look = await sharp(thumbnailPath(photo)).resize(48, 48, { fit: 'fill' }).raw().toBuffer();
    const first = firsts.get(set);
    if (!first) {
      firsts.set(set, look);
      continue;
    }
    const sum = look.reduce((total, value, at) => total + Math.abs(value - (first[at] ?? 0)), 0);
    if (sum / look.length > SAME_LOOK) wrong.push(`${fact.path}: is not turned as the others`);
  }
  return wrong;
}

function near(is: number | null, should: number): boolean {
  return is !== null && Math.abs(is - should) <= DEGREES;
}

function offsetMinutes(offset: string | null): number | null {
  const match = /^([+-])(\d\d):(\d\d)$/.exec(offset ?? '');
  return match ? (match[1] === '-' ? -1 : 1) * (Number(match[2]) * 60 + Number(match[3])) : null;
}

try {
  const facts = (JSON.parse(readFileSync(manifest, 'utf8')) as { files: Fact[] }).files;
  const summary = tagroll<IndexSummary>('index', photos);
  const { photos: found } = tagroll<{ photos: Photo[] }>('search', '--limit', '100000');
  const byPath = new Map(found.map((photo) => [photo.path, photo]));
  let wrong = 0;
  for (const fact of facts) {
    const photo = byPath.get(join(photos, fact.path));
    const list = [...differences(fact, photo), ...(photo ? await wrongThumbnail(fact, photo) : [])];
    if (list.length === 0) continue;
    wrong += 1;
    for (const line of list) process.stdout.write(`${fact.path}: ${line}\n`);
  }
  for (const failure of summary.failed) {
    process.stdout.write(`failed: ${failure.path}: ${failure.code} ${failure.message}\n`);
  }
  for (const line of await wronglyTurned(facts, (fact) => byPath.get(join(photos, fact.path)))) {
    wrong += 1;
    process.stdout.write(`${line}\n`);
  }
  const again = tagroll<IndexSummary>('index', photos);
  if (again.added + again.changed + again.moved + again.missing > 0) {
    wrong += 1;
    process.stdout.write(`a second index found changes: ${JSON.stringify(again)}\n`);
  }
  process.stdout.write(
    `Real photos: ${facts.length - wrong} of ${facts.length} agree with what is known of them, in ${summary.seconds} s.\n`,
  );
  process.exitCode = wrong > 0 ? 1 : 0;
} finally {
  rmSync(library, { recursive: true, force: true });
}
