/** Questions as people ask them, drawn at random but the same each time. */
import { createRandom, type Random } from '../../app/sample/random.ts';
import { quoteTerm } from '../../shared/queryText.ts';
import type { Question } from '../searchProcess.ts';
import { BAD_QUERIES } from './badQueries.ts';

export type KnownTag = { readonly id: number; readonly name: string; readonly count: number };

const SEED = 77;
const FIRST_YEAR = 2006;
const YEARS = 20;
const CAMERAS: readonly [string, ...string[]] = ['canon', 'iphone', 'sony', 'pixel', 'x-t4'];
const WORDS: readonly [string, ...string[]] = [
  ...['img', 'jpg', 'dsc', 'berlin', '2014-07', 'bo', '桥', '微信', '1234', 'food', 'mountain'],
  ...['canon', 'zzzq', 'dog', 'paris', '000', 'e', 'la', 'heic', '海'],
] as const;

/**
 * Draws questions of each kind. `tags`: the most usual first. `photos`: of the library; default: of its
 * most usual tag.
 */
export function createQuestions(tags: readonly KnownTag[], photos = tags[0]?.count ?? 0) {
  const random = createRandom(SEED);
  const tag = (): string => `tag:${quoteTerm(drawTag(tags, random).name)}`;
  const part = (): string => {
    const { name } = drawTag(tags, random);
    const start = random.whole(Math.max(1, name.length - 2));
    return name.slice(start, start + 2 + random.whole(3));
  };
  const threshold = (): number => random.whole(100);
  const year = (): number => FIRST_YEAR + random.whole(YEARS - 3);
  const threeTerms = (): string => {
    switch (random.whole(5)) {
      case 0:
        return `${tag()} ${tag()} -${tag()}`;
      case 1:
        return `(${tag()} OR ${tag()}) from:${year()}-03 to:${year() + 3}`;
      case 2:
        return `${tag()} camera:${random.pick(CAMERAS)} date:${year()}`;
      case 3:
        return `(${tag()} OR ${tag()} OR ${tag()}) -camera:${random.pick(CAMERAS)}`;
      default:
        return `${tag()} -${tag()} from:${year()}-06-15 camera:${random.pick(CAMERAS)}`;
    }
  };
  const rare = tags.filter((known) => known.count <= photos / 10);
  const times = <Value>(count: number, one: () => Value): Value[] =>
    Array.from({ length: count }, one);
  return {
    random,
    oneTag: (count: number): Question[] =>
      times(count, () => ({ kind: 'page', query: tag(), threshold: threshold() })),
    threeTerms: (count: number): Question[] =>
      times(count, () => ({ kind: 'page', query: threeTerms(), threshold: threshold() })),
    /** Half of them are asked again and again, as they are while the lens moves; the others once. */
    words: (count: number): Question[] =>
      times(count, () => {
        const fresh = random.next() < 0.5 ? String(random.whole(100_000)) : part();
        const query = random.next() < 0.5 ? random.pick(WORDS) : fresh;
        return { kind: 'page', query: quoteTerm(query), threshold: threshold() };
      }),
    /** Results of at most a tenth of the library, of one year or two and of all of them. */
    someFacets: (count: number): Question[] =>
      times(count, () => {
        const first = year();
        const query =
          random.next() < 0.5
            ? random.pick([`date:${first}`, `${tag()} date:${first}-${first + 1}`])
            : `tag:${quoteTerm(drawTag(rare, random).name)}`;
        return { kind: 'facets', query, threshold: threshold() };
      }),
    anyFacets: (count: number): Question[] =>
      times(count, () => {
        const query = random.pick(['', `-${tag()}`, `from:${year()}`, `(${tag()} OR ${tag()})`]);
        return { kind: 'facets', query, threshold: threshold() };
      }),
    keystrokes: (count: number): Question[] =>
      times(count, () => {
        const { name } = drawTag(tags, random);
        const text = name.slice(0, 1 + random.whole(Math.min(5, name.length)));
        return { kind: 'suggest', text, language: random.next() < 0.5 ? 'en' : 'zh' };
      }),
    bad: (): Question[] => BAD_QUERIES.map((query) => ({ kind: 'bad', query, threshold: 50 })),
    whole: (count: number): Question[] =>
      times(count, () => ({ kind: 'whole', query: '', threshold: threshold() })),
    drawTag: (): KnownTag => drawTag(tags, random),
    threshold,
  };
}

/** Usual ones more often, as people look for what they have. */
function drawTag(tags: readonly KnownTag[], random: Random): KnownTag {
  const place = Math.floor(Math.exp(random.next() * Math.log(tags.length)));
  const drawn = tags[Math.min(place, tags.length) - 1] ?? tags[0];
  if (!drawn) throw new Error('The library has no tags.');
  return drawn;
}
