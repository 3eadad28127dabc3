/**
 * What `export` writes and `import` reads: everything that a person made, and every reply that was paid
 * for, as one JSON document. It has one photo or reply a line, so that a library of any size can be read
 * line by line; any other layout of the same document is read too, as long as it fits into memory.
 */
import { z } from 'zod';

export const FORMAT = 'tagroll-export';
/** Readers refuse a later one. Fields may be added without a new version. */
export const VERSION = 1;

const names = z.object({ en: z.string().exactOptional(), zh: z.string().exactOptional() });
const hash = z.string().regex(/^[0-9a-f]{64}$/);

/** A word that somebody gave a tag, with what the tag is called. */
const word = z.object({ raw: z.string().min(1), names, type: z.string().min(1) });

const photoSchema = z.object({
  /** Absolute, as it was shown. */
  path: z.string(),
  imageHash: hash.nullable(),
  favorite: z.boolean().default(false),
  /** The person's own tags. */
  mine: z.array(word).default([]),
  /** Tags that the person said are wrong here. */
  rejected: z.array(word).default([]),
});

const tagSchema = word.extend({
  confidence: z.number().min(0).max(100),
  /** 0..1 of the displayed picture. */
  boxes: z
    .array(
      z.object({
        x: z.number(),
        y: z.number(),
        width: z.number(),
        height: z.number(),
        confidence: z.number(),
      }),
    )
    .default([]),
});

const replySchema = z.object({
  imageHash: hash,
  service: z.string(),
  variant: z.string(),
  /** Milliseconds since 1970 UTC. */
  receivedAt: z.number().int(),
  requestId: z.string().nullable(),
  parameters: z.record(z.string(), z.unknown()),
  /** Taken back by the person: known, but its tags are not in force. */
  withdrawn: z.boolean(),
  /** The body as the service sent it; `base64` where it is no text. */
  encoding: z.enum(['text', 'base64']),
  body: z.string(),
  /** Of the reply in force: its tags. Null of earlier ones. */
  tags: z.array(tagSchema).nullable(),
});

const headSchema = z.object({
  format: z.literal(FORMAT),
  version: z.number().int().min(1),
  /** ISO 8601. */
  exportedAt: z.string(),
  /** What was exported; null: everything. */
  query: z.string().nullable(),
  /** What the person decided about two names being one tag, by folded names. */
  links: z.array(z.object({ zh: z.string(), en: z.string(), linked: z.boolean() })).default([]),
  searches: z
    .array(
      z.object({
        name: z.string(),
        query: z.string(),
        threshold: z.number().int().min(0).max(100).nullable(),
        sort: z.enum(['taken', 'added', 'name', 'confidence']),
        ascending: z.boolean(),
      }),
    )
    .default([]),
  /** Absolute paths of folders of which nothing is uploaded. */
  neverUpload: z.array(z.string()).default([]),
});

export type ExportHead = z.infer<typeof headSchema>;
export type ExportedPhoto = z.infer<typeof photoSchema>;
export type ExportedReply = z.infer<typeof replySchema>;
export type ExportedTag = z.infer<typeof tagSchema>;
export type ExportedWord = z.infer<typeof word>;

/** What a line is part of. */
export const PARTS = { photos: photoSchema, replies: replySchema } as const;
export { headSchema };
