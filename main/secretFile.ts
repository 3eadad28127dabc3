/** One file of secret values that only this user may read, written whole or not at all. */
import { chmod, mkdir, open, rename, rm, stat } from 'node:fs/promises';
import { dirname } from 'node:path';
import { z } from 'zod';
import { TagrollError } from '../shared/errors.ts';
import type { Logger } from './log.ts';

/** Values by name, as they lie in the file: plain or encrypted is its owner's concern. */
export type SecretValues = Readonly<Record<string, string>>;

export type SecretFile = {
  /** Empty where there is no file, or a damaged one, which is moved aside. Throws when it may not be read. */
  read(): Promise<SecretValues>;
  /** Throws a `TagrollError` that names the file. */
  write(values: SecretValues): Promise<void>;
  /** Also what was moved aside. */
  remove(): Promise<void>;
};

const FILE_MODE = 0o600;
const FOLDER_MODE = 0o700;
const OTHERS = 0o077;
const fileSchema = z.object({ version: z.literal(1), values: z.record(z.string(), z.string()) });

export function createSecretFile(options: {
  readonly path: string;
  readonly logger: Logger;
}): SecretFile {
  const { path, logger } = options;
  const besidePath = `${path}.new`;
  const damagedPath = `${path}.damaged`;
  // Windows has no such modes: the folder lies in the user's profile, which others cannot enter.
  const hasModes = process.platform !== 'win32';

  const readText = async (): Promise<string | null> => {
    const handle = await open(path, 'r').catch((error: unknown) => {
      if (codeOf(error) === 'ENOENT') return null;
      throw error;
    });
    if (!handle) return null;
    try {
      const { mode } = await handle.stat();
      if (hasModes && (mode & OTHERS) !== 0) {
        logger.warn('a file of keys could be read by others; now it cannot', { path });
        await handle.chmod(FILE_MODE);
      }
      return await handle.readFile('utf8');
    } finally {
      await handle.close();
    }
  };

  const ownFolder = async (): Promise<void> => {
    const folder = dirname(path);
    await mkdir(folder, { recursive: true, mode: FOLDER_MODE });
    if (hasModes && ((await stat(folder)).mode & OTHERS) !== 0) await chmod(folder, FOLDER_MODE);
  };

  return {
    async read() {
      let text: string | null;
      try {
        text = await readText();
      } catch (error) {
        throw fileProblem('read', path, error);
      }
      if (text === null) return {};
      const parsed = fileSchema.safeParse(parseJson(text));
      if (parsed.success) return parsed.data.values;
      // What is in it may be a key: only its place is told.
      logger.error('a file of keys is damaged and was moved aside', { path, damagedPath });
      await rename(path, damagedPath);
      return {};
    },
    async write(values) {
      try {
        await ownFolder();
        await rm(besidePath, { force: true });
        const handle = await open(besidePath, 'wx', FILE_MODE);
        try {
          await handle.writeFile(JSON.stringify({ version: 1, values }));
          await handle.sync();
        } finally {
          await handle.close();
        }
        await rename(besidePath, path);
      } catch (error) {
        await rm(besidePath, { force: true }).catch(() => undefined);
        throw fileProblem('written', path, error);
      }
    },
    async remove() {
      for (const gone of [path, besidePath, damagedPath]) await rm(gone, { force: true });
    },
  };
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function codeOf(error: unknown): string {
  return error instanceof Error && 'code' in error ? String(error.code) : '';
}

function fileProblem(verb: 'read' | 'written', path: string, error: unknown): TagrollError {
  const code = codeOf(error) || 'unknown reason';
  const isFull = code === 'ENOSPC' || code === 'EDQUOT';
  return new TagrollError(
    isFull ? 'disk_full' : 'internal',
    isFull
      ? `There is no room left to write the keys to ${path}. Free some disk space and enter them again.`
      : `The file of keys ${path} cannot be ${verb} (${code}). Allow your user to use it and its folder, then try again.`,
    { path, reason: code },
    error,
  );
}
