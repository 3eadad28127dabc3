import type { QueryClient } from '@tanstack/react-query';
import { useEffect, useRef } from 'react';
import type { EngineEvent } from '../../shared/events.ts';
import { client } from './client.ts';
import { type QuerySubject, queryKeys } from './queryKeys.ts';

type EventOf<Type extends EngineEvent['type']> = Extract<EngineEvent, { type: Type }>;
type Listener = (event: EngineEvent) => void;

const INVALIDATE_AFTER_MS = 50;
/** While photos are read events come all the time; answers must not be asked for faster than this. */
const INVALIDATE_EVERY_MS = 400;
const RESUBSCRIBE_AFTER_MS = 500;

/** What a window that missed events has to assume. */
const EVERYTHING_STALE: readonly EngineEvent[] = [
  { type: 'photos-changed', photoIds: null },
  { type: 'tags-changed' },
  { type: 'folders-changed' },
  { type: 'settings-changed' },
  { type: 'searches-changed' },
  { type: 'backups-changed' },
  { type: 'services-changed' },
  { type: 'tagging-changed' },
];

/** Which queries an event makes stale. */
const STALE_AFTER: Readonly<Record<EngineEvent['type'], readonly QuerySubject[]>> = {
  'photos-changed': ['facets', 'tree', 'roots', 'problems', 'status', 'detail', 'runs'],
  'tags-changed': [
    'facets',
    'suggestions',
    'detail',
    'links',
    'runs',
    'typeNames',
    'recentSearches',
  ],
  'folders-changed': ['roots', 'tree', 'facets', 'status'],
  'backups-changed': ['backups'],
  'searches-changed': ['searches', 'searchCounts', 'recentSearches'],
  // Prices, caps and addresses are settings.
  'settings-changed': ['settings', 'services', 'tagging', 'estimate'],
  'services-changed': ['services', 'tagging', 'estimate'],
  'tagging-changed': ['tagging', 'services', 'uploads', 'runs'],
  progress: [],
  notice: [],
};

const listeners = new Set<Listener>();

function tell(event: EngineEvent): void {
  for (const listener of [...listeners]) listener(event);
}

/** Follows the engine's events for as long as the window lives. Call once. */
export function startLive(queryClient: QueryClient): void {
  const stale = new Set<QuerySubject>();
  let timer: ReturnType<typeof setTimeout> | null = null;
  let flushedAtMs = Number.NEGATIVE_INFINITY;
  const flush = (): void => {
    timer = null;
    flushedAtMs = performance.now();
    const subjects = [...stale];
    stale.clear();
    for (const subject of subjects) {
      void queryClient.invalidateQueries({ queryKey: queryKeys[subject] });
    }
  };
  listeners.add((event) => {
    for (const subject of STALE_AFTER[event.type]) stale.add(subject);
    if (stale.size === 0 || timer !== null) return;
    const soonestMs = flushedAtMs + INVALIDATE_EVERY_MS - performance.now();
    timer = setTimeout(flush, Math.max(INVALIDATE_AFTER_MS, soonestMs));
  });
  void follow();
}

async function follow(): Promise<never> {
  for (let first = true; ; first = false) {
    try {
      const events = await client.library.events();
      if (!first) for (const event of EVERYTHING_STALE) tell(event);
      for await (const event of events) tell(event);
    } catch {
      // The connection broke; its notice is on screen, and the next call waits for a new one.
    }
    await new Promise((resolve) => setTimeout(resolve, RESUBSCRIBE_AFTER_MS));
  }
}

/** Calls the handler for each event of a type while the component is there. */
export function useEngineEvent<Type extends EngineEvent['type']>(
  type: Type,
  handler: (event: EventOf<Type>) => void,
): void {
  const latest = useRef(handler);
  useEffect(() => {
    latest.current = handler;
  });
  useEffect(() => onEngineEvent(type, (event) => latest.current(event)), [type]);
}

/** The same outside of React. Answers how to stop. */
export function onEngineEvent<Type extends EngineEvent['type']>(
  type: Type,
  handler: (event: EventOf<Type>) => void,
): () => void {
  const listener: Listener = (event) => {
    if (event.type === type) handler(event as EventOf<Type>);
  };
  listeners.add(listener);
  return () => listeners.delete(listener);
}
