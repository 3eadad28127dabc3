/** Reading an export, whatever its size: line by line where it is laid out as `export` writes it. */
import { createReadStream } from 'node:fs';
import { open, readFile, stat } from 'node:fs/promises';
import { createInterface } from 'node:readline';
import { z } from 'zod';
import { TagrollError } from '../../../shared/errors.ts';
import {
  type ExportedPhoto,
  type ExportedReply,
  type ExportHead,
  FORMAT,
  headSchema,
  PARTS,
  VERSION,
} from './document.ts';

/** Hears a document in its order. Each promise is waited for before more is read. */
export type DocumentReader = {
  head(head: ExportHead): Promise<void>;
  photos(photos: readonly ExportedPhoto[]): Promise<void>;
  replies(replies: readonly ExportedReply[]): Promise<void>;
};

const OPENING = `{"format":"${FORMAT}"`;
/** Elements that are told at once. */
const BATCH = 500;
/** A document laid out otherwise is read as a whole; V8 holds no longer text. */
const MAX_WHOLE_BYTES = 400_000_000;

/** Reads `file`. Rejects with `import_unusable`, which names the line; what was told before was told. */
export async function readDocument(file: string, reader: DocumentReader): Promise<void> {
  if (await isOurLayout(file)) await readLines(file, reader);
  else await readWhole(file, reader);
}

async function isOurLayout(file: string): Promise<boolean> {
  const handle = await open(file, 'r').catch((error: Error) => {
    throw unusable(file, error.message);
  });
  try {
    const head = Buffer.alloc(OPENING.length);
    await handle.read(head, 0, head.length, 0);
    return head.toString('utf8') === OPENING;
  } finally {
    await handle.close();
  }
}

type Part = keyof typeof PARTS;

async function readLines(file: string, reader: DocumentReader): Promise<void> {
  const stream = createReadStream(file, 'utf8');
  const lines = createInterface({ input: stream, crlfDelay: Number.POSITIVE_INFINITY });
  let opening = '';
  let part: Part | null = null;
  let isEnded = false;
  let number = 0;
  let batch: unknown[] = [];
  const tell = async (): Promise<void> => {
    if (part !== null && batch.length > 0) await tellPart(file, reader, part, batch);
    batch = [];
  };
  try {
    for await (const line of lines) {
      number += 1;
      if (line === '"photos":[' && part === null) {
        await reader.head(parse(headSchema, json(file, `${opening}"photos":[]}`, number), file));
        part = 'photos';
      } else if (part === null) {
        opening += line;
      } else if (line === '],') {
        await tell();
      } else if (line === '"replies":[') {
        part = 'replies';
      } else if (line === ']}') {
        await tell();
        isEnded = true;
      } else {
        batch.push(json(file, line.replace(/,$/, ''), number));
        if (batch.length >= BATCH) await tell();
      }
    }
  } finally {
    stream.destroy();
  }
  if (!isEnded) throw unusable(file, `it ends after line ${number}, in the middle`);
}

async function readWhole(file: string, reader: DocumentReader): Promise<void> {
  const { size } = await stat(file);
  if (size > MAX_WHOLE_BYTES) {
    throw unusable(file, 'it is too large to be read in another layout than Tagroll writes');
  }
  const document = json(file, await readFile(file, 'utf8'), 1);
  await reader.head(parse(headSchema, document, file));
  const parts = document as Partial<Record<Part, unknown>>;
  for (const part of ['photos', 'replies'] as const) {
    const elements = parse(z.array(z.unknown()), parts[part] ?? [], file);
    for (let start = 0; start < elements.length; start += BATCH) {
      await tellPart(file, reader, part, elements.slice(start, start + BATCH));
    }
  }
}

async function tellPart(
  file: string,
  reader: DocumentReader,
  part: Part,
  elements: readonly unknown[],
): Promise<void> {
  if (part === 'photos') await reader.photos(parse(z.array(PARTS.photos), elements, file));
  else await reader.replies(parse(z.array(PARTS.replies), elements, file));
}

function json(file: string, text: string, line: number): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    const cause = error instanceof Error ? error.message : String(error);
    throw unusable(file, `line ${line} is no JSON (${cause})`);
  }
}

function parse<Schema extends z.ZodType>(
  schema: Schema,
  value: unknown,
  file: string,
): z.infer<Schema> {
  const version = (value as { version?: unknown } | null)?.version;
  if (schema === (headSchema as z.ZodType) && typeof version === 'number' && version > VERSION) {
    throw unusable(file, `a newer Tagroll wrote it (version ${version})`);
  }
  const parsed = schema.safeParse(value);
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  const place = issue?.path.map(String).join('.') ?? '';
  throw unusable(file, `${place ? `${place}: ` : ''}${issue?.message ?? 'it is no export'}`);
}

function unusable(file: string, cause: string): TagrollError {
  return new TagrollError(
    'import_unusable',
    `${file} cannot be imported: ${cause}. Choose a file that "tagroll export" wrote.`,
    { path: file, cause },
  );
}
