/**
 * Where a module that runs in a thread or process of its own lies: beside the one that starts it, as
 * `.ts` in a checkout and as `.js` in a package, where both are bundled into one folder.
 */
export function siblingModule(from: string, name: string): URL {
  const extension = from.endsWith('.ts') ? '.ts' : '.js';
  return new URL(`./${name}${extension}`, from);
}

/**
 * Limits of the engine's own threads. They hold a batch at a time; V8's default young generation would cost
 * each of them tens of megabytes for garbage.
 */
export const THREAD_LIMITS = { maxYoungGenerationSizeMb: 8 } as const;
