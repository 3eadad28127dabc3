import { describe, expect, it } from 'vitest';
import { ChangeLog } from '../../../main/library/changes.ts';
import { run, type WritableDB } from '../../../main/library/database.ts';
import { applyLabel, type LabelInput, setFavorite } from '../../../main/library/labels.ts';
import { photosByIds } from '../../../main/library/photos.ts';
import { ensureLabel } from '../../../main/library/tags.ts';
import { undo } from '../../../main/library/undo.ts';
import { TagrollError } from '../../../shared/errors.ts';
import { changesOf, createTestLibrary, insertPhoto, NOW } from '../../helpers/library.ts';

function setUp() {
  const { db, folderId } = createTestLibrary();
  const first = insertPhoto(db, folderId, 'a.jpg');
  const second = insertPhoto(db, folderId, 'b.jpg');
  return { db, first, second };
}

function label(
  db: WritableDB,
  input: Partial<LabelInput> & Pick<LabelInput, 'action' | 'tag' | 'photoIds'>,
) {
  return changesOf((changes) => applyLabel(db, { language: 'en', now: NOW, ...input }, changes));
}

function tagsOf(db: WritableDB, id: number) {
  return photosByIds(db, [id])[0]?.tags ?? [];
}

/** A cloud-like entry on one photo, so that rejecting has something to reject. */
function insertDeviceTag(
  db: WritableDB,
  photoId: number,
  name: string,
  confidence: number,
): number {
  const made = ensureLabel(
    db,
    { serviceId: 'on-device', raw: name, type: 'light', names: { en: name } },
    NOW,
  );
  run(
    db,
    'INSERT INTO photo_tag (photo_id, label_id, confidence) VALUES (?, ?, ?)',
    photoId,
    made.id,
    confidence,
  );
  return made.tagId;
}

describe('applyLabel', () => {
  it('makes a new tag in the language of its script', () => {
    const { db, first } = setUp();
    label(db, { action: 'add', tag: '外婆', photoIds: [first], language: 'en' });
    label(db, { action: 'add', tag: 'Grandma', photoIds: [first], language: 'zh' });
    expect(tagsOf(db, first).map((entry) => entry.names)).toEqual([
      { zh: '外婆' },
      { en: 'Grandma' },
    ]);
    expect(tagsOf(db, first)[0]).toMatchObject({ source: 'me', confidence: 100, type: 'mine' });
  });

  it('joins an existing tag whatever the case, accents or width of the name', () => {
    const { db, first, second } = setUp();
    const one = label(db, { action: 'add', tag: 'Café', photoIds: [first] }).output;
    const two = label(db, { action: 'add', tag: 'ＣＡＦＥ', photoIds: [second] }).output;
    expect(two.tagId).toBe(one.tagId);
    expect(tagsOf(db, second)[0]?.names).toEqual({ en: 'Café' });
  });

  it('counts only photos that change and says what to refetch', () => {
    const { db, first, second } = setUp();
    label(db, { action: 'add', tag: 'beach', photoIds: [first] });
    const { output, changes } = label(db, {
      action: 'add',
      tag: 'beach',
      photoIds: [first, second],
    });
    expect(output.photos).toBe(1);
    expect(changes).toMatchObject({ photoIds: [second], tags: false });
  });

  it('changes nothing and offers no undo when there is nothing to do', () => {
    const { db, first } = setUp();
    expect(label(db, { action: 'remove', tag: 'nowhere', photoIds: [first] })).toEqual({
      output: { photos: 0, undo: null, tagId: null },
      changes: null,
    });
  });

  it('makes no tag for nobody', () => {
    const { db } = setUp();
    const added = label(db, { action: 'add', tag: 'Unicorn', photoIds: [] });
    expect(added.output).toEqual({ photos: 0, undo: null, tagId: null });
    expect(added.changes).toBeNull();
    expect(db.prepare('SELECT COUNT(*) FROM tag').pluck().get()).toBe(0);
  });

  it('leaves photos that are gone alone', () => {
    const { db, first } = setUp();
    expect(label(db, { action: 'add', tag: 'beach', photoIds: [first, 9999] }).output.photos).toBe(
      1,
    );
  });

  it('removes only the own entry, never what another source says', () => {
    const { db, first } = setUp();
    const tagId = insertDeviceTag(db, first, 'dark', 61.5);
    label(db, { action: 'add', tag: 'dark', photoIds: [first] });
    expect(tagsOf(db, first).map((entry) => entry.source)).toEqual(['me', 'on-device']);
    label(db, { action: 'remove', tag: tagId, photoIds: [first] });
    expect(tagsOf(db, first)).toMatchObject([{ source: 'on-device', confidence: 61.5 }]);
  });

  it('rejects what any source says, keeps the score, and can be told otherwise', () => {
    const { db, first } = setUp();
    insertDeviceTag(db, first, 'dark', 61.5);
    const { output } = label(db, { action: 'reject', tag: 'DARK', photoIds: [first] });
    expect(output.photos).toBe(1);
    expect(tagsOf(db, first)).toMatchObject([{ confidence: 61.5, rejected: true }]);
    label(db, { action: 'unreject', tag: 'dark', photoIds: [first] });
    expect(tagsOf(db, first)[0]).not.toHaveProperty('rejected');
  });

  it('lists a rejection of a tag that no source gives', () => {
    const { db, first, second } = setUp();
    insertDeviceTag(db, first, 'dark', 61.5);
    label(db, { action: 'reject', tag: 'dark', photoIds: [second] });
    expect(tagsOf(db, second)).toMatchObject([{ source: 'me', confidence: 0, rejected: true }]);
  });

  it('takes back a rejection by adding the tag', () => {
    const { db, first } = setUp();
    insertDeviceTag(db, first, 'dark', 61.5);
    label(db, { action: 'reject', tag: 'dark', photoIds: [first] });
    label(db, { action: 'add', tag: 'dark', photoIds: [first] });
    expect(tagsOf(db, first).some((entry) => entry.rejected)).toBe(false);
  });
});

describe('undo', () => {
  it('takes back each action, and does it again', () => {
    const { db, first, second } = setUp();
    insertDeviceTag(db, first, 'dark', 61.5);
    const before = photosByIds(db, [first, second]);
    const rejected = label(db, { action: 'reject', tag: 'dark', photoIds: [first, second] }).output;
    const after = photosByIds(db, [first, second]);
    const back = changesOf((changes) => undo(db, { undo: rejected.undo ?? 0, now: NOW }, changes));
    expect(photosByIds(db, [first, second])).toEqual(before);
    expect(back.output.photos).toBe(2);
    expect(back.changes?.photoIds).toEqual([first, second]);
    undo(db, { undo: back.output.undo ?? 0, now: NOW }, new ChangeLog());
    expect(photosByIds(db, [first, second])).toEqual(after);
  });

  it('restores own tags that a rejection took away', () => {
    const { db, first } = setUp();
    label(db, { action: 'add', tag: 'beach', photoIds: [first] });
    const { undo: id } = label(db, { action: 'reject', tag: 'beach', photoIds: [first] }).output;
    undo(db, { undo: id ?? 0, now: NOW }, new ChangeLog());
    expect(tagsOf(db, first)).toMatchObject([{ source: 'me', confidence: 100 }]);
    expect(tagsOf(db, first)[0]).not.toHaveProperty('rejected');
  });

  it('refuses what was taken back already', () => {
    const { db, first } = setUp();
    const { undo: id } = label(db, { action: 'add', tag: 'beach', photoIds: [first] }).output;
    undo(db, { undo: id ?? 0, now: NOW }, new ChangeLog());
    expect(() => undo(db, { undo: id ?? 0, now: NOW }, new ChangeLog())).toThrow(TagrollError);
  });

  it('takes back favourites', () => {
    const { db, first, second } = setUp();
    setFavorite(db, { photoIds: [first], favorite: true, now: NOW }, new ChangeLog());
    const both = changesOf((changes) =>
      setFavorite(db, { photoIds: [first, second], favorite: true, now: NOW }, changes),
    ).output;
    expect(both.photos).toBe(1);
    undo(db, { undo: both.undo ?? 0, now: NOW }, new ChangeLog());
    const favorites = db.prepare('SELECT id FROM photo WHERE favorite = 1').pluck().all();
    expect(favorites).toEqual([first]);
  });
});

describe('a word that names two tags', () => {
  function deviceOrange(db: WritableDB): number {
    const names = { en: 'orange', zh: '橙' };
    return ensureLabel(
      db,
      { serviceId: 'on-device', raw: 'orange', type: 'colour', names, apart: true },
      NOW,
    ).tagId;
  }

  it('reaches an on-device tag by its name', () => {
    const { db, first } = setUp();
    const device = deviceOrange(db);
    expect(label(db, { action: 'add', tag: 'Orange', photoIds: [first] }).output.tagId).toBe(
      device,
    );
    expect(tagsOf(db, first)).toMatchObject([{ id: device, source: 'me' }]);
    expect(label(db, { action: 'remove', tag: '橙', photoIds: [first] }).output.photos).toBe(1);
  });

  it('is the thing that a service sees where both are there; an id is exact', () => {
    const { db, first, second } = setUp();
    const device = deviceOrange(db);
    const names = { en: 'Orange' };
    const fruit = ensureLabel(
      db,
      { serviceId: 'tencent-classify', raw: 'Orange', type: 'thing', names },
      NOW,
    ).tagId;
    expect(label(db, { action: 'add', tag: 'orange', photoIds: [first] }).output.tagId).toBe(fruit);
    for (const photoIds of [[first], [second]]) {
      expect(label(db, { action: 'add', tag: device, photoIds }).output.tagId).toBe(device);
    }
    expect(tagsOf(db, first).map((entry) => entry.id)).toEqual([device, fruit]);
    expect(tagsOf(db, second).map((entry) => entry.id)).toEqual([device]);
    expect(label(db, { action: 'add', tag: 4711, photoIds: [first] }).output).toEqual({
      photos: 0,
      undo: null,
      tagId: null,
    });
  });

  it('never reaches a sensitivity label', () => {
    const { db, first } = setUp();
    const porn = ensureLabel(
      db,
      { serviceId: 'tencent-porn', raw: 'porn', type: 'sensitivity', names: { en: 'porn' } },
      NOW,
    ).tagId;
    expect(label(db, { action: 'reject', tag: 'porn', photoIds: [first] }).output.tagId).toBeNull();
    expect(label(db, { action: 'add', tag: 'porn', photoIds: [first] }).output.tagId).not.toBe(
      porn,
    );
    // By its id it can be rejected: the picture is not sensitive, the person says.
    expect(label(db, { action: 'reject', tag: porn, photoIds: [first] }).output.photos).toBe(1);
    expect(label(db, { action: 'add', tag: porn, photoIds: [first] }).output.tagId).toBeNull();
  });
});
