import { describe, expect, it } from 'vitest';
import { all, run } from '../../../../main/library/database.ts';
import { applyLabel } from '../../../../main/library/labels.ts';
import { photosByIds } from '../../../../main/library/photos.ts';
import { readReply } from '../../../../main/library/tagging/answers.ts';
import { planRun } from '../../../../main/library/tagging/plan.ts';
import { listRuns, runChanges } from '../../../../main/library/tagging/runChanges.ts';
import { ensureRunUndo } from '../../../../main/library/tagging/runs.ts';
import { undo } from '../../../../main/library/undo.ts';
import { hashOf, NOW } from '../../../helpers/library.ts';
import { createTaggingDesk, SERVICE, type TaggingDesk } from '../../../helpers/tagging.ts';

/** What the service says of a photo. */
function scores(desk: TaggingDesk, photoId: number): Record<string, number> {
  const tags = photosByIds(desk.db, [photoId])[0]?.tags ?? [];
  return Object.fromEntries(
    tags
      .filter((tag) => tag.source === SERVICE && !tag.earlier)
      .map((tag) => [tag.names.en ?? '', tag.confidence]),
  );
}

function takeBack(desk: TaggingDesk, step: number | null) {
  return desk.write(undo, { undo: step ?? 0, now: NOW });
}

const page = { limit: 10, offset: 0 };

describe('tagging again', () => {
  it('shows what was added, removed and moved, and is taken back and done again in one step', () => {
    const desk = createTaggingDesk();
    const photo = desk.photo('a.jpg', 'a');
    const copy = desk.photo('copy.jpg', 'a');
    const first = desk.tag([photo], { gizmo: 90, widget: 50, doodad: 10 });
    expect(first.undo).toBeNull();
    const again = desk.tag([photo], { gizmo: 80, doodad: 10, gadget: 70 }, { again: true });
    expect(again.undo).not.toBeNull();
    const listed = runChanges(desk.db, again.runId, page);
    expect(listed).toMatchObject({
      total: 1,
      undo: again.undo,
      changes: [
        {
          photoId: photo,
          added: [{ names: { en: 'gadget' }, confidence: 70 }],
          removed: [{ names: { en: 'widget' }, confidence: 50 }],
          moved: [{ names: { en: 'gizmo' }, confidence: 80, before: 90 }],
        },
      ],
    });
    expect(runChanges(desk.db, first.runId, page)).toEqual({ total: 0, changes: [], undo: null });
    expect(listRuns(desk.db, 10)).toEqual([
      {
        id: again.runId,
        service: SERVICE,
        startedAtMs: NOW,
        photosTagged: 1,
        photosChanged: 1,
        calls: 1,
        undo: again.undo,
      },
    ]);

    const back = takeBack(desk, again.undo);
    expect([...(back.changes?.photoIds ?? [])].sort()).toEqual([photo, copy]);
    expect(back.output.photos).toBe(2);
    expect(scores(desk, photo)).toEqual({ gizmo: 90, widget: 50, doodad: 10 });
    expect(runChanges(desk.db, again.runId, page)).toEqual({ total: 0, changes: [], undo: null });
    expect(readReply(desk.db, { imageHash: hashOf('a'), service: SERVICE })?.body.toString()).toBe(
      '{"gizmo":90,"widget":50,"doodad":10}',
    );
    const known = { service: SERVICE, photoIds: [photo], limit: null, maxCalls: null } as const;
    expect(planRun(desk.db, { ...known, again: false, variant: '' }).alreadyKnown).toBe(1);

    const redo = takeBack(desk, back.output.undo);
    expect(scores(desk, photo)).toEqual({ gizmo: 80, doodad: 10, gadget: 70 });
    expect(runChanges(desk.db, again.runId, page)).toEqual({
      ...listed,
      undo: redo.output.undo,
    });
    expect(all(desk.db, 'SELECT run_id FROM picture_tag GROUP BY run_id')).toEqual([
      { run_id: again.runId },
    ]);
  });

  it('keeps what a person said', () => {
    const desk = createTaggingDesk();
    const photo = desk.photo('a.jpg');
    desk.tag([photo], { gizmo: 90, widget: 90 });
    const own = { language: 'en', photoIds: [photo], now: NOW } as const;
    desk.write(applyLabel, { ...own, action: 'add', tag: 'mine' });
    desk.write(applyLabel, { ...own, action: 'reject', tag: 'gizmo' });
    desk.tag([photo], { gizmo: 95 }, { again: true });
    const tags = photosByIds(desk.db, [photo])[0]?.tags ?? [];
    expect(tags.map((tag) => [tag.names.en, tag.source, tag.rejected])).toEqual([
      ['mine', 'me', undefined],
      ['gizmo', SERVICE, true],
    ]);
  });

  it('says that an equal answer changed nothing', () => {
    const desk = createTaggingDesk();
    const photo = desk.photo('a.jpg');
    desk.tag([photo], { gizmo: 90 });
    const { runId } = desk.tag([photo], { gizmo: 90 }, { again: true });
    expect(runChanges(desk.db, runId, page)).toMatchObject({ total: 0, changes: [] });
    expect(listRuns(desk.db, 10)).toMatchObject([{ id: runId, photosChanged: 0 }]);
  });

  it('also compares with the answer of another model', () => {
    const desk = createTaggingDesk();
    const photo = desk.photo('a.jpg');
    desk.tag([photo], { gizmo: 90 }, { variant: 'v1' });
    const { runId } = desk.tag([photo], { widget: 90 }, { variant: 'v2' });
    expect(runChanges(desk.db, runId, page).total).toBe(1);
  });

  it.each([
    ['newest first, redone newest first', ['-c', '-b', '+c', '+b']],
    ['newest first, redone oldest first', ['-c', '-b', '+b', '+c']],
    ['oldest first, redone oldest first', ['-b', '-c', '+b', '+c']],
    ['oldest first, redone newest first', ['-b', '-c', '+c', '+b']],
  ])('takes back several runs in any order: %s', (_, moves) => {
    const desk = createTaggingDesk();
    const photo = desk.photo('a.jpg');
    desk.tag([photo], { a: 1 });
    const steps: Record<string, number | null> = {
      b: desk.tag([photo], { b: 2 }, { again: true }).undo,
      c: desk.tag([photo], { c: 3 }, { again: true }).undo,
    };
    const inForce = new Set(['a', 'b', 'c']);
    for (const [sign, name = ''] of moves) {
      if (sign === '-') inForce.delete(name);
      else inForce.add(name);
      steps[name] = takeBack(desk, steps[name] ?? null).output.undo;
      const newest = [...inForce].sort().at(-1);
      expect(Object.keys(scores(desk, photo)), `${sign}${name}`).toEqual([newest]);
    }
    expect(inForce.size).toBe(3);
  });

  it('can be taken back when the steps kept for undo are long gone', () => {
    const desk = createTaggingDesk();
    const photo = desk.photo('a.jpg');
    desk.tag([photo], { a: 1 });
    const { runId, undo: step } = desk.tag([photo], { b: 2 }, { again: true });
    run(desk.db, 'DELETE FROM undo');
    run(desk.db, `INSERT INTO undo (id, at, body) VALUES (?, 0, '{"favorites":[]}')`, step);
    expect(runChanges(desk.db, runId, page).undo).toBeNull();
    const made = desk.write(ensureRunUndo, { runId, now: NOW }).output.undo;
    expect(made).not.toBe(step);
    expect(desk.write(ensureRunUndo, { runId, now: NOW }).output.undo).toBe(made);
    takeBack(desk, made);
    expect(scores(desk, photo)).toEqual({ a: 1 });
  });
});

describe('undo', () => {
  it('reads steps of an earlier Tagroll', () => {
    const desk = createTaggingDesk();
    const photo = desk.photo('a.jpg', 'a', { favorite: 1 });
    const body = `{"addTags":[],"removeTags":[],"addRejections":[],"removeRejections":[],"favorites":[[${photo},0]]}`;
    run(desk.db, 'INSERT INTO undo (id, at, body) VALUES (7, 0, ?)', body);
    expect(takeBack(desk, 7).output.photos).toBe(1);
    expect(desk.value('SELECT favorite FROM photo WHERE id = ?', photo)).toBe(0);
  });

  it('means the tag that the noted one became part of', () => {
    const desk = createTaggingDesk();
    const photo = desk.photo('a.jpg');
    desk.tag([photo], { gizmo: 90, widget: 90 });
    const idOf = (name: string) =>
      desk.value<number>('SELECT tag_id FROM tag_name WHERE name = ?', name) ?? 0;
    const [gizmo, widget] = [idOf('gizmo'), idOf('widget')];
    const own = { language: 'en', photoIds: [photo], now: NOW } as const;
    const rejected = desk.write(applyLabel, { ...own, action: 'reject', tag: 'widget' }).output;
    const back = takeBack(desk, rejected.undo);
    run(desk.db, 'UPDATE label SET tag_id = ? WHERE tag_id = ?', gizmo, widget);
    run(desk.db, 'INSERT INTO tag_moved (old_id, tag_id) VALUES (?, ?)', widget, gizmo);
    run(desk.db, 'DELETE FROM tag WHERE id = ?', widget);
    takeBack(desk, back.output.undo);
    expect(all(desk.db, 'SELECT photo_id, tag_id FROM rejection')).toEqual([
      { photo_id: photo, tag_id: gizmo },
    ]);
  });
});
