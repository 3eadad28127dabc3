import type { TagNames } from '../../../shared/model.ts';

/** What the documents say the labels of the two moderation services mean. */
const CHINESE: ReadonlyMap<string, string> = new Map([
  ['porn', '色情'],
  ['vulgar', '低俗'],
  ['somewhat', '擦边'],
  ['sexy', '性感'],
  ['normal', '正常'],
  ['terrorists', '恐怖分子'],
  ['knife', '刀'],
  ['guns', '枪支'],
  ['blood', '血液'],
  ['fire', '火'],
  ['flag', '旗帜'],
  ['crowd', '人群'],
  ['other', '其他'],
]);

/** All of them, in both languages. */
export const SENSITIVITY_WORDS: readonly string[] = [...CHINESE].flat();

/** Both names of a label; one that no document lists keeps its own. */
export function sensitivityNames(label: string): TagNames {
  const zh = CHINESE.get(label);
  return zh === undefined ? { en: label } : { en: label, zh };
}
