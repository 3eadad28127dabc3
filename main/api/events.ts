/** What changed, told to every window: merged for a moment, so that a burst is one event. */
import type { EngineEvent, Notice } from '../../shared/events.ts';
import type { Progress } from '../../shared/model.ts';

/** Events of one kind within this time become one. */
const MERGE_MS = 200;
/** Past this number single photos are no longer named. */
const MAX_NAMED_PHOTOS = 2000;
/** A window that does not read its events this long behind starts anew. */
const MAX_WAITING = 1000;

export type EventHub = {
  photosChanged(photoIds: readonly number[] | null): void;
  tagsChanged(): void;
  foldersChanged(): void;
  settingsChanged(): void;
  searchesChanged(): void;
  backupsChanged(): void;
  servicesChanged(): void;
  taggingChanged(): void;
  progress(progress: Progress): void;
  notice(notice: Notice): void;
  /** Waits for the first window, where nobody listens yet. */
  noticeFirst(notice: Notice): void;
  /** Every event from now on, until the signal aborts or the hub closes. */
  subscribe(signal?: AbortSignal): AsyncGenerator<EngineEvent, void, void>;
  close(): void;
};

export function createEventHub(): EventHub {
  const listeners = new Set<(event: EngineEvent | null) => void>();
  let photoIds: Set<number> | null = new Set();
  let photos = false;
  let tags = false;
  let folders = false;
  let settings = false;
  let searches = false;
  let backups = false;
  let services = false;
  let tagging = false;
  let lastProgress: Progress | null = null;
  let timer: NodeJS.Timeout | null = null;
  /** Told to the first who listens. */
  const unheard: EngineEvent[] = [];
  let closed = false;

  const send = (event: EngineEvent): void => {
    for (const listener of listeners) listener(event);
  };
  const flush = (): void => {
    timer = null;
    if (photos)
      send({ type: 'photos-changed', photoIds: photoIds === null ? null : [...photoIds] });
    if (tags) send({ type: 'tags-changed' });
    if (folders) send({ type: 'folders-changed' });
    if (settings) send({ type: 'settings-changed' });
    if (searches) send({ type: 'searches-changed' });
    if (backups) send({ type: 'backups-changed' });
    if (services) send({ type: 'services-changed' });
    if (tagging) send({ type: 'tagging-changed' });
    if (lastProgress) send({ type: 'progress', progress: lastProgress });
    photoIds = new Set();
    photos = tags = folders = settings = searches = backups = services = tagging = false;
    lastProgress = null;
  };
  const schedule = (): void => {
    if (!closed) timer ??= setTimeout(flush, MERGE_MS);
  };

  return {
    photosChanged(ids) {
      photos = true;
      if (ids === null) photoIds = null;
      else if (photoIds !== null) for (const id of ids) photoIds.add(id);
      if (photoIds !== null && photoIds.size > MAX_NAMED_PHOTOS) photoIds = null;
      schedule();
    },
    tagsChanged() {
      tags = true;
      schedule();
    },
    foldersChanged() {
      folders = true;
      schedule();
    },
    settingsChanged() {
      settings = true;
      schedule();
    },
    searchesChanged() {
      searches = true;
      schedule();
    },
    backupsChanged() {
      backups = true;
      schedule();
    },
    servicesChanged() {
      services = true;
      schedule();
    },
    taggingChanged() {
      tagging = true;
      schedule();
    },
    progress(progress) {
      lastProgress = progress;
      schedule();
    },
    notice(notice) {
      send({ type: 'notice', notice });
    },
    noticeFirst(notice) {
      if (listeners.size > 0) send({ type: 'notice', notice });
      else unheard.push({ type: 'notice', notice });
    },
    async *subscribe(signal) {
      let waiting: EngineEvent[] = unheard.splice(0);
      let wake: (() => void) | null = null;
      let ended = closed || (signal?.aborted ?? false);
      const listener = (event: EngineEvent | null): void => {
        if (event === null) ended = true;
        else if (waiting.length < MAX_WAITING) waiting.push(event);
        else
          waiting = [
            { type: 'photos-changed', photoIds: null },
            { type: 'tags-changed' },
            { type: 'folders-changed' },
          ];
        wake?.();
      };
      const abort = (): void => listener(null);
      listeners.add(listener);
      signal?.addEventListener('abort', abort, { once: true });
      try {
        while (!ended) {
          const event = waiting.shift();
          if (event) {
            yield event;
            continue;
          }
          await new Promise<void>((resolve) => {
            wake = resolve;
          });
          wake = null;
        }
      } finally {
        listeners.delete(listener);
        signal?.removeEventListener('abort', abort);
      }
    },
    close() {
      closed = true;
      if (timer) clearTimeout(timer);
      for (const listener of [...listeners]) listener(null);
    },
  };
}
