/**
 * Threads that hang in a file system which does not answer. Nothing can end them, and a process waits for all
 * its threads before it exits: one that has such a thread must be ended from outside, or end itself hard.
 */
let stuckThreads = 0;

/** Says that a thread hangs, until the promise settles. */
export function noteStuck(untilFree: Promise<unknown>): void {
  stuckThreads += 1;
  const free = (): void => {
    stuckThreads -= 1;
  };
  untilFree.then(free, free);
}

/**
 * Ends this process, for whoever has closed everything that needs closing. With a thread that hangs the status
 * is lost: the process kills itself, because an orderly exit would wait for ever.
 */
export function endProcess(status: number): void {
  if (stuckThreads > 0) process.kill(process.pid, 'SIGKILL');
  process.exit(status);
}
