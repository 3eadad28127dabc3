import { describe, expect, it } from 'vitest';
import { run, type WritableDB } from '../../../main/library/database.ts';
import { photoDetail, photoTiles } from '../../../main/library/photos.ts';
import { sensitivePhotos } from '../../../main/library/sensitivity.ts';
import { setSetting } from '../../../main/library/settings.ts';
import { changesOf, createTestLibrary } from '../../helpers/library.ts';
import { personDoes, photoSaid, type Said, say } from '../../helpers/serviceTags.ts';

const moderated = (raw: string): Said => ({
  service: ['porn', 'vulgar', 'sexy', 'somewhat', 'normal'].includes(raw)
    ? 'tencent-porn'
    : 'tencent-terrorism',
  raw,
  names: { en: raw },
  type: 'sensitivity',
});

function set(db: WritableDB, key: string, value: unknown): void {
  changesOf((changes) => setSetting(db, { key, value }, changes));
}

function isSensitive(db: WritableDB, id: number): boolean {
  const [tile] = photoTiles(db, [id]);
  const detail = photoDetail(db, id);
  expect(detail?.sensitive).toBe(tile?.sensitive);
  return tile?.sensitive ?? false;
}

describe('a sensitive photo', () => {
  it.each([
    ['porn', true],
    ['vulgar', true],
    ['terrorists', true],
    ['guns', true],
    ['blood', true],
    ['sexy', false],
    ['somewhat', false],
    ['knife', false],
    ['fire', false],
    ['flag', false],
    ['crowd', false],
    ['normal', false],
    ['other', false],
  ])('is one that is called %s: %s', (raw, expected) => {
    const { db, folderId } = createTestLibrary();
    const photo = photoSaid(db, folderId, 'a.jpg', [moderated(raw)], 99);
    expect(isSensitive(db, photo)).toBe(expected);
    if (raw === 'normal' || raw === 'other') return;
    set(db, 'sensitive.extras', ['sexy', 'somewhat', 'knife', 'fire', 'flag', 'crowd']);
    expect(isSensitive(db, photo)).toBe(true);
  });

  it('is one from the threshold on', () => {
    const { db, folderId } = createTestLibrary();
    const photo = photoSaid(db, folderId, 'a.jpg', [moderated('porn')], 79.99);
    expect(isSensitive(db, photo)).toBe(false);
    set(db, 'sensitive.threshold', 79);
    expect(isSensitive(db, photo)).toBe(true);
    set(db, 'sensitive.threshold', 80);
    expect(isSensitive(db, photo)).toBe(false);
  });

  it('is none because of what other sources call so', () => {
    const { db, folderId } = createTestLibrary();
    const words = [
      { service: 'tencent-classify', raw: 'guns', names: { en: 'guns' } },
      { service: 'huawei-tagging', raw: '血液/blood', names: { en: 'blood', zh: '血液' } },
    ];
    const photo = photoSaid(db, folderId, 'a.jpg', words, 99);
    personDoes(db, 'add', 'porn', [photo]);
    expect(isSensitive(db, photo)).toBe(false);
  });

  it('is none where the person rejected it, and only there', () => {
    const { db, folderId } = createTestLibrary();
    const photo = photoSaid(db, folderId, 'a.jpg', [moderated('porn')]);
    const other = photoSaid(db, folderId, 'b.jpg', [moderated('porn')]);
    personDoes(db, 'reject', say(db, moderated('porn')).tagId, [photo]);
    expect(sensitivePhotos(db, [photo, other])).toEqual(new Set([other]));
  });

  it('stays one after an edit until the service looked again', () => {
    const { db, folderId } = createTestLibrary();
    const before = photoSaid(db, folderId, 'a.jpg', [moderated('porn')]);
    const after = photoSaid(db, folderId, 'b.jpg', []);
    run(
      db,
      `UPDATE photo SET picture_id = (SELECT picture_id FROM photo WHERE id = ?),
              earlier_picture_id = picture_id WHERE id = ?`,
      after,
      before,
    );
    expect(isSensitive(db, before)).toBe(true);
    run(
      db,
      `INSERT INTO picture_tag (picture_id, label_id, confidence)
         SELECT picture_id, ?, 99 FROM photo WHERE id = ?`,
      say(db, moderated('normal')).id,
      before,
    );
    expect(isSensitive(db, before)).toBe(false);
  });

  it('is told only of the photos asked for, and of none before a service was used', () => {
    const { db, folderId } = createTestLibrary();
    const plain = photoSaid(db, folderId, 'a.jpg', []);
    expect(sensitivePhotos(db, [plain])).toEqual(new Set());
    const photo = photoSaid(db, folderId, 'b.jpg', [moderated('blood')]);
    expect(sensitivePhotos(db, [plain])).toEqual(new Set());
    expect(sensitivePhotos(db, [plain, photo])).toEqual(new Set([photo]));
  });
});
