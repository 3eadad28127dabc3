import { describe, expect, it } from 'vitest';
import { createEventHub } from '../../../main/api/events.ts';
import type { EngineEvent } from '../../../shared/events.ts';

async function take(events: AsyncGenerator<EngineEvent>, count: number): Promise<EngineEvent[]> {
  const taken: EngineEvent[] = [];
  while (taken.length < count) {
    const { value, done } = await events.next();
    if (done) break;
    taken.push(value);
  }
  return taken;
}

describe('createEventHub', () => {
  it('merges a burst into one event of each kind', async () => {
    const hub = createEventHub();
    const events = hub.subscribe();
    const first = take(events, 2);
    for (let id = 1; id <= 100; id += 1) hub.photosChanged([id, id + 1]);
    hub.tagsChanged();
    hub.tagsChanged();
    const [photos, tags] = await first;
    expect(photos).toEqual({
      type: 'photos-changed',
      photoIds: Array.from({ length: 101 }, (_, i) => i + 1),
    });
    expect(tags).toEqual({ type: 'tags-changed' });
    hub.close();
  });

  it('stops naming photos when there are too many', async () => {
    const hub = createEventHub();
    const first = take(hub.subscribe(), 1);
    hub.photosChanged(Array.from({ length: 5000 }, (_, index) => index));
    hub.photosChanged([1]);
    expect(await first).toEqual([{ type: 'photos-changed', photoIds: null }]);
    hub.close();
  });

  it('serves several windows, and lets one leave', async () => {
    const hub = createEventHub();
    const leaving = new AbortController();
    const one = take(hub.subscribe(leaving.signal), 5);
    const other = take(hub.subscribe(), 1);
    await Promise.resolve();
    leaving.abort();
    hub.settingsChanged();
    expect(await one).toEqual([]);
    expect(await other).toEqual([{ type: 'settings-changed' }]);
    hub.close();
  });

  it('ends every subscription when it closes', async () => {
    const hub = createEventHub();
    const all = take(hub.subscribe(), 99);
    await Promise.resolve();
    hub.close();
    expect(await all).toEqual([]);
  });
});
