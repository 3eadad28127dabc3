/** Bodies of Huawei's image tagging. */
import type { Area } from './look.ts';
import type { SeenPicture } from './sentPictures.ts';
import { CATEGORIES, randomFrom, seeSubjects } from './vocabulary.ts';

export type TaggingParameters = {
  readonly language: 'zh' | 'en';
  readonly threshold: number;
  readonly limit: number;
};

/** The answer about one picture: both names of every tag, and a box where its main subject is. */
export function taggingAnswer(
  { look, sides }: SeenPicture,
  { language, threshold, limit }: TaggingParameters,
): unknown {
  const random = randomFrom(look.key ^ 0x40a3);
  const tags = seeSubjects(look.key).map(({ subject, certainty }, index) => {
    const category = CATEGORIES[subject.category];
    const box = index === 0 && look.area && sides ? boxOf(look.area, sides) : null;
    return {
      confidence: (100 * certainty).toFixed(2),
      type: category[language],
      tag: subject[language],
      i18n_tag: { zh: subject.zh, en: subject.en },
      i18n_type: { zh: category.zh, en: category.en },
      instances: box ? [{ bounding_box: box, confidence: (70 + 29 * random()).toFixed(2) }] : [],
    };
  });
  const kept = tags.filter(({ confidence }) => Number(confidence) >= threshold).slice(0, limit);
  return { result: { tags: kept } };
}

/** In pixels of the picture that was sent. */
function boxOf(area: Area, { width, height }: { width: number; height: number }): unknown {
  return {
    width: area.width * width,
    height: area.height * height,
    top_left_x: area.x * width,
    top_left_y: area.y * height,
  };
}

/** `{ error_msg, error_code }`; one refusal of the document has no code. */
export function huaweiRefusal(code: string | null, message: string): unknown {
  return { error_msg: message, ...(code === null ? {} : { error_code: code }) };
}
