import { describe, expect, it } from 'vitest';
import type { Sensitivity } from '../../../main/library/sensitivity.ts';
import { createSearchIndex } from '../../../main/search/index.ts';
import { found, indexOf } from './asking.ts';
import { Fixture, NOW } from './fixture.ts';

/** A picture with a confidence for each label of the moderation services. */
function moderated(fixture: Fixture, service: string, labels: Record<string, number>): number {
  const picture = fixture.picture();
  for (const [name, confidence] of Object.entries(labels)) {
    fixture.tagPicture(picture, tagOf(fixture, name), service, confidence);
  }
  return fixture.photo({ picture_id: picture });
}

function tagOf(fixture: Fixture, name: string): number {
  const known = fixture.db
    .prepare(`SELECT tag_id AS id FROM tag_name WHERE space = 'sensitivity' AND name = ?`)
    .get(name) as { id: number } | undefined;
  return known?.id ?? fixture.tag(name, null, 'sensitivity');
}

describe('is:sensitive', () => {
  it('follows the threshold and the ticked labels, also within one question', async () => {
    const fixture = new Fixture();
    const porn = moderated(fixture, 'tencent-porn', { porn: 79.5, normal: 20 });
    const guns = moderated(fixture, 'tencent-terrorism', { guns: 80, other: 10 });
    const sexy = moderated(fixture, 'tencent-porn', { sexy: 95, normal: 99 });
    const knife = moderated(fixture, 'tencent-terrorism', { knife: 60 });
    let sensitivity: Sensitivity = { threshold: 80, extras: [] };
    const index = createSearchIndex({
      db: fixture.db,
      now: () => NOW,
      sensitivity: () => sensitivity,
    });
    await index.ready;
    expect(found(index, 'is:sensitive')).toEqual([guns]);
    sensitivity = { threshold: 79, extras: [] };
    expect(found(index, 'is:sensitive')).toEqual([porn, guns]);
    sensitivity = { threshold: 80, extras: ['sexy', 'knife'] };
    expect(found(index, 'is:sensitive')).toEqual([guns, sexy]);
    sensitivity = { threshold: 0, extras: ['knife'] };
    expect(found(index, 'is:sensitive')).toEqual([porn, guns, knife]);
    expect(found(index, '-is:sensitive')).toEqual([sexy]);
    expect(await index.verify()).toEqual([]);
  });

  it('forgets what the person rejected, and finds nothing before a service was used', async () => {
    const fixture = new Fixture();
    const plain = fixture.photo();
    const empty = await indexOf(fixture);
    expect(found(empty, 'is:sensitive')).toEqual([]);
    const photo = moderated(fixture, 'tencent-porn', { porn: 99 });
    fixture.reject(photo, tagOf(fixture, 'porn'));
    const index = await indexOf(fixture);
    expect(found(index, 'is:sensitive')).toEqual([]);
    expect(found(index, '-is:sensitive')).toEqual([plain, photo]);
  });

  it('looks at the services’ own words, not at what a person calls so', async () => {
    const fixture = new Fixture();
    const [mine, theirs] = [fixture.photo(), fixture.photo()];
    fixture.tagPhoto(mine, fixture.tag('porn'));
    fixture.tagPhoto(theirs, fixture.tag('guns'), 'huawei-tagging', 99);
    expect(found(await indexOf(fixture), 'is:sensitive')).toEqual([]);
  });
});

describe('sensitivity labels', () => {
  it('are in no facet, no suggestion, and found by no bare word or beginning', async () => {
    const fixture = new Fixture();
    const photo = moderated(fixture, 'tencent-porn', { porn: 99, normal: 98 });
    const index = await indexOf(fixture);
    expect(index.facets('', 0)).toMatchObject({ total: 1, tags: [] });
    expect(index.facets('is:sensitive', 0)).toMatchObject({ total: 1, tags: [] });
    for (const typed of ['p', 'porn', 'tag:p', 'tag:porn', 'box:p', 'n', '-porn', '(porn']) {
      const texts = index.suggest(typed, 'en', 50).map((one) => one.text);
      expect(texts.filter((text) => /porn|normal/u.test(text))).toEqual([]);
    }
    for (const query of ['porn', 'normal', 'tag:p*', 'tag:*', 'porn source:tencent-porn']) {
      expect(found(index, query), query).toEqual([]);
    }
    expect(found(index, '-porn')).toEqual([photo]);
    for (const query of ['tag:porn', 'tag:porn>90', 'source:tencent-porn', 'tag:normal']) {
      expect(found(index, query), query).toEqual([photo]);
    }
    expect(found(index, 'source:tencent-porn conf:>98')).toEqual([photo]);
  });

  it('do not meet a tag of the same name', async () => {
    const fixture = new Fixture();
    const burning = fixture.photo();
    const fire = fixture.tag('Fire', '火');
    fixture.tagPhoto(burning, fire, 'huawei-tagging', 90);
    moderated(fixture, 'tencent-terrorism', { fire: 95 });
    const index = await indexOf(fixture);
    expect(found(index, 'tag:fire')).toEqual([burning]);
    expect(found(index, 'fire')).toEqual([burning]);
    expect(index.facets('tag:fire', 0).total).toBe(index.facets('', 0).tags[0]?.count);
  });

  it('make no photo tagged, but tagged by their service', async () => {
    const fixture = new Fixture();
    const photo = moderated(fixture, 'tencent-porn', { normal: 99 });
    const tagged = fixture.photo({ picture_id: fixture.picture() });
    fixture.tagPhoto(tagged, fixture.tag('dog'));
    const index = await indexOf(fixture);
    expect(found(index, 'is:untagged')).toEqual([photo]);
    expect(index.facets('', 0).counts.untagged).toBe(1);
    expect(found(index, 'conf:>90')).toEqual([tagged]);
    expect(found(index, 'is:untagged-by:tencent-porn')).toEqual([tagged]);
    expect(found(index, 'is:untagged-by:tencent-terrorism')).toEqual([photo, tagged]);
  });
});

describe('a name of two tags', () => {
  it('finds the photos of both, and each is counted by itself', async () => {
    const fixture = new Fixture();
    const [colour, fruit] = [fixture.tag('orange', '橙', 'device'), fixture.tag('Orange', '橙子')];
    const [sunset, breakfast] = [fixture.photo(), fixture.photo()];
    fixture.tagPhoto(sunset, colour, 'on-device', 80);
    fixture.tagPhoto(breakfast, fruit, 'tencent-classify', 90);
    const index = await indexOf(fixture);
    expect(found(index, 'tag:orange')).toEqual([sunset, breakfast]);
    expect(found(index, 'tag:橙子')).toEqual([breakfast]);
    expect(index.facets('', 0).tags.map((tag) => [tag.id, tag.count])).toEqual([
      [colour, 1],
      [fruit, 1],
    ]);
  });
});
