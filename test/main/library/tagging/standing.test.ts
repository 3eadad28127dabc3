import { describe, expect, it } from 'vitest';
import {
  clearStop,
  noteOutcome,
  serviceStandings,
  setServicePaused,
  stopService,
} from '../../../../main/library/tagging/standing.ts';
import { SERVICE_IDS } from '../../../../shared/services.ts';
import { createTaggingDesk, SERVICE, type TaggingDesk } from '../../../helpers/tagging.ts';

function note(desk: TaggingDesk, code: string | null) {
  return desk.write(noteOutcome, { service: SERVICE, code }).output.streakCount;
}

describe('how a service stands', () => {
  it('is free until something happens', () => {
    const { db } = createTaggingDesk();
    const standings = serviceStandings(db);
    expect([...standings.keys()]).toEqual(SERVICE_IDS);
    expect(new Set(standings.values()).size).toBe(1);
    expect(standings.get(SERVICE)).toEqual({
      paused: false,
      stopped: null,
      streakCode: null,
      streakCount: 0,
    });
  });

  it('counts photos in a row with the same error', () => {
    const desk = createTaggingDesk();
    expect([note(desk, 'x'), note(desk, 'x'), note(desk, 'x')]).toEqual([1, 2, 3]);
    expect([note(desk, 'y'), note(desk, 'y')]).toEqual([1, 2]);
    expect(note(desk, null)).toBe(0);
    expect([note(desk, 'y'), note(desk, 'x')]).toEqual([1, 1]);
    expect(desk.write(noteOutcome, { service: 'tencent-porn', code: null }).output).toEqual({
      streakCount: 0,
    });
  });

  it('stops with the first reason until the person dealt with it', () => {
    const desk = createTaggingDesk();
    note(desk, '25');
    desk.write(setServicePaused, { service: SERVICE, paused: true });
    desk.write(stopService, { service: SERVICE, code: '25', message: 'used up', now: 5 });
    desk.write(stopService, { service: SERVICE, code: '24', message: 'other', now: 6 });
    expect(serviceStandings(desk.db).get(SERVICE)).toEqual({
      paused: true,
      stopped: { code: '25', message: 'used up', at: 5 },
      streakCode: '25',
      streakCount: 1,
    });
    desk.write(clearStop, { service: SERVICE });
    desk.write(setServicePaused, { service: SERVICE, paused: false });
    expect(serviceStandings(desk.db).get(SERVICE)).toEqual({
      paused: false,
      stopped: null,
      streakCode: null,
      streakCount: 0,
    });
    desk.write(stopService, { service: SERVICE, code: '24', message: 'other', now: 7 });
    expect(serviceStandings(desk.db).get(SERVICE)?.stopped).toMatchObject({ code: '24' });
  });
});
