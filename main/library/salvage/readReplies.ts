/** Paid replies and lines of the ledger that are newer than the backup. */
import { inflateSync } from 'node:zlib';
import { SERVICE_IDS } from '../../../shared/services.ts';
import { DEFAULT_SETTINGS } from '../../../shared/settings.ts';
import { ADAPTERS } from '../../tagging/services/registry.ts';
import { type ExportedReply, type ExportedTag, PARTS } from '../exchange/document.ts';
import { type SalvagedUpload, uploadSchema } from '../exchange/importUploads.ts';
import type { Base } from './base.ts';
import type { DamagedTables, Row } from './tables.ts';
import type { NewestIds } from './types.ts';
import {
  isBytes,
  isHash,
  isId,
  isIdOrNone,
  isScore,
  isText,
  isTextOrNone,
  isTime,
} from './values.ts';
import type { Words } from './words.ts';

/** No service answers with more. */
const MOST_BODY_BYTES = 64_000_000;

type Stored = Omit<ExportedReply, 'tags' | 'encoding' | 'body'> & { readonly packed: Buffer };

/** Replies that the backup does not have, in the order they came, each with its tags if it is in force. */
export function* readReplies(
  damaged: DamagedTables,
  words: Words,
  newest: NewestIds,
): Generator<ExportedReply, void, void> {
  const stored: Stored[] = [];
  damaged.read('reply', {
    fromRowid: (newest['reply'] ?? 0) + 1,
    isSound: (row) =>
      isId(row['id']) &&
      isHash(row['image_hash']) &&
      isText(row['service_id']) &&
      isText(row['variant']) &&
      isIdOrNone(row['run_id']) &&
      isTime(row['received_at']) &&
      isTextOrNone(row['request_id']) &&
      parametersOf(row['parameters']) !== null &&
      // Its own sum tells whether a body is what came.
      unpack(row['body']) !== null,
    row: (row) => {
      stored.push({
        imageHash: hexOf(row['image_hash']) ?? '',
        service: String(row['service_id']),
        variant: String(row['variant']),
        receivedAt: Number(row['received_at']),
        requestId: isText(row['request_id']) ? row['request_id'] : null,
        parameters: parametersOf(row['parameters']) ?? {},
        withdrawn: row['withdrawn'] === 1,
        packed: isBytes(row['body']) ? row['body'] : Buffer.alloc(0),
      });
    },
  });
  if (stored.length === 0) return;
  const tags = readTags(damaged, words, new Set(stored.map(({ imageHash }) => imageHash)));
  const inForce = new Map<string, Stored>();
  for (const reply of stored) {
    if (!reply.withdrawn) inForce.set(`${reply.imageHash} ${reply.service}`, reply);
  }
  for (const reply of stored) {
    const { packed, ...rest } = reply;
    const bytes = unpack(packed) ?? Buffer.alloc(0);
    const text = bytes.toString('utf8');
    const isUtf8 = Buffer.from(text, 'utf8').equals(bytes);
    const key = `${reply.imageHash} ${reply.service}`;
    const isInForce = inForce.get(key) === reply;
    const parsed = PARTS.replies.safeParse({
      ...rest,
      encoding: isUtf8 ? 'text' : 'base64',
      body: isUtf8 ? text : bytes.toString('base64'),
      tags: isInForce ? (tags.of(key) ?? fuller(tagsOfBody(rest, bytes), tags.partly(key))) : null,
    });
    if (parsed.success) yield parsed.data;
  }
}

/** The tags that stand in the library for pictures, by picture and service; null where they may be incomplete. */
function readTags(
  damaged: DamagedTables,
  words: Words,
  wanted: ReadonlySet<string>,
): {
  of(key: string): ExportedTag[] | null;
  /** What of them can be read. */
  partly(key: string): ExportedTag[] | null;
} {
  const before = damaged.badPages.size;
  const hashes = new Map<number, string>();
  damaged.read('picture', {
    isSound: (row) => isId(row['id']) && isHash(row['image_hash']),
    row: (row) => {
      const hash = hexOf(row['image_hash']) ?? '';
      if (wanted.has(hash)) hashes.set(Number(row['id']), hash);
    },
  });
  const found = new Map<string, ExportedTag[]>();
  const partly = new Set<string>();
  damaged.read('picture_tag', {
    isSound: (row) =>
      isId(row['picture_id']) &&
      isId(row['label_id']) &&
      isScore(row['confidence']) &&
      isTextOrNone(row['boxes']) &&
      isIdOrNone(row['run_id']),
    row: (row) => {
      const hash = hashes.get(Number(row['picture_id']));
      if (hash === undefined) return;
      const label = words.ofLabel(Number(row['label_id']));
      if (!label) return void partly.add(hash);
      const { service, ...word } = label;
      const key = `${hash} ${service}`;
      const boxes = isText(row['boxes']) ? (jsonOf(row['boxes']) as ExportedTag['boxes']) : [];
      const tag = { ...word, confidence: Number(row['confidence']), boxes };
      found.set(key, [...(found.get(key) ?? []), tag]);
    },
  });
  // Which of them lay on a damaged page, nobody knows.
  const isWhole = damaged.badPages.size === before;
  return {
    of: (key) => (isWhole && !partly.has(key.slice(0, 64)) ? (found.get(key) ?? []) : null),
    partly: (key) => found.get(key) ?? null,
  };
}

function fuller(one: ExportedTag[] | null, other: ExportedTag[] | null): ExportedTag[] | null {
  return (other?.length ?? -1) > (one?.length ?? -1) ? other : one;
}

/** What the answer itself says, read as its service reads it. Null where that cannot be done. */
function tagsOfBody(
  { service, parameters }: Pick<ExportedReply, 'service' | 'parameters'>,
  body: Buffer,
): ExportedTag[] | null {
  const id = SERVICE_IDS.find((known) => known === service);
  const { width, height, content } = parameters;
  if (!id || typeof width !== 'number' || typeof height !== 'number') return null;
  const whole = { left: 0, top: 0, width, height };
  try {
    const reader = ADAPTERS[id].create({
      // Nothing is asked of it: it only reads.
      account: NOBODY,
      settings: DEFAULT_SETTINGS,
      world: { fetch, now: Date.now, random: Math.random },
    });
    return reader
      .readTags(body, {
        widthPixels: width,
        heightPixels: height,
        content: (content as typeof whole | undefined) ?? whole,
      })
      .map(({ raw, names, type, confidence, boxes }) => ({
        raw,
        names: { ...names },
        type,
        confidence,
        boxes: [...boxes],
      }));
  } catch {
    return null;
  }
}

const NOBODY = {
  appId: '0',
  bucket: '-',
  secretId: '-',
  secretKey: '-',
  projectId: '-',
  region: '-',
  accessKey: '-',
} as const;

/** Lines of the ledger from `fromId` on. */
export function readUploads(
  damaged: DamagedTables,
  base: Base,
  newest: NewestIds,
  fromId: number,
): SalvagedUpload[] {
  const runs = new Map<number, number>();
  damaged.read('run', {
    isSound: (row) =>
      isId(row['id']) &&
      isText(row['service_id']) &&
      isText(row['variant']) &&
      isTime(row['started_at']) &&
      isText(row['parameters']),
    row: (row) => runs.set(Number(row['id']), Number(row['started_at'])),
  });
  const uploads: SalvagedUpload[] = [];
  const toUpload = (row: Row) => {
    const runId = row['run_id'];
    const startedAt = isId(runId) ? runs.get(runId) : undefined;
    const photoId = row['photo_id'];
    const isOfBase =
      isId(photoId) &&
      photoId <= (newest['photo'] ?? 0) &&
      base.has('SELECT 1 FROM photo WHERE id = ?', photoId);
    return uploadSchema.safeParse({
      at: row['at'],
      service: row['service_id'],
      run: isId(runId) && startedAt !== undefined ? { id: runId, startedAt } : null,
      photoId: isOfBase ? photoId : null,
      imageHash: hexOf(row['image_hash']),
      path: row['path_text'],
      bytes: row['bytes'],
      width: row['width'],
      height: row['height'],
      state: row['state'],
      code: row['code'],
      requestId: row['request_id'],
      month: row['month'],
      costMicros: row['cost_micros'],
      currency: row['currency'],
    });
  };
  damaged.read('upload', {
    fromRowid: fromId,
    isSound: (row) => isTime(row['at']) && toUpload(row).success,
    row: (row) => {
      const { data } = toUpload(row);
      if (data) uploads.push(data);
    },
  });
  return uploads;
}

/** Calls that were under way when the backup was made may have been answered since. */
export function firstOpenUpload(base: Base, newest: NewestIds): number {
  const [open] = base.all<{ id: number | null }>(
    `SELECT MIN(id) AS id FROM upload WHERE state = 'sent'`,
  );
  return open?.id ?? (newest['upload'] ?? 0) + 1;
}

function hexOf(value: Row[string] | undefined): string | null {
  return isBytes(value) ? value.toString('hex') : null;
}

function unpack(body: Row[string] | undefined): Buffer | null {
  if (!isBytes(body)) return null;
  try {
    return inflateSync(body, { maxOutputLength: MOST_BODY_BYTES });
  } catch {
    return null;
  }
}

function parametersOf(value: Row[string] | undefined): ExportedReply['parameters'] | null {
  const parsed = isText(value) ? jsonOf(value) : null;
  return typeof parsed === 'object' && parsed !== null && !Array.isArray(parsed)
    ? (parsed as ExportedReply['parameters'])
    : null;
}

export function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
