/** Stops this process when a picture takes more memory than it may. */

const POLL_MS = 25;
/** The last words are given this long to get out. */
const FAREWELL_MS = 200;

/**
 * Watches until the function it returns is called. libvips works in threads of its own, so this timer fires
 * while it decodes; what it allocates can be given back in no other way than by ending the process.
 */
export function watchMemory(
  limitBytes: number,
  sayFarewell: (said: () => void) => void,
): () => void {
  const timer = setInterval(() => {
    if (process.memoryUsage.rss() <= limitBytes) return;
    clearInterval(timer);
    const die = (): void => {
      process.kill(process.pid, 'SIGKILL');
    };
    setTimeout(die, FAREWELL_MS);
    sayFarewell(die);
  }, POLL_MS);
  return () => clearInterval(timer);
}
