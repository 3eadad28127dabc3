/** Tagroll in a browser window: opens the library, shows the window, ends when the last one is closed. */
import { TagrollError } from '../shared/errors.ts';
import { ensureRenderer } from './builds.ts';
import { findChromium, profilePath, startChromium } from './chromium.ts';
import { ENGINE_PATH, PROJECT_PATH, RENDERER_PATH } from './places.ts';
import { browseCommands, runFirst } from './reveal.ts';
import { openSupervisedDoor, type SupervisedDoor } from './supervisedDoor.ts';

export type OpenOptions = {
  readonly libraryPath: string;
  /** Loopback port; 0 picks a free one. */
  readonly port: number;
  /** False only prints the address, and serves until it is stopped. */
  readonly window: boolean;
  /** One line for the person at the terminal. */
  readonly say: (line: string) => void;
};

export type Opened = {
  /** For people to open by hand. */
  readonly url: string;
  /**
   * Resolves when the last window was closed, and at once when another Tagroll serves it. Where no window
   * was opened here only when the engine is ended, because whoever comes by hand may come again.
   */
  readonly ended: Promise<void>;
  close(): Promise<void>;
};

/** A window that is reloaded comes back within this time. */
const LAST_WINDOW_GRACE_MS = 5000;

/** Opens the library's window. Rejects with a `TagrollError` that says why it cannot. */
export async function openInBrowser(options: OpenOptions): Promise<Opened> {
  await ensureRenderer(PROJECT_PATH, () => options.say('Building the window…'));
  try {
    return await openHere(options);
  } catch (error) {
    if (error instanceof TagrollError && error.code === 'library_locked') {
      return openAtHolder(options, error);
    }
    throw portProblem(error, options.port);
  }
}

async function openHere(options: OpenOptions): Promise<Opened> {
  const lastWindow = watchLastWindow();
  const door = await openSupervisedDoor({
    node: process.execPath,
    entry: ENGINE_PATH,
    libraryPath: options.libraryPath,
    rendererPath: RENDERER_PATH,
    port: options.port,
    onWindows: lastWindow.connections,
    say: options.say,
  });
  const shown = options.window ? await showWindow(options, door) : null;
  let closing: Promise<void> | null = null;
  return {
    url: door.url,
    ended: shown ? Promise.race([lastWindow.ended, door.ended]) : door.ended,
    close() {
      closing ??= (async () => {
        shown?.end();
        await door.close();
      })();
      return closing;
    },
  };
}

/** Another Tagroll holds the library: its window is the one to show. */
async function openAtHolder(options: OpenOptions, locked: TagrollError): Promise<Opened> {
  // Only here: it brings SQLite into a process that otherwise only listens.
  const { connectHolder } = await import('./remote.ts');
  const remote = await connectHolder(options.libraryPath);
  try {
    const addresses = await remote.addresses();
    if (!addresses) throw locked;
    const { pid } = remote.holder;
    options.say(`Tagroll is already open with this library (process ${pid}).`);
    if (options.window) {
      await showWindow(options, { url: addresses.url, windowUrl: () => addresses.windowUrl });
    }
    return { url: addresses.url, ended: Promise.resolve(), close: async () => undefined };
  } finally {
    remote.close();
  }
}

/** Shows it in the best way there is, and says which. Null when only the address could be shown. */
async function showWindow(
  options: OpenOptions,
  door: Pick<SupervisedDoor, 'url' | 'windowUrl'>,
): Promise<{ end(): void } | null> {
  const { env, platform } = process;
  if (!hasDisplay(env, platform)) {
    options.say(`There is no display here. Open this address in a browser: ${door.url}`);
    return null;
  }
  const chromium = findChromium(env, platform);
  if (chromium) {
    const asRoot = process.getuid?.() === 0;
    const child = await startChromium(chromium, {
      url: door.windowUrl(),
      profilePath: profilePath(chromium, options.libraryPath),
      asRoot,
    });
    if (child) {
      const reason = asRoot ? ', without its sandbox because it is run by root' : '';
      options.say(`Tagroll is open in a window of ${chromium}${reason}. Its address: ${door.url}`);
      return { end: () => child.kill() };
    }
  }
  if (await runFirst(browseCommands(door.windowUrl(), platform))) {
    options.say(`Tagroll is open in your browser. Its address: ${door.url}`);
    return { end: () => undefined };
  }
  options.say(`No browser could be started. Open this address in one: ${door.url}`);
  return null;
}

/** Linux says where its display is; the other systems always have one. */
export function hasDisplay(
  environment: {
    readonly DISPLAY?: string | undefined;
    readonly WAYLAND_DISPLAY?: string | undefined;
  },
  platform: NodeJS.Platform,
): boolean {
  if (platform === 'darwin' || platform === 'win32') return true;
  return Boolean(environment.DISPLAY || environment.WAYLAND_DISPLAY);
}

/** Ends once there has been a window and none came back within the grace. */
export function watchLastWindow(graceMs: number = LAST_WINDOW_GRACE_MS): {
  readonly connections: (count: number) => void;
  readonly ended: Promise<void>;
} {
  const { promise, resolve } = Promise.withResolvers<void>();
  let timer: NodeJS.Timeout | undefined;
  return {
    ended: promise,
    connections(count) {
      clearTimeout(timer);
      if (count === 0) timer = setTimeout(resolve, graceMs).unref();
    },
  };
}

function portProblem(error: unknown, port: number): unknown {
  const code = error instanceof Error && 'code' in error ? error.code : '';
  if (code !== 'EADDRINUSE' && code !== 'EACCES') return error;
  return new TagrollError(
    'usage',
    `Port ${port} cannot be used: another program has it or the system keeps it. Choose another with --port, or leave it out.`,
    { port },
    error,
  );
}
