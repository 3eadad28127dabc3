/**
 * How Node runs the engine: a small young generation, because V8's default costs tens of megabytes that
 * a program which holds its data in typed arrays has no use for.
 */
export const NODE_FLAGS = ['--max-semi-space-size=8'];

/**
 * glibc otherwise keeps a memory arena for every thread, and what one freed another cannot use: some 30 MB
 * at 100,000 photos. And it keeps what was freed of large blocks, instead of giving it back: 100 MB at a
 * million photos, which are read in large blocks. Other systems pass these over.
 */
export const NODE_ENVIRONMENT = {
  MALLOC_ARENA_MAX: '2',
  MALLOC_MMAP_THRESHOLD_: '524288',
  MALLOC_TRIM_THRESHOLD_: '2097152',
};
