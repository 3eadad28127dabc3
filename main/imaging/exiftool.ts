/**
 * exiftool, for RAW files of which our own reading does not find enough: one process that is started with
 * the first such file and ended with the engine. Perl runs it everywhere but on Windows.
 */
import { spawn } from 'node:child_process';
import { accessSync, constants, existsSync, mkdtempSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import type { ExifTool } from 'exiftool-vendored';
import type { Logger } from '../log.ts';
import { exifOfTags, type ToolTags, WANTED_TAGS } from './exiftoolTags.ts';
import { extensionOf } from './formats.ts';
import { shownPath } from './problems.ts';
import { jpegSizeOf } from './rawJpegs.ts';
import type { RawHelp } from './rawPicture.ts';

export type RawHelper = {
  /** Never rejects: what went wrong is in the answer. */
  help(path: Uint8Array): Promise<RawHelp>;
  /** Ends the process; what was asked and not answered has no picture. */
  close(): Promise<void>;
};

export type ExiftoolOptions = {
  readonly logger: Logger;
  /** Longest time for one question; each file takes up to three. Default 10,000. */
  readonly timeoutMs?: number;
  /** Where programs are looked for. Default: the environment's. */
  readonly searchPath?: string;
};

/** Tags that hold a picture, best first where two are of the same size. */
const PICTURE_TAGS = ['JpgFromRaw', 'PreviewImage', 'JpgFromRaw2', 'OtherImage', 'ThumbnailImage'];
/** No camera's preview comes near it. */
const MAX_JPEG_BYTES = 64_000_000;
/** A cold start from a slow disk on a busy machine. */
const START_TIMEOUT_MS = 30_000;
const IS_WINDOWS = process.platform === 'win32';

type Started = { readonly tool: ExifTool } | { readonly problem: string };

/** Nothing is started before the first question. */
export function createExiftool(options: ExiftoolOptions): RawHelper {
  const { logger } = options;
  let started: Promise<Started> | null = null;
  let closed = false;

  const start = async (): Promise<Started> => {
    const program = await programOf(options.searchPath ?? process.env['PATH'] ?? '');
    if ('problem' in program) {
      logger.warn('exiftool cannot be started', { problem: program.problem });
      return program;
    }
    const { ExifTool: Tool } = await import('exiftool-vendored');
    const tool = new Tool({
      maxProcs: 1,
      taskTimeoutMillis: options.timeoutMs ?? 10_000,
      spawnTimeoutMillis: START_TIMEOUT_MS,
      taskRetries: 0,
      useMWG: false,
      processFactory: async () =>
        spawn(program.command, [...program.words, ...STAY_OPEN], {
          stdio: 'pipe',
          windowsHide: true,
          env: toolEnvironment(),
        }),
    });
    return { tool };
  };

  return {
    async help(path) {
      if (closed) return nothing('Tagroll closes');
      started ??= start();
      let place: PlainPath | null = null;
      try {
        const running = await started;
        if ('problem' in running) return nothing(running.problem);
        place = plainPath(path);
        return await ask(running.tool, place.path);
      } catch (error) {
        const cause = firstLine(error);
        logger.warn('exiftool did not answer', { path: shownPath(path), cause });
        return nothing(cause);
      } finally {
        place?.remove();
      }
    },
    async close() {
      closed = true;
      const running = await started?.catch(() => null);
      if (running && 'tool' in running) await running.tool.end();
    },
  };
}

/** No file of the person's own may change what exiftool does; then commands by its standard input. */
const STAY_OPEN = ['-config', '', '-stay_open', 'True', '-@', '-'];

async function ask(tool: ExifTool, path: string): Promise<RawHelp> {
  const readArgs = [...WANTED_TAGS, ...PICTURE_TAGS].map((tag) => `-${tag}`);
  const tags = (await tool.readRaw(path, { readArgs, useMWG: false })) as ToolTags;
  const exif = exifOfTags(tags);
  const places = PICTURE_TAGS.map((tag) => ({ tag, bytes: binaryBytes(tags[tag]) }))
    .filter(({ bytes }) => bytes > 0 && bytes <= MAX_JPEG_BYTES)
    .sort((a, b) => b.bytes - a.bytes);
  for (const { tag } of places.slice(0, 2)) {
    const jpeg = await extract(tool, tag, path);
    if (jpeg && jpegSizeOf(jpeg) !== null) return { jpeg, exif, problem: null };
  }
  return { jpeg: null, exif, problem: null };
}

/** Null where the bytes are no picture, which exiftool tells as an error. */
async function extract(tool: ExifTool, tag: string, path: string): Promise<Buffer | null> {
  try {
    return await tool.extractBinaryTagToBuffer(tag, path);
  } catch (error) {
    if (/ not found$/.test(firstLine(error))) return null;
    throw error;
  }
}

/** exiftool tells `(Binary data 9362 bytes, use -b option to extract)`. */
function binaryBytes(value: unknown): number {
  const match = typeof value === 'string' ? /^\(Binary data (\d+) bytes/.exec(value) : null;
  return match ? Number(match[1]) : 0;
}

function nothing(problem: string): RawHelp {
  return { jpeg: null, exif: {}, problem };
}

type Program = { readonly command: string; readonly words: readonly string[] };

async function programOf(searchPath: string): Promise<Program | { readonly problem: string }> {
  let script: string;
  try {
    const packed = IS_WINDOWS
      ? await import('exiftool-vendored.exe')
      : await import('exiftool-vendored.pl');
    script = packed.default;
  } catch (error) {
    return { problem: `its package is not installed (${firstLine(error)}); install Tagroll anew` };
  }
  if (!existsSync(script)) return { problem: `${script} is missing; install Tagroll anew` };
  if (IS_WINDOWS) return { command: script, words: [] };
  const perl = searchPath
    .split(delimiter)
    .map((folder) => join(folder, 'perl'))
    .find(isProgram);
  if (perl === undefined) {
    return { problem: 'Perl is not installed; install it and try these photos again' };
  }
  return { command: perl, words: [script] };
}

function isProgram(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    // Not in this folder of the search path.
    return false;
  }
}

function toolEnvironment(): NodeJS.ProcessEnv {
  const environment: NodeJS.ProcessEnv = { LANG: 'C' };
  for (const name of ['PATH', 'SystemRoot', 'TEMP', 'TMP', 'TMPDIR']) {
    const value = process.env[name];
    if (value !== undefined) environment[name] = value;
  }
  return environment;
}

type PlainPath = { readonly path: string; remove(): void };

/** exiftool is told names as lines of UTF-8: any other name is reached by a link. */
function plainPath(path: Uint8Array): PlainPath {
  const bytes = Buffer.from(path);
  const text = bytes.toString('utf8');
  if (Buffer.from(text).equals(bytes) && !/[\r\n]/.test(text)) {
    return { path: text, remove: () => undefined };
  }
  const folder = mkdtempSync(join(tmpdir(), 'tagroll-raw-'));
  const link = join(folder, `photo.${extensionOf(bytes) || 'raw'}`);
  symlinkSync(bytes, link);
  return { path: link, remove: () => rmSync(folder, { recursive: true, force: true }) };
}

function firstLine(error: unknown): string {
  const message = error instanceof Error ? error.message : String(error);
  return (message.split('\n')[0] ?? message).trim().slice(0, 200);
}
