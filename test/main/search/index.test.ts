import { describe, expect, it } from 'vitest';
import { run } from '../../../main/library/database.ts';
import { ASPECT_UNIT, UNDATED } from '../../../shared/resultCodec.ts';
import { found, ids, indexOf } from './asking.ts';
import { DAY_MS, Fixture, NOW } from './fixture.ts';

describe('the lens', () => {
  it('is replaced by a bound, and limits what an exclusion excludes', async () => {
    const fixture = new Fixture();
    const dog = fixture.tag('dog', '狗');
    const [sure, unsure, none] = [fixture.photo(), fixture.photo(), fixture.photo()];
    fixture.tagPhoto(sure, dog, 'on-device', 80.5);
    fixture.tagPhoto(unsure, dog, 'on-device', 49.9);
    const index = await indexOf(fixture);
    expect(found(index, 'tag:dog')).toEqual([sure, unsure]);
    expect(found(index, 'tag:狗', 50)).toEqual([sure]);
    expect(found(index, 'tag:dog', 80)).toEqual([sure]);
    expect(found(index, 'tag:dog', 81)).toEqual([]);
    expect(found(index, 'tag:dog>10', 90)).toEqual([sure, unsure]);
    expect(found(index, 'tag:dog<50', 90)).toEqual([unsure]);
    expect(found(index, 'tag:dog>80', 90)).toEqual([sure]);
    expect(found(index, '-tag:dog', 50)).toEqual([unsure, none]);
    expect(found(index, 'tag:dog conf:<50', 90)).toEqual([unsure]);
    expect(found(index, 'dog', 50)).toEqual([sure]);
  });

  it('does not touch file names', async () => {
    const fixture = new Fixture();
    const named = fixture.photo({ name_text: 'Dog.jpg' });
    const index = await indexOf(fixture);
    expect(found(index, 'DOG', 100)).toEqual([named]);
  });
});

describe('source: and conf:', () => {
  it('are about the same entry as the tag beside them', async () => {
    const fixture = new Fixture();
    const [dog, cat] = [fixture.tag('dog'), fixture.tag('cat')];
    const [mine, both, other] = [fixture.photo(), fixture.photo(), fixture.photo()];
    fixture.tagPhoto(mine, dog, 'me');
    fixture.tagPhoto(both, dog, 'on-device', 70);
    fixture.tagPhoto(both, cat, 'me');
    fixture.tagPhoto(other, cat, 'on-device', 30);
    const index = await indexOf(fixture);
    expect(found(index, 'source:me')).toEqual([mine, both]);
    expect(found(index, '-source:me')).toEqual([other]);
    expect(found(index, 'tag:dog source:me')).toEqual([mine]);
    expect(found(index, 'dog source:me')).toEqual([mine]);
    expect(found(index, 'tag:dog -source:me')).toEqual([both]);
    expect(found(index, 'tag:cat conf:>60')).toEqual([both]);
    expect(found(index, 'conf:<50')).toEqual([other]);
    expect(found(index, 'tag:dog conf:60-80 source:on-device')).toEqual([both]);
    expect(found(index, '(tag:dog OR tag:cat) source:on-device conf:>50')).toEqual([both]);
    expect(found(index, 'tag:cat (source:me OR conf:<40)')).toEqual([both, other]);
    expect(found(index, '-tag:dog source:me')).toEqual([both]);
    expect(found(index, 'tag:dog (tag:cat source:me)')).toEqual([both]);
    expect(found(index, 'width:>0 source:me')).toEqual([]);
  });
});

describe('tag entries', () => {
  it('come from the photo, its picture and an earlier one, and never when rejected', async () => {
    const fixture = new Fixture();
    const [dog, cat] = [fixture.tag('dog'), fixture.tag('cat')];
    const [now, before] = [fixture.picture(), fixture.picture()];
    fixture.tagPicture(now, dog, 'huawei-tagging', 90);
    fixture.tagPicture(before, cat, 'huawei-tagging', 90);
    fixture.tagPicture(before, cat, 'tencent-tag', 60);
    const photo = fixture.photo({ picture_id: now, earlier_picture_id: before });
    const copy = fixture.photo({ picture_id: now });
    const rejected = fixture.photo({ picture_id: now });
    fixture.reject(rejected, dog);
    const index = await indexOf(fixture);
    expect(found(index, 'tag:dog')).toEqual([photo, copy]);
    // Huawei saw the new version; Tencent only the earlier one.
    expect(found(index, 'tag:cat')).toEqual([photo]);
    expect(found(index, 'tag:cat source:huawei-tagging')).toEqual([]);
    expect(found(index, 'is:untagged-by:huawei-tagging')).toEqual([rejected]);
    expect(found(index, 'is:duplicate')).toEqual([photo, copy, rejected]);
    expect(index.facets('', 0).tags.map((tag) => [tag.id, tag.count])).toEqual([
      [dog, 2],
      [cat, 1],
    ]);
  });

  it('count as untagged when only the device gave them', async () => {
    const fixture = new Fixture();
    const tag = fixture.tag('bright');
    const [device, file, none] = [fixture.photo(), fixture.photo(), fixture.photo()];
    fixture.tagPhoto(device, tag, 'on-device', 99);
    fixture.tagPhoto(file, tag, 'file', 100);
    const index = await indexOf(fixture);
    expect(found(index, 'is:untagged')).toEqual([device, none]);
  });

  it('of the moderation services are found, but told nowhere', async () => {
    const fixture = new Fixture();
    const porn = fixture.tag('porn', null, 'sensitivity');
    const normal = fixture.tag('normal', null, 'sensitivity');
    const [high, low] = [fixture.photo(), fixture.photo()];
    fixture.tagPhoto(high, porn, 'tencent-porn', 80);
    fixture.tagPhoto(low, porn, 'tencent-porn', 79.5);
    fixture.tagPhoto(low, normal, 'tencent-porn', 99);
    const index = await indexOf(fixture);
    expect(found(index, 'is:sensitive')).toEqual([high]);
    expect(found(index, 'tag:porn')).toEqual([high, low]);
    expect(index.facets('', 0).tags).toEqual([]);
    expect(index.suggest('porn', 'en', 10)).toEqual([]);
    expect(index.suggest('tag:p', 'en', 10)).toEqual([]);
  });

  it('with boxes are measured by the largest one', async () => {
    const fixture = new Fixture();
    const dog = fixture.tag('dog');
    const picture = fixture.picture();
    const boxes = [
      { x: 0, y: 0, width: 0.5, height: 0.6, confidence: 90 },
      { x: 0, y: 0, width: 0.1, height: 0.1, confidence: 90 },
    ];
    fixture.tagPicture(picture, dog, 'huawei-tagging', 60, boxes);
    const photo = fixture.photo({ picture_id: picture });
    const index = await indexOf(fixture);
    expect(found(index, 'box:dog>0.25')).toEqual([photo]);
    expect(found(index, 'box:dog>0.3')).toEqual([]);
    expect(found(index, 'box:dog>0.25', 61)).toEqual([]);
  });
});

describe('words and places', () => {
  it('are found in tags, aliases, files, folders, camera and lens, folded', async () => {
    const fixture = new Fixture();
    const bridge = fixture.tag('bridge', '桥');
    fixture.name(bridge, 'en', 'Überführung', 'animal', 1);
    const folder = fixture.folder('2019/Straßenfest');
    const tagged = fixture.photo();
    fixture.tagPhoto(tagged, bridge);
    const inFolder = fixture.photo({ folder_id: folder });
    const shot = fixture.photo({ camera_make: 'Canon', camera_model: 'EOS 5D', lens: 'EF 50mm' });
    const named = fixture.photo({ name_text: 'ＩＭＧ＿１.jpg' });
    const index = await indexOf(fixture);
    expect(found(index, '桥')).toEqual([tagged]);
    expect(found(index, 'uberfuhrung')).toEqual([tagged]);
    expect(found(index, 'STRASSENFEST')).toEqual([inFolder]);
    expect(found(index, '2019/strassen')).toEqual([inFolder]);
    expect(found(index, '"canon eos"')).toEqual([shot]);
    expect(found(index, '50mm')).toEqual([shot]);
    expect(found(index, 'img_1')).toEqual([named]);
    expect(found(index, 'photos')).toHaveLength(4);
    expect(found(index, 'folder:2019')).toEqual([inFolder]);
    expect(found(index, 'folder:/photos/2019/')).toEqual([inFolder]);
    expect(found(index, 'folder:photos')).toHaveLength(4);
    expect(found(index, 'folder:20')).toEqual([]);
    expect(found(index, 'tag:"OR"')).toEqual([]);
  });
});

describe('dates', () => {
  it('include their period at both ends; undated photos pass no bound', async () => {
    const fixture = new Fixture();
    const first = fixture.photo({ taken_at: '2019-08-01T00:00:00' });
    const last = fixture.photo({ taken_at: '2019-08-31T23:59:59' });
    const after = fixture.photo({ taken_at: '2019-09-01T00:00:00' });
    const undated = fixture.photo();
    const index = await indexOf(fixture);
    expect(found(index, 'to:2019-08')).toEqual([first, last]);
    expect(found(index, 'from:2019-08-31')).toEqual([last, after]);
    expect(found(index, 'date:2019-08')).toEqual([first, last]);
    expect(found(index, 'date:>2019-08')).toEqual([after]);
    expect(found(index, '-from:2019')).toEqual([undated]);
    expect(found(index, 'from:2020 to:2019')).toEqual([]);
    expect(found(index, 'hour:23-0')).toEqual([first, last, after]);
    expect(found(index, 'on:08-31')).toEqual([last]);
  });
});

describe('order', () => {
  it('is newest first, then by id, undated last either way', async () => {
    const fixture = new Fixture();
    const undated = fixture.photo();
    const old = fixture.photo({ taken_at: '1826-01-01T10:00:00' });
    const b = fixture.photo({ taken_at: '2020-01-01T10:00:00' });
    const c = fixture.photo({ taken_at: '2020-01-01T10:00:00' });
    const index = await indexOf(fixture);
    expect(ids(index, '')).toEqual([b, c, old, undated]);
    expect(ids(index, '', 0, 'taken', true)).toEqual([old, b, c, undated]);
    const { days, aspects } = index.result({
      query: '',
      threshold: 0,
      sort: 'taken',
      ascending: false,
    });
    expect([...days]).toEqual([18262, 18262, -52595, UNDATED]);
    expect([...aspects]).toEqual([0, 0, 0, 0]);
  });

  it('goes by name as people count, by time of adding, and by the first tag term', async () => {
    const fixture = new Fixture();
    const dog = fixture.tag('dog');
    const cat = fixture.tag('cat');
    const a = fixture.photo({ name_text: 'img10.jpg', added_at: 3, width: 200, height: 100 });
    const b = fixture.photo({ name_text: 'IMG2.jpg', added_at: 1 });
    const c = fixture.photo({
      name_text: 'img2.jpg',
      added_at: 2,
      taken_at: '2020-01-01T10:00:00',
    });
    for (const [photo, confidence] of [
      [a, 91.2],
      [b, 91.7],
      [c, 20],
    ] as const) {
      fixture.tagPhoto(photo, dog, 'on-device', confidence);
      fixture.tagPhoto(photo, cat, 'on-device', 100 - confidence);
    }
    const index = await indexOf(fixture);
    expect(ids(index, '', 0, 'name', true)).toEqual([c, b, a]);
    expect(ids(index, '', 0, 'name')).toEqual([a, c, b]);
    expect(ids(index, '', 0, 'added')).toEqual([a, c, b]);
    expect(ids(index, '', 0, 'added', true)).toEqual([b, c, a]);
    expect(ids(index, '-tag:bird tag:dog tag:cat', 0, 'confidence')).toEqual([b, a, c]);
    expect(ids(index, 'tag:cat tag:dog', 0, 'confidence')).toEqual([c, a, b]);
    expect(ids(index, 'tag:dog', 0, 'confidence', true)).toEqual([c, a, b]);
    expect(ids(index, 'img', 0, 'confidence')).toEqual([c, a, b]);
    const one = index.result({
      query: 'name:img10',
      threshold: 0,
      sort: 'taken',
      ascending: false,
    });
    expect([...one.aspects]).toEqual([2 * ASPECT_UNIT]);
  });
});

describe('views', () => {
  it('hide long missing photos and removed roots, and keep offline and paused ones', async () => {
    const fixture = new Fixture();
    const offline = fixture.root('/usb');
    const removed = fixture.root('/gone');
    run(fixture.db, "UPDATE root SET offline = 1 WHERE path_text = '/usb'");
    run(fixture.db, "UPDATE root SET removed = 1 WHERE path_text = '/gone'");
    run(fixture.db, "UPDATE root SET paused = 1 WHERE path_text = '/photos'");
    const here = fixture.photo({ favorite: 1, added_at: NOW - 29 * DAY_MS });
    const away = fixture.photo({ folder_id: offline, failure_code: 'damaged' });
    fixture.photo({ folder_id: removed, favorite: 1 });
    const lately = fixture.photo({ missing_since: NOW - 59 * DAY_MS, failure_code: 'damaged' });
    const long = fixture.photo({ missing_since: NOW - 61 * DAY_MS, failure_code: 'unsupported' });
    const unsupported = fixture.photo({ failure_code: 'unsupported' });
    const index = await indexOf(fixture);
    expect(found(index, '')).toEqual([here, away, lately, unsupported]);
    expect(found(index, 'is:missing')).toEqual([lately, long]);
    expect(found(index, 'is:offline')).toEqual([away]);
    expect(found(index, 'is:failed')).toEqual([away, lately]);
    expect(index.facets('tag:none', 50)).toMatchObject({
      total: 0,
      tags: [],
      // As the list of problems has it: without those that are away.
      counts: { all: 4, recent: 1, untagged: 4, favorites: 1, problems: 1, missing: 2 },
    });
    expect(found(index, 'added:<30d')).toEqual([here]);
  });
});

describe('near', () => {
  it('knows some distances', async () => {
    const fixture = new Fixture();
    const paris = fixture.photo({ latitude: 48.8566, longitude: 2.3522 });
    const fiji = fixture.photo({ latitude: -16, longitude: 179.9 });
    const pole = fixture.photo({ latitude: -90, longitude: 12 });
    fixture.photo();
    const index = await indexOf(fixture);
    expect(found(index, 'near:52.52,13.405,877km')).toEqual([]);
    expect(found(index, 'near:52.52,13.405,878km')).toEqual([paris]);
    // Over the date line, at the pole, and all the way round.
    expect(found(index, 'near:-16,-179.9,21km')).toEqual([]);
    expect(found(index, 'near:-16,-179.9,22km')).toEqual([fiji]);
    expect(found(index, 'near:-89.99,-100,2km')).toEqual([pole]);
    expect(found(index, 'near:48.8566,2.3522,0km')).toEqual([paris]);
    expect(found(index, 'near:0,0,20037km')).toEqual([paris, fiji, pole]);
    expect(found(index, 'near:0,0,99999km')).toEqual([paris, fiji, pole]);
  });
});
