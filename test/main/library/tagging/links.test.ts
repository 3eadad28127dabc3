import { describe, expect, it } from 'vitest';
import { all, type WritableDB } from '../../../../main/library/database.ts';
import { photosByIds } from '../../../../main/library/photos.ts';
import {
  dismissLink,
  linkSuggestions,
  linkTags,
  unlinkTags,
} from '../../../../main/library/tagging/links.ts';
import { currentTagId, ensureLabel, findTagByName } from '../../../../main/library/tags.ts';
import { undo } from '../../../../main/library/undo.ts';
import { TagrollError } from '../../../../shared/errors.ts';
import { changesOf, createTestLibrary, NOW } from '../../../helpers/library.ts';
import {
  enWord,
  pairOf,
  personDoes,
  photoSaid,
  say,
  tagsAsText,
  zhWord,
} from '../../../helpers/serviceTags.ts';

function link(db: WritableDB, zhTagId: number, enTagId: number) {
  return changesOf((changes) => linkTags(db, { zhTagId, enTagId, now: NOW }, changes));
}

function unlink(db: WritableDB, tagId: number) {
  return changesOf((changes) => unlinkTags(db, { tagId, now: NOW }, changes));
}

function dismiss(db: WritableDB, zhTagId: number, enTagId: number) {
  return changesOf((changes) => dismissLink(db, { zhTagId, enTagId, now: NOW }, changes));
}

function codeOf(act: () => unknown): string | null {
  try {
    act();
    return null;
  } catch (error) {
    return error instanceof TagrollError ? error.code : String(error);
  }
}

/** The entries of a photo as `name source`, rejected ones with a minus. */
function entries(db: WritableDB, photoId: number): string[] {
  return (photosByIds(db, [photoId])[0]?.tags ?? [])
    .map(({ names, source, rejected }) => `${rejected ? '-' : ''}${names.zh ?? names.en} ${source}`)
    .sort();
}

describe('linkTags', () => {
  it('makes one tag of two, whatever they are linked with, and tells the photos', () => {
    const { db, folderId } = createTestLibrary();
    const first = photoSaid(db, folderId, 'a.jpg', [pairOf('金橘', 'kumquat')]);
    const second = photoSaid(db, folderId, 'b.jpg', [pairOf('四季橘', 'kumquat')]);
    const [offered] = linkSuggestions(db, new Map());
    const { output, changes } = link(db, offered?.zh.tagId ?? 0, offered?.en.tagId ?? 0);
    expect(tagsAsText(db)).toEqual(['金橘 kumquat 四季橘']);
    expect(findTagByName(db, '四季橘', 'zh')).toBe(output.tagId);
    expect(changes).toMatchObject({ tags: true, photoIds: [first, second] });
    expect(linkSuggestions(db, new Map())).toEqual([]);
    expect(currentTagId(db, offered?.zh.tagId ?? 0)).toBe(output.tagId);
    // Again, with the id it had before.
    expect(link(db, offered?.zh.tagId ?? 0, output.tagId).output).toEqual(output);
  });

  it('holds against what services say later', () => {
    const { db } = createTestLibrary();
    const zh = say(db, zhWord('汪星人')).tagId;
    const en = say(db, enWord('Dog')).tagId;
    link(db, zh, en);
    say(db, pairOf('汪星人', 'dog'));
    say(db, zhWord('狗'));
    expect(tagsAsText(db)).toEqual(['汪星人 Dog 狗']);
  });

  it('refuses what cannot be one tag', () => {
    const { db } = createTestLibrary();
    const en = say(db, enWord('Kumquat')).tagId;
    const other = say(db, enWord('Calamondin')).tagId;
    const zh = say(db, zhWord('金橘')).tagId;
    const names = { en: 'square', zh: '方形' };
    const square = ensureLabel(
      db,
      { serviceId: 'on-device', raw: 'square', type: 'composition', names, apart: true },
      NOW,
    ).tagId;
    const porn = say(db, {
      service: 'tencent-porn',
      raw: 'porn',
      names: { en: 'porn', zh: '色情' },
      type: 'sensitivity',
    }).tagId;
    expect(codeOf(() => link(db, en, other))).toBe('tags_not_linkable');
    expect(codeOf(() => link(db, zh, square))).toBe('tags_not_linkable');
    expect(codeOf(() => link(db, porn, en))).toBe('tags_not_linkable');
    expect(codeOf(() => unlink(db, square))).toBe('tags_not_linkable');
    expect(codeOf(() => unlink(db, en))).toBe('tags_not_linkable');
    expect(codeOf(() => link(db, zh, 999))).toBe('not_found');
    expect(tagsAsText(db)).toHaveLength(5);
    expect(all(db, 'SELECT * FROM tag_link')).toEqual([]);
  });
});

describe('unlinkTags', () => {
  it('gives each name its words back, and keeps rejections on both', () => {
    const { db, folderId } = createTestLibrary();
    const words = [zhWord('狗'), enWord('Dog'), pairOf('狗', 'dog')];
    const photo = photoSaid(db, folderId, 'a.jpg', words);
    const mine = photoSaid(db, folderId, 'b.jpg', []);
    const wrong = photoSaid(db, folderId, 'c.jpg', [enWord('Dog'), zhWord('狗')]);
    personDoes(db, 'add', '狗', [mine]);
    personDoes(db, 'reject', 'dog', [wrong]);
    const tagId = findTagByName(db, 'dog', 'en') ?? 0;
    const { output, changes } = unlink(db, tagId);
    expect(tagsAsText(db)).toEqual(['dog', '狗']);
    expect(output).toEqual({ enTagId: tagId, zhTagId: findTagByName(db, '狗', 'zh') });
    expect(changes).toMatchObject({ tags: true, photoIds: [photo, mine, wrong] });
    expect(entries(db, photo)).toEqual([
      'dog tencent-classify',
      '狗 huawei-tagging',
      '狗 tencent-tag',
    ]);
    expect(entries(db, wrong)).toEqual(['-dog tencent-classify', '-狗 tencent-tag']);
    expect(entries(db, mine)).toEqual(['狗 me']);
    expect(linkSuggestions(db, new Map())).toEqual([]);
  });

  it('wins for good over services and dictionary, in every form of the words', () => {
    const { db } = createTestLibrary();
    unlink(db, say(db, pairOf('狗', 'dog')).tagId);
    for (const said of [enWord('Dog'), zhWord('狗'), enWord('Dogs'), zhWord('犬')]) say(db, said);
    say(db, pairOf('犬', 'dogs'));
    say(db, { ...pairOf('狗', 'dog'), raw: '狗' });
    expect(tagsAsText(db)).toEqual(['dog Dogs', '狗 犬']);
    expect(linkSuggestions(db, new Map())).toEqual([]);
  });

  it('is taken back by linking, and the other way round', () => {
    const { db, folderId } = createTestLibrary();
    const photo = photoSaid(db, folderId, 'a.jpg', [zhWord('狗'), enWord('Dog')]);
    const apart = unlink(db, findTagByName(db, 'dog', 'en') ?? 0).output;
    const { tagId } = link(db, apart.zhTagId, apart.enTagId).output;
    expect(tagsAsText(db)).toEqual(['狗 dog']);
    expect(entries(db, photo)).toEqual(['狗 tencent-classify', '狗 tencent-tag']);
    unlink(db, tagId);
    expect(entries(db, photo)).toEqual(['dog tencent-classify', '狗 tencent-tag']);
  });
});

describe('dismissLink', () => {
  it('offers the pair no more, and never links it by itself', () => {
    const { db } = createTestLibrary();
    say(db, pairOf('小舟', 'boat'));
    say(db, zhWord('船'));
    const [offered] = linkSuggestions(db, new Map());
    const [zh, en] = [offered?.zh.tagId ?? 0, offered?.en.tagId ?? 0];
    expect(dismiss(db, zh, en).changes).toMatchObject({ tags: true, photoIds: [] });
    expect(linkSuggestions(db, new Map())).toEqual([]);
    say(db, pairOf('船', 'boats'));
    expect(tagsAsText(db)).toEqual(['小舟 boat', '船']);
  });

  it('refuses one tag, which is taken apart instead', () => {
    const { db } = createTestLibrary();
    const { tagId } = say(db, pairOf('狗', 'dog'));
    expect(codeOf(() => dismiss(db, tagId, tagId))).toBe('tags_not_linkable');
  });
});

describe('linkSuggestions', () => {
  it('are of the person’s own tags too, most photos first', () => {
    const { db, folderId } = createTestLibrary();
    const photo = photoSaid(db, folderId, 'a.jpg', []);
    const tag = (name: string) => personDoes(db, 'add', name, [photo]).tagId ?? 0;
    const [cat, zhCat, dog, zhDog] = ['cats', '猫', 'dog', '犬'].map(tag);
    const counts = new Map([
      [dog ?? 0, 5],
      [zhDog ?? 0, 2],
      [cat ?? 0, 1],
    ]);
    expect(linkSuggestions(db, counts)).toEqual([
      {
        zh: { tagId: zhDog, name: '犬', photos: 2 },
        en: { tagId: dog, name: 'dog', photos: 5 },
      },
    ]);
    expect(zhCat).toBeGreaterThan(0);
  });

  it('are found among many tags with names in both languages', () => {
    const { db } = createTestLibrary();
    // Each name with each other would be a hundred million pairs.
    for (let number = 0; number < 10_000; number += 1) {
      const names = { en: `word ${number}`, zh: `词${number}` };
      ensureLabel(db, { serviceId: 'me', raw: names.en, type: 'mine', names }, NOW);
    }
    ensureLabel(db, { serviceId: 'me', raw: '狗', type: 'mine', names: { zh: '狗' } }, NOW);
    ensureLabel(db, { serviceId: 'me', raw: 'dog', type: 'mine', names: { en: 'dog' } }, NOW);
    expect(linkSuggestions(db, new Map())).toMatchObject([
      { zh: { name: '狗' }, en: { name: 'dog' } },
    ]);
  });
});

describe('undo', () => {
  it('of a rejection finds the tag that the rejected one became part of', () => {
    const { db, folderId } = createTestLibrary();
    const photo = photoSaid(db, folderId, 'a.jpg', [enWord('Kumquat')]);
    say(db, zhWord('金橘'));
    say(db, enWord('Calamondin'));
    const rejected = personDoes(db, 'reject', 'Kumquat', [photo]);
    const zhTagId = findTagByName(db, '金橘', 'zh') ?? 0;
    const { tagId } = link(db, zhTagId, rejected.tagId ?? 0).output;
    expect(entries(db, photo)).toEqual(['-金橘 tencent-classify']);
    const back = changesOf((changes) =>
      undo(db, { undo: rejected.undo ?? 0, now: NOW }, changes),
    ).output;
    expect(entries(db, photo)).toEqual(['金橘 tencent-classify']);
    changesOf((changes) => undo(db, { undo: back.undo ?? 0, now: NOW }, changes));
    expect(entries(db, photo)).toEqual(['-金橘 tencent-classify']);
    expect(currentTagId(db, rejected.tagId ?? 0)).toBe(tagId);
  });
});
