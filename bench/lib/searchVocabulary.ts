/** Tags and folders of the library that searches are measured on. */
import type { Random } from '../../app/sample/random.ts';

export type BenchTag = { readonly en: string; readonly zh: string | null; readonly type: string };

const KNOWN: readonly (readonly [string, string, string])[] = [
  ['dog', '狗', 'animal'],
  ['beach', '海滩', 'place'],
  ['mountain', '山', 'place'],
  ['golden retriever', '金毛犬', 'animal'],
  ['bridge', '桥', 'building'],
  ['sunset', '日落', 'scene'],
  ['birthday', '生日', 'event'],
  ['food', '食物', 'thing'],
  ['car', '汽车', 'thing'],
  ['flower', '花', 'plant'],
];
const TYPES = ['animal', 'place', 'plant', 'food', 'building', 'event', 'thing', 'scene'] as const;
const SYLLABLES =
  'ba be bo da de do fa fe ga ka ke ko la le lo ma me mo na ne no pa pe ra re ro sa se so ta te to va wa za'.split(
    ' ',
  );
const SIGNS =
  '山水火木金土日月星云雨雪风花草树鸟鱼马牛羊狗猫人手足口目耳心车船桥路门窗房城海江河湖石田米茶酒果菜红黄蓝白黑大小高长新旧老少男女子天地春夏秋冬东西南北中国家学校';

/** `count` tags, the most usual first; each name is there once. */
export function makeTags(count: number, random: Random): BenchTag[] {
  const tags: BenchTag[] = KNOWN.slice(0, count).map(([en, zh, type]) => ({ en, zh, type }));
  const used = new Set(tags.flatMap((tag) => [tag.en, tag.zh ?? '']));
  const fresh = (make: () => string): string => {
    for (;;) {
      const name = make();
      if (used.has(name)) continue;
      used.add(name);
      return name;
    }
  };
  while (tags.length < count) {
    const en = fresh(() => {
      const word = pieces(random, SYLLABLES, 2 + random.whole(3));
      return random.next() < 0.25 ? `${word} ${pieces(random, SYLLABLES, 2)}` : word;
    });
    const zh =
      random.next() < 0.6 ? fresh(() => pieces(random, [...SIGNS], 2 + random.whole(3))) : null;
    tags.push({ en, zh, type: random.pick(TYPES) });
  }
  return tags;
}

function pieces(random: Random, from: readonly string[], count: number): string {
  return Array.from({ length: count }, () => from[random.whole(from.length)] ?? '').join('');
}

const PLACES = 'Berlin Paris Tokyo Shanghai Hangzhou Sydney Oslo Rio Rome Lisbon'.split(' ');

/** Folders by year, month and place, parents first; `''` is the root itself. */
export function makeFolders(years: readonly number[]): string[] {
  const folders = [''];
  for (const year of years) {
    folders.push(String(year));
    for (let month = 1; month <= 12; month += 1) {
      const name = `${year}/${year}-${String(month).padStart(2, '0')}`;
      folders.push(name);
      for (const place of PLACES) folders.push(`${name}/${place}`);
    }
  }
  return folders;
}
