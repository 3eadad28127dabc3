/** A library with photos, a service whose answers a test decides, and the queue between them. */
import { ChangeLog } from '../../../main/library/changes.ts';
import type { WritableDB } from '../../../main/library/database.ts';
import { type OperationName, runOperation } from '../../../main/library/operations.ts';
import type { Writer } from '../../../main/library/writer.ts';
import { silentLogger } from '../../../main/log.ts';
import { createTagging, type Tagging, type TaggingOptions } from '../../../main/tagging/queue.ts';
import { ADAPTERS } from '../../../main/tagging/services/registry.ts';
import {
  type ErrorClass,
  type ServiceAdapter,
  type ServiceAnswer,
  ServiceError,
  type UploadPicture,
} from '../../../main/tagging/types.ts';
import type { Notice } from '../../../shared/events.ts';
import type { ServiceId } from '../../../shared/services.ts';
import { DEFAULT_SETTINGS, type Settings } from '../../../shared/settings.ts';
import { createTestLibrary, insertPhoto, insertPicture } from '../../helpers/library.ts';

export const SERVICE: ServiceId = 'tencent-tag';

/** What the service is asked: the words of the pictures it was sent. */
export type Asked = { readonly words: readonly string[]; readonly atMs: number };

export type FakeOptions = {
  /** Words of the pictures; the same word twice is the same picture. */
  readonly words?: readonly string[];
  readonly settings?: Partial<Settings>;
  /** Answers or throws; what it resolves to is not looked at. */
  readonly answer?: (asked: Asked, signal: AbortSignal) => unknown;
  readonly picturesPerCall?: number;
  readonly live?: boolean;
  readonly db?: WritableDB;
  readonly configured?: () => boolean;
  readonly tagging?: Partial<TaggingOptions>;
};

export type Fake = {
  readonly db: WritableDB;
  readonly tagging: Tagging;
  readonly photoIds: readonly number[];
  readonly asked: Asked[];
  readonly notices: Notice[];
  readonly prepared: string[];
  readonly vanished: number[];
  settings: Settings;
  /** Most calls at the same time. */
  most: number;
  /** Makes every write fail with this error; null: none. */
  broken: Error | null;
};

export function createFake(options: FakeOptions = {}): Fake {
  const words = options.words ?? ['a', 'b', 'c'];
  const db = options.db ?? createTestLibrary().db;
  const photoIds = options.db ? idsOf(db) : insertPhotos(db, words);
  let calls = 0;
  const fake: Omit<Fake, 'tagging'> = {
    db,
    photoIds,
    asked: [],
    notices: [],
    prepared: [],
    vanished: [],
    settings: { ...DEFAULT_SETTINGS, ...options.settings },
    most: 0,
    broken: null,
  };
  const adapter: ServiceAdapter = {
    ...ADAPTERS[SERVICE],
    check: () =>
      (options.configured?.() ?? true) ? null : { missing: ['secretKey'], invalid: null },
    create: () => ({
      id: SERVICE,
      picturesPerCall: options.picturesPerCall ?? 1,
      maxJpegBytes: 1_000_000,
      bodyBytes: (sizes) => sizes.reduce((sum, size) => sum + size + 10, 0),
      parameters: { kind: 'fake' },
      variant: '',
      async tag(pictures, { signal }) {
        calls += 1;
        fake.most = Math.max(fake.most, calls);
        try {
          const asked = { words: pictures.map(wordOf), atMs: Date.now() };
          fake.asked.push(asked);
          await options.answer?.(asked, signal);
          return asked.words.map(answerFor);
        } finally {
          calls -= 1;
        }
      },
      readTags: () => [],
    }),
  };
  const writer = {
    async run(name: OperationName, input: unknown) {
      if (fake.broken) throw fake.broken;
      return runOperation(db, name, input, new ChangeLog());
    },
  } as Pick<Writer, 'run'>;
  const tagging = createTagging({
    db,
    writer,
    pool: {
      async upload(job) {
        const word = Buffer.from(job.path).toString().split('/').pop() ?? '';
        fake.prepared.push(word);
        if (word.startsWith('broken')) {
          return { failure: { code: 'damaged', message: `${word} is damaged.` } };
        }
        if (word.startsWith('moved')) {
          return { failure: { code: 'vanished', message: `${word} is gone.` } };
        }
        return { picture: { ...pictureOf(word), encodes: 1 } };
      },
    },
    accounts: {
      values: async () => ({}),
      uploadLongSide: () => null,
      isConfigured: async () => options.configured?.() ?? true,
    },
    settings: () => fake.settings,
    logger: silentLogger,
    fetch,
    now: Date.now,
    random: () => 0.5,
    live: options.live ?? true,
    adapters: { ...ADAPTERS, [SERVICE]: adapter },
    onChanged: () => undefined,
    onNotice: (notice) => fake.notices.push(notice),
    onFileChanged: (photoId) => fake.vanished.push(photoId),
    ...options.tagging,
  });
  return Object.assign(fake, { tagging });
}

function insertPhotos(db: WritableDB, words: readonly string[]): number[] {
  const folderId = (db.prepare('SELECT id FROM folder').get() as { id: number }).id;
  const names = new Map<string, number>();
  return words.map((word, index) => {
    const times = names.get(word) ?? 0;
    names.set(word, times + 1);
    return insertPhoto(db, folderId, times === 0 ? word : `${word}.${times}`, {
      picture_id: insertPicture(db, word),
      inode: index + 1,
      width: 4000,
      height: 3000,
      // The first word is the newest photo.
      taken_at: `2020-01-01T00:00:${String(59 - (index % 60)).padStart(2, '0')}`,
    });
  });
}

function idsOf(db: WritableDB): number[] {
  return (db.prepare('SELECT id FROM photo ORDER BY id').all() as { id: number }[]).map(
    (row) => row.id,
  );
}

function pictureOf(word: string): UploadPicture {
  return {
    jpeg: Buffer.from(word),
    widthPixels: 2048,
    heightPixels: 1536,
    content: { left: 0, top: 0, width: 2048, height: 1536 },
  };
}

function wordOf(picture: unknown): string {
  const { bytes } = picture as { bytes: UploadPicture };
  return Buffer.from(bytes.jpeg).toString();
}

function answerFor(word: string): ServiceAnswer {
  return {
    tags: [{ raw: word, names: { en: `tag ${word}` }, type: 'object', confidence: 90, boxes: [] }],
    body: Buffer.from(`{"about":"${word}"}`),
    requestId: `r-${word}`,
  };
}

/** An error as a service throws it. */
export function refusal(
  errorClass: ErrorClass,
  code: string,
  more: { sent?: boolean; retryAfterMs?: number; known?: boolean } = {},
): ServiceError {
  return new ServiceError({
    errorClass,
    code,
    message: `The fake service said ${code}.`,
    sent: more.sent ?? true,
    retryAfterMs: more.retryAfterMs ?? null,
    known: more.known ?? true,
  });
}

export const request = (fake: Fake, more: Partial<Parameters<Tagging['begin']>[0]> = {}) => ({
  service: SERVICE,
  photoIds: fake.photoIds,
  again: false,
  limit: null,
  maxCalls: null,
  ...more,
});

/** Begins a run of all photos and waits for its end. */
export async function tagAll(fake: Fake, more: Partial<Parameters<Tagging['begin']>[0]> = {}) {
  const { runId } = await fake.tagging.begin(request(fake, more));
  if (runId === null) throw new Error('There was nothing to ask.');
  return fake.tagging.wait(runId);
}

/** Lines of the ledger: state and code. */
export function ledger(fake: Pick<Fake, 'db'>): string[] {
  const rows = fake.db.prepare('SELECT state, code FROM upload ORDER BY id').all() as {
    state: string;
    code: string | null;
  }[];
  return rows.map(({ state, code }) => (code === null ? state : `${state} ${code}`));
}

export function jobs(fake: Pick<Fake, 'db'>): string[] {
  const rows = fake.db
    .prepare('SELECT state, error_code AS code, attempts FROM job ORDER BY id')
    .all() as { state: string; code: string | null; attempts: number }[];
  return rows.map((row) => [row.state, row.code, row.attempts || null].filter(Boolean).join(' '));
}

export function booked(fake: Pick<Fake, 'db'>): number {
  const row = fake.db.prepare('SELECT SUM(calls) AS calls FROM spending').get();
  return (row as { calls: number | null }).calls ?? 0;
}

export const sleep = (ms: number): Promise<void> =>
  new Promise((resolve) => setTimeout(resolve, ms));
