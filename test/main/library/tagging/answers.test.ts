import { describe, expect, it } from 'vitest';
import { all, run } from '../../../../main/library/database.ts';
import { photosByIds } from '../../../../main/library/photos.ts';
import { forgetMissing } from '../../../../main/library/problems.ts';
import { removeRoot } from '../../../../main/library/roots.ts';
import { finishCall, readReply } from '../../../../main/library/tagging/answers.ts';
import { listUploads } from '../../../../main/library/tagging/ledger.ts';
import {
  laneCounts,
  recentAnswers,
  runSummary,
} from '../../../../main/library/tagging/progress.ts';
import { noteOutcome, serviceStandings } from '../../../../main/library/tagging/standing.ts';
import { namesOfTypes } from '../../../../main/library/tags.ts';
import type { ServiceTag } from '../../../../main/tagging/types.ts';
import { hashOf, NOW } from '../../../helpers/library.ts';
import {
  createTaggingDesk,
  SERVICE,
  serviceTag,
  type TaggingDesk,
  uploadIdsOf,
} from '../../../helpers/tagging.ts';

function finish(desk: TaggingDesk, tags: readonly ServiceTag[]) {
  const job = desk.nextJob();
  const [uploadId = 0] = uploadIdsOf(desk.reserve([job]));
  const body = Buffer.from('{"reply":true}');
  const parameters = { limit: 5 };
  return desk.write(finishCall, {
    service: SERVICE,
    now: NOW,
    variant: '',
    answers: [{ uploadId, job, tags, body, requestId: 'r', parameters }],
  });
}

function scores(desk: TaggingDesk, photoId: number) {
  return photosByIds(desk.db, [photoId])[0]?.tags.map((tag) => [
    tag.names.en,
    tag.confidence,
    tag.source,
  ]);
}

describe('finishCall', () => {
  it('keeps what the service calls its types', () => {
    const desk = createTaggingDesk();
    desk.begin([desk.photo('a.jpg', 'a')]);
    const gizmo = { ...serviceTag('gizmo', 80), type: 'gadget' };
    finish(desk, [{ ...gizmo, typeNames: { zh: '小玩意', en: 'Gadget' } }, serviceTag('dog', 70)]);
    expect(namesOfTypes(desk.db)).toEqual({ gadget: { en: 'Gadget', zh: '小玩意' } });
  });

  it('keeps reply, tags, job, ledger and counters together, for every photo of the picture', () => {
    const desk = createTaggingDesk();
    const photo = desk.photo('a.jpg', 'a');
    const copy = desk.photo('b.jpg', 'a');
    const { runId } = desk.begin([photo, copy]);
    const box = { x: 0, y: 0, width: 0.5, height: 0.5, confidence: 80 };
    const { output, changes } = finish(desk, [
      { ...serviceTag('gizmo', 80.5), boxes: [box] },
      serviceTag('widget', 12),
    ]);
    expect(output).toEqual({ photosTagged: 1, tagsWritten: 2 });
    expect(changes).toMatchObject({ tags: true });
    expect([...(changes?.photoIds ?? [])].sort()).toEqual([photo, copy]);
    expect(scores(desk, copy)).toEqual([
      ['gizmo', 80.5, SERVICE],
      ['widget', 12, SERVICE],
    ]);
    expect(photosByIds(desk.db, [photo])[0]?.tags[0]?.boxes).toEqual([box]);
    const reply = readReply(desk.db, { imageHash: hashOf('a'), service: SERVICE });
    expect(Buffer.from(reply?.body ?? []).toString()).toBe('{"reply":true}');
    expect(reply).toMatchObject({ variant: '', requestId: 'r', parameters: { limit: 5 } });
    expect(readReply(desk.db, { imageHash: hashOf('b'), service: SERVICE })).toBeNull();
    expect(laneCounts(desk.db, SERVICE)).toEqual({
      runId,
      waiting: 0,
      running: 0,
      done: 1,
      failed: 0,
      calls: 1,
      costMicros: null,
      bytesSent: 1000,
    });
    expect(runSummary(desk.db, runId ?? 0)).toEqual({
      runId,
      service: SERVICE,
      considered: 2,
      alreadyKnown: 1,
      calls: 1,
      photosTagged: 1,
      tagsWritten: 2,
      failed: [],
      costMicros: null,
      startedAt: NOW,
      endedAt: null,
      isOver: true,
    });
    expect(recentAnswers(desk.db, SERVICE, 5)).toMatchObject([
      { photoId: desk.value('SELECT photo_id FROM job'), tags: [{ confidence: 80.5 }, {}] },
    ]);
  });

  it('does not lose a reply to strange numbers or words that come twice', () => {
    const desk = createTaggingDesk();
    const photo = desk.photo('a.jpg');
    desk.begin([photo]);
    const { output } = finish(desk, [
      serviceTag('gizmo', 20),
      serviceTag('gizmo', 30),
      serviceTag('gizmo', 10),
      serviceTag('widget', 100.0001),
      serviceTag('doodad', -1),
      serviceTag('gadget', Number.NaN),
    ]);
    expect(output.tagsWritten).toBe(3);
    expect(scores(desk, photo)).toEqual([
      ['widget', 100, SERVICE],
      ['gizmo', 30, SERVICE],
      ['doodad', 0, SERVICE],
    ]);
  });

  it('keeps the reply of a photo that was forgotten meanwhile', () => {
    const desk = createTaggingDesk();
    const photo = desk.photo('a.jpg', 'a');
    desk.begin([photo]);
    const job = desk.nextJob();
    const [uploadId = 0] = uploadIdsOf(desk.reserve([job]));
    run(desk.db, 'UPDATE photo SET missing_since = 1');
    desk.write(forgetMissing, null);
    const { output } = desk.write(finishCall, {
      service: SERVICE,
      now: NOW,
      variant: '',
      answers: [
        {
          uploadId,
          job,
          tags: [serviceTag('gizmo', 50)],
          body: Buffer.from('{}'),
          requestId: null,
          parameters: {},
        },
      ],
    });
    expect(output.photosTagged).toBe(1);
    expect(readReply(desk.db, { imageHash: hashOf('a'), service: SERVICE })).not.toBeNull();
    expect(listUploads(desk.db, { limit: 1, offset: 0 }).uploads).toMatchObject([
      { photoId: null, path: '/photos/a.jpg', status: 'answered' },
    ]);
    expect(desk.begin([desk.photo('back.jpg', 'a')])).toMatchObject({ alreadyKnown: 1 });
  });

  it('ends the row of errors', () => {
    const desk = createTaggingDesk();
    desk.begin([desk.photo('a.jpg')]);
    desk.write(noteOutcome, { service: SERVICE, code: '-1400' });
    expect(serviceStandings(desk.db).get(SERVICE)?.streakCount).toBe(1);
    finish(desk, []);
    expect(serviceStandings(desk.db).get(SERVICE)).toMatchObject({
      streakCode: null,
      streakCount: 0,
    });
  });

  it('outlives the root of its photos', () => {
    const desk = createTaggingDesk();
    const photo = desk.photo('a.jpg', 'a');
    desk.tag([photo], { gizmo: 50 });
    desk.tag([photo], { gizmo: 60 }, { again: true });
    desk.begin([desk.photo('waits.jpg')]);
    const rootId = desk.value<number>('SELECT id FROM root') ?? 0;
    desk.write(removeRoot, { rootId, forget: true });
    expect(desk.value('SELECT COUNT(*) FROM job')).toBe(0);
    expect(desk.value('SELECT COUNT(*) FROM reply')).toBe(2);
    expect(all(desk.db, 'SELECT photo_id FROM upload')).toEqual([
      { photo_id: null },
      { photo_id: null },
    ]);
    expect(desk.db.pragma('foreign_key_check')).toEqual([]);
  });
});
