/** What the window shows, kept in the address so that back, forward and reopening work. */
import { createStore, useStore } from './store.ts';
import { DEFAULT_VIEW, decodeView, encodeView, type ViewState } from './viewHash.ts';

export type { ViewState };

/** Browsers refuse more than a few hundred changes of the address in half a minute. */
const WRITE_AFTER_MS = 250;

const store = createStore<ViewState>(DEFAULT_VIEW);
let timer: ReturnType<typeof setTimeout> | null = null;

/** The view; the component renders anew when any of it changes. */
export function useView(): ViewState {
  return useStore(store);
}

export function getView(): ViewState {
  return store.get();
}

/** Calls back after each change. Answers how to stop. */
export function onView(listener: (view: ViewState) => void): () => void {
  return store.subscribe(() => listener(store.get()));
}

/** Changes parts of the view. With `push` the person comes back to the present one with the back button. */
export function setView(
  patch: Partial<ViewState>,
  options: { readonly push?: boolean } = {},
): void {
  const next = { ...store.get(), ...patch };
  if (encodeView(next) === encodeView(store.get())) return;
  if (options.push) {
    writeAddress();
    store.set(next);
    window.history.pushState(null, '', encodeView(next));
    return;
  }
  store.set(next);
  timer ??= setTimeout(writeAddress, WRITE_AFTER_MS);
}

function writeAddress(): void {
  if (timer) clearTimeout(timer);
  timer = null;
  const hash = encodeView(store.get());
  if (window.location.hash !== hash) window.history.replaceState(null, '', hash);
}

/** Starts with what the address says, filled up from the settings, and follows back and forward. */
export function startView(fallback: Partial<ViewState>): void {
  const initial = { ...DEFAULT_VIEW, ...fallback };
  store.set(decodeView(window.location.hash, initial));
  writeAddress();
  const follow = (): void => {
    if (timer) clearTimeout(timer);
    timer = null;
    // Lens and zoom are where the person left them, not part of the way back.
    const { threshold, zoom } = store.get();
    store.set({ ...decodeView(window.location.hash, store.get()), threshold, zoom });
    writeAddress();
  };
  window.addEventListener('popstate', follow);
}
