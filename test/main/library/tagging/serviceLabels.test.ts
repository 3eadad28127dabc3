import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { all, get, type WritableDB } from '../../../../main/library/database.ts';
import { photosByIds } from '../../../../main/library/photos.ts';
import { linkSuggestions } from '../../../../main/library/tagging/links.ts';
import { ensureLabel } from '../../../../main/library/tags.ts';
import { createTestLibrary, NOW } from '../../../helpers/library.ts';
import {
  enWord,
  pairOf,
  partition,
  personDoes,
  photoSaid,
  type Said,
  say,
  tagsAsText,
  zhWord,
} from '../../../helpers/serviceTags.ts';

function tellIn(order: readonly Said[]): WritableDB {
  const { db } = createTestLibrary();
  for (const said of order) say(db, said);
  return db;
}

function ordersOf<Value>(values: readonly Value[]): Value[][] {
  if (values.length < 2) return [[...values]];
  return values.flatMap((value, at) =>
    ordersOf(values.filter((_, other) => other !== at)).map((rest) => [value, ...rest]),
  );
}

function labelTags(db: WritableDB): Map<string, number> {
  type Row = { raw: string; tagId: number };
  return new Map(
    all<Row>(db, 'SELECT raw, tag_id AS tagId FROM label').map((row) => [row.raw, row.tagId]),
  );
}

describe('two names become one tag', () => {
  it.each(ordersOf([zhWord('狗'), enWord('Dog'), pairOf('狗', 'dog')]).map((order) => [order]))(
    'from three services in the order %j',
    (order) => {
      const db = tellIn(order);
      const english = order.find((said) => said.names.en !== undefined)?.names.en;
      // The dictionary's name is there before a service gives it.
      const shown = order[0]?.names.en === undefined ? 'dog' : english;
      expect(tagsAsText(db)).toEqual([`狗 ${shown}`]);
      expect(new Set(labelTags(db).values()).size).toBe(1);
    },
  );

  it.each(ordersOf([zhWord('金橘'), enWord('Kumquat'), pairOf('金橘', 'kumquat')]).map((o) => [o]))(
    'also where only a service knows the pair: %j',
    (order) => {
      const db = tellIn(order);
      expect(partition(db)).toEqual(['en:kumquat zh:金橘']);
      expect(new Set(labelTags(db).values()).size).toBe(1);
      expect(get(db, 'SELECT type FROM tag')).toEqual({ type: 'animal' });
    },
  );

  it('has the other language from the dictionary, before a service speaks it', () => {
    expect(tagsAsText(tellIn([enWord('Footwear')]))).toEqual(['鞋类 Footwear']);
    expect(tagsAsText(tellIn([zhWord('天空')]))).toEqual(['天空 sky']);
  });

  it('takes other forms of a word for the same one, found by each', () => {
    const db = tellIn([enWord('Dogs'), zhWord('犬'), pairOf('狗', 'dog'), zhWord('狗狗')]);
    expect(partition(db)).toEqual(['en:dog en:dogs zh:犬 zh:狗 zh:狗狗']);
  });

  it('splits joined labels', () => {
    expect(tagsAsText(tellIn([enWord('Sportsequipment')]))).toEqual(['体育器材 Sports equipment']);
    expect(tagsAsText(tellIn([enWord('Streetmusician')]))).toEqual(['Streetmusician']);
  });

  it('joins the on-device word, which is one tag from two sources', () => {
    const night: Said = {
      service: 'on-device',
      raw: 'night',
      names: { en: 'night', zh: '夜间' },
      type: 'light',
    };
    for (const order of ordersOf([night, enWord('Night'), zhWord('夜晚')])) {
      const db = tellIn(order);
      expect(partition(db)).toEqual(['en:night zh:夜晚 zh:夜间']);
      expect(get(db, 'SELECT type FROM tag')).toEqual({ type: 'light' });
    }
  });

  it('leaves on-device words alone that mean something else', () => {
    const { db } = createTestLibrary();
    const names = { en: 'orange', zh: '橙' };
    ensureLabel(
      db,
      { serviceId: 'on-device', raw: 'orange', type: 'colour', names, apart: true },
      NOW,
    );
    say(db, enWord('Orange'));
    say(db, pairOf('橙', 'orange colour'));
    expect(tagsAsText(db)).toEqual(['橙 orange', '橙 orange colour', '橙子 Orange']);
  });
});

describe('a new word', () => {
  it('is told as a change once, and is the same label from then on', () => {
    const { db } = createTestLibrary();
    const first = say(db, zhWord('狗'));
    expect(first).toMatchObject({ created: true, changed: true, photoIds: [] });
    expect(say(db, zhWord('狗'))).toEqual({
      id: first.id,
      tagId: first.tagId,
      created: false,
      changed: false,
      photoIds: [],
    });
  });

  it('has its raw word for a name where the service gave none', () => {
    const db = tellIn([
      { service: 'huawei-tagging', raw: '金橘', names: {} },
      { service: 'huawei-tagging', raw: 'kumquats', names: { en: ' ', zh: '' } },
    ]);
    expect(tagsAsText(db)).toEqual(['kumquats', '金橘']);
  });

  it('joins what the person calls so, which keeps its type and gets the other name', () => {
    const { db, folderId } = createTestLibrary();
    const photo = photoSaid(db, folderId, 'a.jpg', []);
    personDoes(db, 'add', 'dog', [photo]);
    say(db, zhWord('狗'));
    expect(tagsAsText(db)).toEqual(['狗 dog']);
    expect(get(db, 'SELECT type FROM tag')).toEqual({ type: 'mine' });
  });

  it('about sensitive content is never linked with anything', () => {
    const { db } = createTestLibrary();
    say(db, enWord('Fire'));
    const names = { en: 'fire', zh: '火' };
    const sensitive: Said = {
      service: 'tencent-terrorism',
      raw: 'fire',
      names,
      type: 'sensitivity',
    };
    const made = say(db, sensitive);
    expect(made.changed).toBe(true);
    say(db, zhWord('火'));
    expect(tagsAsText(db)).toEqual(['火 Fire', '火 fire']);
    expect(linkSuggestions(db, new Map())).toEqual([]);
    expect(get(db, 'SELECT COUNT(*) AS links FROM tag_link')).toEqual({ links: 0 });
  });
});

describe('a pair whose names are linked elsewhere', () => {
  it('joins by the word itself and is offered', () => {
    const db = tellIn([pairOf('金橘', 'kumquat'), pairOf('四季橘', 'kumquat')]);
    expect(tagsAsText(db)).toEqual(['四季橘', '金橘 kumquat']);
    const tags = labelTags(db);
    const counts = new Map([[tags.get('四季橘/kumquat') ?? 0, 7]]);
    expect(linkSuggestions(db, counts)).toEqual([
      {
        zh: { tagId: tags.get('四季橘/kumquat'), name: '四季橘', photos: 7 },
        en: { tagId: tags.get('金橘/kumquat'), name: 'kumquat', photos: 0 },
      },
    ]);
  });

  it('of the dictionary is offered as soon as both tags are there', () => {
    const db = tellIn([pairOf('小舟', 'boat'), enWord('Boat')]);
    expect(linkSuggestions(db, new Map())).toEqual([]);
    say(db, zhWord('船'));
    expect(tagsAsText(db)).toEqual(['小舟 boat', '船']);
    expect(linkSuggestions(db, new Map())).toMatchObject([
      { zh: { name: '船' }, en: { name: 'boat' } },
    ]);
  });

  it('joins by the English word where that is the service’s own', () => {
    const english: Said = {
      service: 'huawei-tagging',
      raw: 'calamondin',
      names: { zh: '金橘', en: 'calamondin' },
    };
    const db = tellIn([pairOf('金橘', 'kumquat'), english]);
    expect(tagsAsText(db)).toEqual(['calamondin', '金橘 kumquat']);
  });
});

describe('two tags that turn out to be a pair', () => {
  it('are merged with what sources and the person said of either', () => {
    const { db, folderId } = createTestLibrary();
    const zhSaid = photoSaid(db, folderId, 'zh.jpg', [zhWord('金橘')]);
    const enSaid = photoSaid(db, folderId, 'en.jpg', [enWord('Kumquat')]);
    const mine = photoSaid(db, folderId, 'mine.jpg', []);
    const both = photoSaid(db, folderId, 'both.jpg', [zhWord('金橘'), enWord('Kumquat')]);
    personDoes(db, 'add', '金橘', [mine]);
    personDoes(db, 'reject', 'Kumquat', [zhSaid, mine]);
    personDoes(db, 'reject', '金橘', [enSaid]);
    const gone = labelTags(db).get('Kumquat') ?? 0;
    const made = say(db, pairOf('金橘', 'kumquat'));
    expect(tagsAsText(db)).toEqual(['金橘 Kumquat']);
    expect(made.changed).toBe(true);
    expect([...made.photoIds].sort((a, b) => a - b)).toEqual([zhSaid, enSaid, mine, both]);
    const told = photosByIds(db, [zhSaid, enSaid, mine, both]).map((photo) =>
      photo.tags.map((tag) => [tag.source, tag.rejected ?? false]),
    );
    // What the person gave is not taken away by what they said of the other name.
    expect(told).toEqual([
      [['tencent-tag', true]],
      [['tencent-classify', true]],
      [['me', false]],
      [
        ['tencent-classify', false],
        ['tencent-tag', false],
      ],
    ]);
    expect(all(db, 'SELECT old_id AS old, tag_id AS tagId FROM tag_moved')).toEqual([
      { old: gone, tagId: made.tagId },
    ]);
    expect(db.pragma('foreign_key_check')).toEqual([]);
  });

  it('are found by every id they ever had', () => {
    const { db } = createTestLibrary();
    const [first, second, third] = [
      say(db, enWord('Kumquats')).tagId,
      say(db, zhWord('金橘')).tagId,
      say(db, enWord('Calamondin')).tagId,
    ];
    say(db, pairOf('金橘', 'calamondin'));
    expect(all(db, 'SELECT old_id AS old, tag_id AS tagId FROM tag_moved')).toEqual([
      { old: third, tagId: second },
    ]);
    expect(first).toBeLessThan(second);
  });
});

describe('the order in which services speak', () => {
  /** Words that the dictionary does not know, and some that it knows. */
  const pairs = [
    ['甲子', 'alpha'],
    ['乙丑', 'beta word'],
    ['丙寅', 'gamma'],
    ['狗', 'dog'],
    ['桥', 'bridge'],
  ] as const;
  const everything: Said[] = pairs.flatMap(([zh, en]) => [zhWord(zh), enWord(en), pairOf(zh, en)]);

  it('does not change which names are one thing', () => {
    const expected = partition(tellIn(everything));
    expect(expected).toHaveLength(pairs.length);
    fc.assert(
      fc.property(
        fc.shuffledSubarray(everything, { minLength: everything.length }),
        fc.array(fc.nat(everything.length - 1), { maxLength: 5 }),
        (order, repeated) => {
          const again = repeated.flatMap((at) => everything[at] ?? []);
          expect(partition(tellIn([...order, ...again]))).toEqual(expected);
        },
      ),
      { numRuns: 150 },
    );
  });

  it('never gives a name to two tags or a word to none, also where pairs contradict each other', () => {
    const zh = fc.constantFrom('甲子', '乙丑', '狗', '犬', '桥', '船');
    const en = fc.constantFrom('alpha', 'beta', 'dog', 'Dogs', 'bridge', 'boat');
    const said = fc.oneof(
      zh.map(zhWord),
      en.map(enWord),
      fc.tuple(zh, en).map(([chinese, english]) => pairOf(chinese, english)),
    );
    fc.assert(
      fc.property(fc.array(said, { maxLength: 20 }), (order) => {
        const db = tellIn(order);
        for (const { service, raw, names } of order) {
          type Row = { keys: string };
          const row = get<Row>(
            db,
            `SELECT group_concat(tag_name.name_key, '|') AS keys FROM label
               JOIN tag_name ON tag_name.tag_id = label.tag_id
              WHERE service_id = ? AND raw = ?`,
            service,
            raw,
          );
          const own = (names.zh ?? names.en ?? '').toLowerCase();
          expect(row?.keys.split('|')).toContain(own);
        }
        expect(
          all(
            db,
            'SELECT id FROM tag WHERE id NOT IN (SELECT tag_id FROM tag_name WHERE alias = 0)',
          ),
        ).toEqual([]);
        expect(db.pragma('foreign_key_check')).toEqual([]);
      }),
      { numRuns: 150 },
    );
  });
});
