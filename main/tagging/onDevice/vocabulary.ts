import { MAKERS } from './makers.ts';

/**
 * Version of the rules as a whole. It changes whenever a rule, a threshold or a name changes, so that
 * tags made by older rules can be told from newer ones.
 */
export const RULES_VERSION = '1';

/** Groups of on-device tags. */
export type OnDeviceType = 'light' | 'colour' | 'composition' | 'capture';

/** A word of the on-device tagger with its names. */
export type VocabularyEntry = {
  readonly label: string;
  readonly type: OnDeviceType;
  readonly en: string;
  readonly zh: string;
  /** Means something else than the same word of a cloud service, and stays a tag of its own. */
  readonly apart: boolean;
};

const WORDS = {
  light: [
    ['dark', 'dark', '偏暗'],
    ['bright', 'bright', '明亮'],
    ['high-contrast', 'high contrast', '高对比度'],
    ['low-contrast', 'low contrast', '低对比度'],
    ['backlit', 'backlit', '逆光'],
    ['golden-hour', 'golden hour', '黄金时刻'],
    ['night', 'night', '夜间'],
  ],
  colour: [
    ['red', 'red', '红'],
    ['orange', 'orange', '橙'],
    ['yellow', 'yellow', '黄'],
    ['green', 'green', '绿'],
    ['cyan', 'cyan', '青'],
    ['blue', 'blue', '蓝'],
    ['purple', 'purple', '紫'],
    ['pink', 'pink', '粉'],
    ['brown', 'brown', '棕'],
    ['black', 'black', '黑'],
    ['white', 'white', '白'],
    ['grey', 'grey', '灰'],
    ['vivid', 'vivid', '鲜艳'],
    ['muted', 'muted', '淡雅'],
    ['black-and-white', 'black and white', '黑白'],
    ['sepia', 'sepia', '棕褐色调'],
  ],
  composition: [
    ['upright', 'upright', '竖幅'],
    ['wide', 'wide', '横幅'],
    ['square', 'square', '方形'],
    ['panorama', 'panorama', '全景'],
    ['close-up', 'close-up', '近摄'],
    ['blurry', 'blurry', '模糊'],
    ['screenshot', 'screenshot', '截图'],
    ['document', 'document', '文档'],
  ],
  capture: [
    ['flash', 'flash', '闪光灯'],
    ['long-exposure', 'long exposure', '长曝光'],
    ['selfie-camera', 'selfie camera', '前置摄像头'],
    ['drone', 'drone photo', '无人机拍摄'],
    ['scanner', 'scan', '扫描件'],
    ['spring', 'spring', '春'],
    ['summer', 'summer', '夏'],
    ['autumn', 'autumn', '秋'],
    ['winter', 'winter', '冬'],
    ['phone', 'phone photo', '手机拍摄'],
    ['camera', 'camera photo', '相机拍摄'],
  ],
} as const satisfies Record<OnDeviceType, readonly (readonly [string, string, string])[]>;

/**
 * Words for the frame, the light of the camera and the device, which name things where a service sees
 * them in a picture: orange the fruit, a town's square, 横幅 the banner. So do makers: a logo, a fruit.
 */
const APART: ReadonlySet<string> = new Set([
  'orange',
  'upright',
  'wide',
  'square',
  'flash',
  'selfie-camera',
  'drone',
  'scanner',
  'phone',
  'camera',
]);

/**
 * Every word the on-device tagger can say, in the order in which `tagPicture` says them.
 * No two entries share a name in either language. Means of capture are named as such ("drone photo",
 * not "drone"), because the plain word is a thing that a cloud service sees in a picture.
 */
export const VOCABULARY: readonly VocabularyEntry[] = [
  ...(Object.keys(WORDS) as OnDeviceType[]).flatMap((type) =>
    WORDS[type].map(([label, en, zh]) => ({ label, type, en, zh, apart: APART.has(label) })),
  ),
  ...MAKERS.map(({ label, en, zh }) => ({
    label,
    type: 'capture' as const,
    en,
    zh,
    apart: true,
  })),
];

const BY_LABEL = new Map(VOCABULARY.map((entry) => [entry.label, entry]));

/** The names and type of a label. Throws for a label that no rule can give: a fault of the program. */
export function vocabularyEntry(label: string): VocabularyEntry {
  const entry = BY_LABEL.get(label);
  if (!entry) throw new Error(`“${label}” is not a label of the on-device tagger.`);
  return entry;
}
