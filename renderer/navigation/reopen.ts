/** Opens the window where it was, and keeps where it is. */
import type { Settings } from '../../shared/settings.ts';
import { client, toTagrollError } from '../api/client.ts';
import { onPlaceMoved, standingIn, wantStanding } from '../state/place.ts';
import { getView, onReturn, onView, setView, startView } from '../state/view.ts';
import { asZoom, DEFAULT_VIEW, decodeView, isView, viewKey } from '../state/viewHash.ts';
import { readKeptView, writeKeptView } from './keptView.ts';

const SAVE_AFTER_MS = 1000;
/** Longer than this nobody waits to hear that a photo has gone. */
const PHOTO_WITHIN_MS = 1000;

let hasAddress = false;

/** Starts with what the address shows, else with what was shown last. */
export async function openView(settings: Settings): Promise<void> {
  hasAddress = isView(window.location.hash);
  startView({
    fallback: { threshold: settings.lens, zoom: asZoom(settings.zoom) },
    saved: readKeptView(settings.view),
  });
  onReturn(() => void leaveGonePhoto());
  const late = new Promise<void>((resolve) => setTimeout(resolve, PHOTO_WITHIN_MS));
  await Promise.race([leaveGonePhoto(), late]);
}

/** Settings that came when the window was open already: it goes where it was, unless the person went elsewhere. */
export function reopenLate(settings: Settings): void {
  const saved = readKeptView(settings.view);
  if (hasAddress || !saved || viewKey(getView()) !== viewKey(DEFAULT_VIEW)) return;
  const { threshold, zoom, ...view } = decodeView(saved.hash);
  setView(view);
  if (saved.place) wantStanding({ order: getView(), place: saved.place });
  void leaveGonePhoto();
}

/** A viewer without its photo shows nothing: the photos do. */
async function leaveGonePhoto(): Promise<void> {
  const { viewerId } = getView();
  if (viewerId === null) return;
  try {
    await client.photos.detail({ id: viewerId });
  } catch (error) {
    const isGone = toTagrollError(error).code === 'not_found';
    if (isGone && getView().viewerId === viewerId) setView({ viewerId: null });
  }
}

/** Keeps what is shown for the next start, from now on. `saved` is what is kept already. */
export function keepView(saved: string): void {
  let kept = saved;
  let timer: ReturnType<typeof setTimeout> | null = null;
  const save = (): void => {
    if (timer) clearTimeout(timer);
    timer = null;
    const view = getView();
    const place = view.section === 'photos' ? standingIn(view) : undefined;
    const value = writeKeptView(view, place ?? null);
    if (value === kept) return;
    kept = value;
    client.settings.set({ key: 'view', value }).catch(() => {
      // Nobody asked for it, and a library that cannot be written says so where it matters.
      kept = '';
    });
  };
  const saveSoon = (): void => {
    timer ??= setTimeout(save, SAVE_AFTER_MS);
  };
  onView(saveSoon);
  onPlaceMoved(saveSoon);
  document.addEventListener('visibilitychange', () => {
    if (document.visibilityState === 'hidden') save();
  });
  window.addEventListener('pagehide', save);
}
