/** What the services' mappings share: numbers and words as they come, duplicates, boxes. */
import { z } from 'zod';
import type { Box } from '../../../shared/model.ts';
import type { PixelRectangle, ServiceTag } from '../types.ts';

/** Longer ones are no words. */
const MAX_WORD_CHARACTERS = 200;

/** A finite number, also where it was written as text. */
export const number = z
  .union([z.number(), z.string().trim().min(1).transform(Number)])
  .pipe(z.number());

/** A word that can be a tag. */
export const word = z
  .string()
  .transform((text) => text.toWellFormed().trim())
  .pipe(z.string().min(1).max(MAX_WORD_CHARACTERS));

/** A list, empty where there is none: an answer without one is an answer without tags. */
export const list = z.array(z.unknown()).catch([]);

/** The entries that are what they should be; the others are passed over. */
export function readEach<Entry>(entries: readonly unknown[], schema: z.ZodType<Entry>): Entry[] {
  return entries.flatMap((entry) => {
    const result = schema.safeParse(entry);
    return result.success ? [result.data] : [];
  });
}

/** A confidence of 0..100, decimals kept, values beyond cut off. */
export function clipConfidence(value: number): number {
  return Math.min(Math.max(value, 0), 100);
}

/**
 * A probability of 0..1 as a confidence, by moving its decimal point: multiplied, 0.29 would become
 * 28.999999999999996 and fall below a threshold of 29.
 */
export function confidenceOf(probability: number): number {
  const [digits, exponent = '0'] = String(probability).split('e');
  return clipConfidence(Number(`${digits}e${Number(exponent) + 2}`));
}

/** One entry a word, with its highest confidence and all its boxes; most confident first. */
export function gatherTags(found: Iterable<ServiceTag>): readonly ServiceTag[] {
  const byWord = new Map<string, ServiceTag>();
  for (const tag of found) {
    const known = byWord.get(tag.raw);
    byWord.set(tag.raw, known ? joined(known, tag) : tag);
  }
  return [...byWord.values()].sort((a, b) => b.confidence - a.confidence);
}

function joined(a: ServiceTag, b: ServiceTag): ServiceTag {
  const confidence = Math.max(a.confidence, b.confidence);
  return { ...a, names: { ...b.names, ...a.names }, confidence, boxes: [...a.boxes, ...b.boxes] };
}

/**
 * A rectangle in pixels of the picture that was sent, as 0..1 of the displayed one, which lies at `content`
 * in it. Null: nothing of it lies in the picture.
 */
export function boxOf(
  rectangle: PixelRectangle,
  content: PixelRectangle,
  confidence: number,
): Box | null {
  const left = clip((rectangle.left - content.left) / content.width);
  const top = clip((rectangle.top - content.top) / content.height);
  const right = clip((rectangle.left + rectangle.width - content.left) / content.width);
  const bottom = clip((rectangle.top + rectangle.height - content.top) / content.height);
  // Written so that a NaN is refused as well.
  if (!(right > left && bottom > top)) return null;
  return { x: left, y: top, width: right - left, height: bottom - top, confidence };
}

function clip(value: number): number {
  return Math.min(Math.max(value, 0), 1);
}
