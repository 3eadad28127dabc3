/** Looks a library through after a bad time: what is lost, doubled, wrong or paid for twice. */
import { realpathSync } from 'node:fs';
import { join } from 'node:path';
import BetterSqlite3 from 'better-sqlite3';
import type { Photo } from '../../shared/model.ts';
import type { Simulators } from '../simulators/start.ts';
import type { FileChanger } from './changer.ts';
import type { Editor } from './editor.ts';
import type { Engine } from './engine.ts';
import { SERVICE, untilTagged } from './tagger.ts';

/** Every number counts something that must not be; `problems` says what, the first of each. */
export type Verdict = {
  readonly filesTried: number;
  readonly photosLost: number;
  readonly photosDoubled: number;
  readonly photosWrong: number;
  readonly ghosts: number;
  readonly editsLost: number;
  readonly editsUndone: number;
  readonly repliesPaid: number;
  readonly repliesLost: number;
  readonly callsRepeated: number;
  readonly checkProblems: number;
  readonly problems: readonly string[];
};

type Tried = {
  readonly engine: Engine;
  readonly libraryPath: string;
  readonly photosPath: string;
  readonly changer: FileChanger;
  readonly editor: Editor;
  readonly simulators: Simulators;
};

const MOST_TOLD = 5;
const PAGE = 5000;

/** Longest time for the queue to come to rest. */
const TAGGED_WITHIN_MS = 10 * 60_000;

/** One last life, without faults: lets it finish its work, judges what is there, and ends it in good order. */
export async function judgeAtRest(
  start: () => Promise<Engine>,
  tried: Omit<Tried, 'engine'>,
): Promise<Verdict & { readonly isTagged: boolean }> {
  const engine = await start();
  await engine.client.library.index({});
  const isTagged = await untilTagged(engine.client, TAGGED_WITHIN_MS);
  const verdict = await judge({ ...tried, engine });
  await engine.stop();
  return { ...verdict, isTagged };
}

/**
 * Scans once more, then compares the library with the files, the edits and the service's own record. The
 * numbers of replies and calls are of all lives together: each kill may cost as many as were under way.
 */
async function judge(tried: Tried): Promise<Verdict> {
  const { engine, changer, editor, simulators } = tried;
  const { client } = engine;
  const problems: string[] = [];
  const tell = (what: string, which: readonly unknown[]): number => {
    if (which.length > 0) {
      problems.push(`${which.length} ${what}: ${which.slice(0, MOST_TOLD).map(String).join(', ')}`);
    }
    return which.length;
  };
  await client.library.index({});
  const root = realpathSync(tried.photosPath);
  const photos = await allPhotos(client);
  const byPath = new Map<string, Photo[]>();
  for (const photo of photos) {
    if (!isShown(photo)) continue;
    byPath.set(photo.path, [...(byPath.get(photo.path) ?? []), photo]);
  }
  const expected = new Map(
    [...changer.files].map(([path, hash]) => [join(root, path), hash] as const),
  );
  const checked = await client.library.check();
  for (const { message, repaired } of checked.problems) {
    problems.push(`check: ${message}${repaired ? ' (repaired)' : ''}`);
  }
  const edits = readEdits(tried.libraryPath);
  const replies = readReplies(tried.libraryPath);
  const paid = paidFor(simulators);
  return {
    filesTried: expected.size,
    photosLost: tell(
      'files are not shown',
      [...expected.keys()].filter((path) => !byPath.has(path)),
    ),
    photosDoubled: tell(
      'files are shown twice',
      [...byPath].filter(([, each]) => each.length > 1).map(([path]) => path),
    ),
    photosWrong: tell(
      'photos have another state or content than their file',
      photos
        .filter((photo) => isShown(photo) && expected.has(photo.path))
        .filter(({ path, state, fileHash }) => state !== 'ok' || fileHash !== expected.get(path))
        .map(({ path, state }) => `${path} (${state})`),
    ),
    ghosts: tell(
      'photos are shown whose file is gone',
      [...byPath.keys()].filter((path) => !expected.has(path)),
    ),
    editsLost: tell(
      'acknowledged tags are gone',
      [...editor.kept].filter((tag) => (edits.get(tag) ?? 0) !== 1),
    ),
    editsUndone: tell(
      'removed tags are back',
      [...editor.removed].filter((tag) => (edits.get(tag) ?? 0) !== 0),
    ),
    repliesPaid: paid.requestIds.length,
    repliesLost: paid.requestIds.filter((id) => !replies.has(id)).length,
    callsRepeated: paid.requestIds.length - paid.pictures,
    checkProblems: checked.problems.length,
    problems,
  };
}

/** Missing and offline photos are kept, and are no files that are there. */
function isShown({ state }: Photo): boolean {
  return state !== 'missing' && state !== 'offline';
}

async function allPhotos(client: Engine['client']): Promise<Photo[]> {
  const photos: Photo[] = [];
  for (;;) {
    const page = await client.photos.search({
      query: '',
      threshold: 0,
      sort: 'added',
      ascending: true,
      limit: PAGE,
      offset: photos.length,
    });
    photos.push(...page.photos);
    if (page.photos.length < PAGE) return photos;
  }
}

/** Tag name → photos that have it from a person, missing ones too. */
export function readEdits(libraryPath: string): Map<string, number> {
  return withLibrary(libraryPath, (db) => {
    const rows = db
      .prepare(
        `SELECT tag_name.name AS name, count(*) AS photos FROM photo_tag
           JOIN label ON label.id = photo_tag.label_id AND label.service_id = 'me'
           JOIN tag_name ON tag_name.tag_id = label.tag_id AND tag_name.language = 'en'
          GROUP BY tag_name.name`,
      )
      .all() as { name: string; photos: number }[];
    return new Map(rows.map(({ name, photos }) => [name, photos]));
  });
}

/** Request ids of the replies that are kept. */
function readReplies(libraryPath: string): ReadonlySet<string> {
  return withLibrary(libraryPath, (db) => {
    const rows = db.prepare('SELECT request_id AS id FROM reply').all() as { id: string | null }[];
    return new Set(rows.flatMap(({ id }) => id ?? []));
  });
}

function withLibrary<Answer>(
  libraryPath: string,
  ask: (db: BetterSqlite3.Database) => Answer,
): Answer {
  const db = new BetterSqlite3(join(libraryPath, 'library.db'), { readonly: true });
  try {
    return ask(db);
  } finally {
    db.close();
  }
}

/** What the service answered in full, by its own record. */
function paidFor(simulators: Simulators): { requestIds: string[]; pictures: number } {
  const accepted = simulators.tencent.requests.filter(
    ({ verdict, service }) => verdict === 'accepted' && service === SERVICE,
  );
  return {
    requestIds: accepted.map(({ requestId }) => requestId),
    pictures: new Set(accepted.map(({ pictures }) => pictures[0]?.bytesHash)).size,
  };
}
