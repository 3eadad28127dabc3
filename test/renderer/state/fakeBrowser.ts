/** The part of a browser that keeps a window's history, without its delays. */
type Entry = { url: string; state: unknown };

export type FakeBrowser = {
  readonly entries: readonly Entry[];
  /** The person's own back and forward, outside of the page. */
  go(steps: number): void;
  /** The person typed an address of this page. */
  type(hash: string): void;
  /** The page is loaded again: what listens goes, what is stored stays. */
  reload(): void;
  remove(): void;
};

/** Puts `window` in place. `hash` is what it is opened with. */
export function fakeBrowser(hash = ''): FakeBrowser {
  const entries: Entry[] = [{ url: hash, state: null }];
  const stored = new Map<string, string>();
  let at = 0;
  let listeners: { type: string; listener: () => void }[] = [];
  const tell = (type: string): void => {
    for (const known of listeners) if (known.type === type) known.listener();
  };
  const go = (steps: number): void => {
    const to = at + steps;
    if (steps === 0 || to < 0 || to >= entries.length) return;
    at = to;
    tell('popstate');
  };
  const add = (entry: Entry): void => {
    entries.splice(at + 1, entries.length, entry);
    at += 1;
  };
  const window = {
    history: {
      get state() {
        return entries[at]?.state;
      },
      pushState: (state: unknown, _title: string, url: string) => add({ state, url }),
      replaceState(state: unknown, _title: string, url: string) {
        entries[at] = { state, url };
      },
      go,
    },
    location: {
      origin: 'http://127.0.0.1:41234',
      get hash() {
        return entries[at]?.url ?? '';
      },
    },
    sessionStorage: {
      getItem: (key: string) => stored.get(key) ?? null,
      setItem: (key: string, value: string) => stored.set(key, value),
    },
    addEventListener: (type: string, listener: () => void) => listeners.push({ type, listener }),
  };
  const before = Object.getOwnPropertyDescriptor(globalThis, 'window');
  Object.defineProperty(globalThis, 'window', { value: window, configurable: true });
  return {
    entries,
    go,
    type(typed) {
      add({ url: typed, state: null });
      tell('popstate');
    },
    reload() {
      tell('pagehide');
      listeners = [];
    },
    remove() {
      if (before) Object.defineProperty(globalThis, 'window', before);
      else Reflect.deleteProperty(globalThis, 'window');
    },
  };
}
