/** What the window shows, kept in the address so that back, forward and reopening work. */
import { use, useSyncExternalStore } from 'react';
import { drawWithPhotos } from '../api/turns.ts';
import { CalmContext } from './calmContext.ts';
import { type Place, sameOrder, standingIn, wantedStanding, wantStanding } from './place.ts';
import { createStore } from './store.ts';
import {
  DEFAULT_VIEW,
  decodeView,
  encodeView,
  isView,
  type ViewState,
  viewKey,
} from './viewHash.ts';
import {
  addEntry,
  arrive,
  keepTrail,
  markPlace,
  passBy,
  renameEntry,
  startTrail,
  writeEntry,
} from './viewHistory.ts';

export type { ViewState };

/** Browsers refuse more than a few hundred changes of the address in half a minute. */
const WRITE_AFTER_MS = 250;

export type SetViewOptions = {
  /** The person comes back to the present view with the back button. */
  readonly push?: boolean;
  /**
   * With `push`: changes in a row that carry the same name make one step, such as the letters of a word or
   * the positions of a slider.
   */
  readonly step?: string;
};

const store = createStore<ViewState>(DEFAULT_VIEW);
const components = new Set<() => void>();
const returns = new Set<() => void>();
let timer: ReturnType<typeof setTimeout> | null = null;
let lastStep: string | null = null;

/** The view; the component renders anew when any of it changes, inside of a `CalmView` a moment later. */
export function useView(): ViewState {
  return useOfView((view) => view);
}

/** One part of the view; the component renders anew only when that changes. */
export function useViewPart<Key extends keyof ViewState>(key: Key): ViewState[Key] {
  return useOfView((view) => view[key]);
}

function useOfView<Value>(read: (view: ViewState) => Value): Value {
  const calm = use(CalmContext);
  const subscribe = calm === null ? toComponents : toNothing;
  return useSyncExternalStore(subscribe, () => read(calm ?? store.get()));
}

function toNothing(): () => void {
  return () => undefined;
}

function toComponents(listener: () => void): () => void {
  components.add(listener);
  return () => components.delete(listener);
}

/** Another view: they who ask because of it come first, and what is drawn waits a moment for the answer. */
function show(view: ViewState): void {
  store.set(view);
  drawWithPhotos(redraw);
}

function redraw(): void {
  for (const listener of [...components]) listener();
}

export function getView(): ViewState {
  return store.get();
}

/** Calls back after each change. Answers how to stop. */
export function onView(listener: (view: ViewState) => void): () => void {
  return store.subscribe(() => listener(store.get()));
}

/** Calls back after each step back or forward. Answers how to stop. */
export function onReturn(listener: () => void): () => void {
  returns.add(listener);
  return () => returns.delete(listener);
}

/** Changes parts of the view. */
export function setView(patch: Partial<ViewState>, options: SetViewOptions = {}): void {
  const before = store.get();
  const next = { ...before, ...patch };
  if (encodeView(next) === encodeView(before)) return;
  const { push = false, step = null } = options;
  const goesOn = step !== null && step === lastStep;
  const isNew = push && !goesOn;
  if (push) lastStep = step;
  if (isNew) leaveEntry();
  const wanted = wantedStanding();
  if (wanted && !sameOrder(wanted.order, next)) wantStanding(null);
  if (isNew) {
    writeAddress();
    show(next);
    addEntry(encodeView(next), viewKey(next));
    return;
  }
  show(next);
  renameEntry(viewKey(next));
  timer ??= setTimeout(writeAddress, WRITE_AFTER_MS);
}

function writeAddress(): void {
  if (timer) clearTimeout(timer);
  timer = null;
  writeEntry(encodeView(store.get()));
}

/** Notes where the person stands in the entry that is left. */
function leaveEntry(): void {
  const view = store.get();
  const place = view.section === 'photos' ? standingIn(view) : undefined;
  if (place !== undefined) markPlace(place);
}

export type StartView = {
  /** What the address leaves open. */
  readonly fallback: Partial<ViewState>;
  /** What to show when the address says nothing, and where to stand in it. */
  readonly saved?: { readonly hash: string; readonly place: Place | null } | undefined;
};

/** Starts with what the address says, and follows back and forward. */
export function startView({ fallback, saved }: StartView): void {
  const initial = { ...DEFAULT_VIEW, ...fallback };
  const own = isView(window.location.hash);
  // Lens and size are settings of their own.
  const reopened = saved ? { ...decodeView(saved.hash, initial), ...fallback } : initial;
  const view = own ? decodeView(window.location.hash, initial) : reopened;
  store.set(view);
  const kept = startTrail(viewKey(view));
  writeAddress();
  const place = kept ?? (own ? null : (saved?.place ?? null));
  if (place) wantStanding({ order: view, place });
  window.addEventListener('popstate', follow);
  window.addEventListener('pagehide', () => {
    leaveEntry();
    writeAddress();
    keepTrail();
  });
}

function follow(): void {
  if (timer) clearTimeout(timer);
  timer = null;
  lastStep = null;
  leaveEntry();
  const before = store.get();
  // Lens and zoom are where the person left them, not part of the way back.
  const { threshold, zoom } = before;
  const { key, place, direction } = arrive();
  const view = { ...decodeView(key, before), threshold, zoom };
  renameEntry(viewKey(view));
  if (viewKey(view) === viewKey(before)) {
    writeAddress();
    passBy(direction);
    return;
  }
  const elsewhere = view.section !== before.section || !sameOrder(view, before);
  if (elsewhere) wantStanding(view.section === 'photos' ? { order: view, place } : null);
  show(view);
  writeAddress();
  for (const listener of returns) listener();
}
