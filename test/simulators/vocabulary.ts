/** What the simulators can see in a picture, in the words of each service. */

export type Subject = {
  readonly zh: string;
  readonly en: string;
  readonly category: keyof typeof CATEGORIES;
};

/** Huawei's categories in the two languages of its answers. */
export const CATEGORIES = {
  human: { zh: '人类', en: 'Human' },
  animal: { zh: '动物', en: 'Animal' },
  plant: { zh: '植物', en: 'Plant' },
  food: { zh: '食物', en: 'Food' },
  nature: { zh: '自然风景', en: 'Natural scenery' },
  place: { zh: '场所', en: 'Place' },
  vehicle: { zh: '交通工具', en: 'Vehicle' },
  thing: { zh: '日用品', en: 'Daily necessities' },
  sport: { zh: '运动', en: 'Sport' },
} as const;

const WORDS: Readonly<Record<keyof typeof CATEGORIES, string>> = {
  human: '人 person, 女孩 girl, 男孩 boy, 婴儿 baby, 人群 crowd, 新娘 bride',
  animal: '狗 dog, 猫 cat, 鸟 bird, 马 horse, 牛 cow, 羊 sheep, 鱼 fish, 蝴蝶 butterfly, 鸭子 duck',
  plant: '花 flower, 树 tree, 草地 grassland, 叶子 leaf, 玫瑰 rose, 向日葵 sunflower, 森林 forest',
  food: '蛋糕 cake, 水果 fruit, 苹果 apple, 面包 bread, 咖啡 coffee, 面条 noodle, 蔬菜 vegetable',
  nature:
    '天空 sky, 云 cloud, 海 sea, 海滩 beach, 山 mountain, 雪 snow, 湖 lake, 河流 river, 日落 sunset, 瀑布 waterfall',
  place: '桥 bridge, 建筑 building, 街道 street, 房间 room, 寺庙 temple, 公园 park, 城堡 castle',
  vehicle: '汽车 car, 自行车 bicycle, 火车 train, 飞机 airplane, 船 boat, 公共汽车 bus',
  thing:
    '书 book, 杯子 cup, 椅子 chair, 桌子 table, 手机 phone, 服装 clothing, 鞋 footwear, 伞 umbrella',
  sport: '足球 football, 体育用品 sports equipment, 滑雪 skiing, 游泳 swimming',
};

/** Each name is there once in each language. */
export const SUBJECTS: readonly Subject[] = Object.entries(WORDS).flatMap(([category, words]) =>
  words.split(', ').map((pair) => {
    const space = pair.indexOf(' ');
    return {
      zh: pair.slice(0, space),
      en: pair.slice(space + 1),
      category: category as keyof typeof CATEGORIES,
    };
  }),
);

/** `sports equipment` as `picture_classify` writes it: Sportsequipment. */
export function joinedLabel(subject: Subject): string {
  const joined = subject.en.replaceAll(' ', '');
  return joined.charAt(0).toUpperCase() + joined.slice(1);
}

export type Sighting = {
  readonly subject: Subject;
  /** 0..1, most certain first. */
  readonly certainty: number;
};

/** What is seen in a picture of this look: three to nine subjects, the same for every service. */
export function seeSubjects(key: number): readonly Sighting[] {
  const random = randomFrom(key);
  const left = [...SUBJECTS];
  const count = 3 + Math.floor(random() * 7);
  let certainty = 0.8 + random() * 0.1999;
  return Array.from({ length: count }, () => {
    const [subject] = left.splice(Math.floor(random() * left.length), 1);
    if (!subject) throw new Error('fewer subjects than are asked for');
    const sighting = { subject, certainty };
    certainty *= 0.55 + random() * 0.4;
    return sighting;
  });
}

/** Evenly spread numbers, 0 ≤ value < 1, the same for the same key (mulberry32). */
export function randomFrom(key: number): () => number {
  let state = key >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}
