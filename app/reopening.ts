/** An engine that can be closed and opened anew behind the doors that were given it once. */
import type { Engine } from '../main/engine.ts';

export type Reopening = {
  /** Stays the same; always answers for the library as it is open now. */
  readonly engine: Engine;
  /** Closes the library and opens it again. What is asked meanwhile waits. */
  reopen(): Promise<void>;
};

/** Opens the first engine. Rejects as `open` does. `onReopened` comes after each later one. */
export async function openReopening(
  open: () => Promise<Engine>,
  onReopened: () => void,
): Promise<Reopening> {
  let current = await open();
  let next: Promise<Engine> = Promise.resolve(current);
  let socketPath: string | null = null;
  const engine: Engine = {
    get libraryPath() {
      return current.libraryPath;
    },
    get router() {
      return current.router;
    },
    get token() {
      return current.token;
    },
    handle: async (request) => (await next).handle(request),
    publishSocket(path) {
      socketPath = path;
      current.publishSocket(path);
    },
    close: async () => (await next).close(),
  };
  return {
    engine,
    async reopen() {
      const before = next;
      next = before.then(async (closing) => {
        await closing.close();
        current = await open();
        if (socketPath) current.publishSocket(socketPath);
        return current;
      });
      await next;
      onReopened();
    },
  };
}
