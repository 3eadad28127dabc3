/** Bodies of the four Tencent services for a picture of a certain look. */
import type { Behaviour } from './behaviour.ts';
import type { Look } from './look.ts';
import type { TencentService } from './types.ts';
import { joinedLabel, randomFrom, seeSubjects } from './vocabulary.ts';

/** The answer about one picture, or, of `tencent-porn`, about several. */
export function tencentAnswer(
  service: TencentService,
  looks: readonly Look[],
  behaviour: Behaviour,
): unknown {
  const [look] = looks;
  if (!look) throw new Error('no picture to answer for');
  switch (service) {
    case 'tencent-tag':
      return { code: 0, message: 'success', tags: chineseTags(look) };
    case 'tencent-classify':
      return { code: 0, message: 'ok', data: shaped([labels(look, behaviour)], behaviour) };
    case 'tencent-terrorism':
      return { tags: terrorTags(look), errorcode: 0, errormsg: 'ok' };
    case 'tencent-porn':
      return { code: 0, message: 'ok', data: shaped(looks.map(levels), behaviour) };
  }
}

/** The body of a refusal: the terrorism service has names of its own. */
export function tencentRefusal(
  service: TencentService | 'unknown',
  code: number,
  message: string,
): unknown {
  if (service === 'tencent-terrorism') return { errorcode: code, errormsg: message, tags: [] };
  return { code, message };
}

/** `data` as both documents' examples have it, or as both their tables do. */
function shaped(entries: readonly (readonly unknown[])[], { dataShape }: Behaviour): unknown {
  if (dataShape === 'object' && entries.length === 1) return { items: entries[0] };
  return entries.map((items) => ({ items }));
}

function chineseTags({ key }: Look): readonly unknown[] {
  return seeSubjects(key).map(({ subject, certainty }) => ({
    tag_name: subject.zh,
    tag_confidence: Math.round(100 * certainty),
  }));
}

function labels({ key }: Look, { classifyField }: Behaviour): readonly unknown[] {
  return seeSubjects(key).map(({ subject, certainty }) => ({
    [classifyField]: joinedLabel(subject),
    // A little below the others, as a second opinion is.
    probability: certainty * 0.97,
  }));
}

const TERRORS = ['terrorists', 'knife', 'guns', 'blood', 'fire', 'flag', 'crowd', 'other'] as const;

/** Deep red pictures show blood, orange ones fire; in all others there is nothing. */
function terrorTags({ key, red, green, blue }: Look): readonly unknown[] {
  const random = randomFrom(key ^ 0x7e44);
  const isRed = red > 130 && green < 70 && blue < 90;
  const isOrange = red > 180 && green >= 90 && green < 160 && blue < 60;
  return TERRORS.map((name) => {
    const isSeen = (name === 'blood' && isRed) || (name === 'fire' && isOrange);
    const certainty = isSeen ? 0.9 + random() * 0.0999 : random() ** 6 * 0.05;
    return {
      tag_name: name,
      // Rounded down, as in the document's example: 0.9999994 is 99.
      tag_confidence: Math.floor(100 * certainty),
      tag_confidence_f: certainty,
    };
  });
}

const LEVELS = ['porn', 'vulgar', 'somewhat', 'sexy', 'normal'] as const;

/** Magenta pictures are porn, pink ones sexy; all others normal. The five add up to 1. */
function levels({ key, red, green, blue }: Look): readonly unknown[] {
  const random = randomFrom(key ^ 0x9041);
  const isMagenta = red > 150 && blue > 150 && green < 90;
  const isPink = red > 200 && green > 100 && green < 200 && blue > 140 && blue <= 220;
  const highest = isMagenta ? 'porn' : isPink ? 'sexy' : 'normal';
  const weights = LEVELS.map((level) => (level === highest ? 20 : random() ** 3));
  const sum = weights.reduce((total, weight) => total + weight, 0);
  return LEVELS.map((level, index) => ({
    level_name: level,
    probability: (weights[index] ?? 0) / sum,
  }));
}
