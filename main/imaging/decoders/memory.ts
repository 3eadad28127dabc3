/**
 * Keeps decoders that work in one go within their memory: no timer fires meanwhile, so they are asked
 * whenever they want more.
 */

/** The picture needs more than this worker may take; no fault of the file. */
export class OutOfMemory extends Error {}

const PAGE_BYTES = 65_536;
let limitBytes = Number.POSITIVE_INFINITY;

/** Resident bytes that this process may reach; until it is called there is no limit. */
export function setMemoryLimit(bytes: number): void {
  limitBytes = bytes;
}

/** Rejects with `OutOfMemory` where so many bytes more would be over the limit. */
export function reserve(bytes: number): void {
  if (process.memoryUsage.rss() + bytes > limitBytes) {
    throw new OutOfMemory(`More than ${limitBytes} bytes of memory are needed.`);
  }
}

/** A WebAssembly memory that only grows within the limit. */
export type GuardedMemory = {
  readonly memory: WebAssembly.Memory;
  /** Whether it was refused more since it was last asked. */
  takeRefusal(): boolean;
};

/** Makes `memory` refuse to grow over the limit: its program then fails as on a full machine. */
export function guardMemory(memory: WebAssembly.Memory): GuardedMemory {
  let isRefused = false;
  const grow = memory.grow.bind(memory);
  memory.grow = (pages: number): number => {
    try {
      reserve(pages * PAGE_BYTES);
    } catch (error) {
      isRefused = true;
      throw error;
    }
    return grow(pages);
  };
  return {
    memory,
    takeRefusal() {
      const was = isRefused;
      isRefused = false;
      return was;
    },
  };
}
