/** Where the benchmark keeps things: what takes long to make is kept, everything else goes away. */
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, mkdtempSync, renameSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** Made once and found again by its parameters; may be deleted at any time. */
const CACHE_PATH = join(tmpdir(), 'tagroll-bench');

/** A short name for whatever a cached thing depends on. */
export function fingerprint(...parts: readonly unknown[]): string {
  return createHash('sha256').update(JSON.stringify(parts)).digest('hex').slice(0, 12);
}

/** The folder of that name, filled by `make` when it is not there yet. A half-made one is never found. */
export async function cachedFolder(
  name: string,
  make: (path: string) => Promise<void>,
): Promise<string> {
  const path = join(CACHE_PATH, name);
  if (existsSync(path)) return path;
  mkdirSync(CACHE_PATH, { recursive: true });
  const draft = mkdtempSync(join(CACHE_PATH, 'draft-'));
  try {
    await make(draft);
    renameSync(draft, path);
  } finally {
    rmSync(draft, { recursive: true, force: true });
  }
  return path;
}

export type Workshop = {
  readonly path: string;
  /** A new empty folder in it. */
  folder(name: string): string;
  remove(): void;
};

/** A folder for one run, removed at its end. */
export function openWorkshop(): Workshop {
  const path = mkdtempSync(join(tmpdir(), 'tagroll-bench-run-'));
  return {
    path,
    folder: (name) => mkdtempSync(join(path, `${name}-`)),
    remove: () => rmSync(path, { recursive: true, force: true }),
  };
}
