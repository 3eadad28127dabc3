/** The answer that picture_classify and picture_detect share: labels with probabilities. */
import { z } from 'zod';
import { list, number, readEach, word } from './tags.ts';

/** The tables describe one object, the examples a list of them. */
const answerSchema = z.object({
  data: z.union([z.array(z.unknown()), z.unknown().transform((one) => [one])]),
});
const entrySchema = z.object({ items: list });
/** `label_name` in the example of one page, `level_name` in its table. */
const itemSchema = z
  .object({
    label_name: word.optional().catch(undefined),
    level_name: word.optional().catch(undefined),
    probability: number,
  })
  .transform(({ label_name, level_name, probability }) => ({
    name: label_name ?? level_name ?? '',
    probability,
  }))
  .refine(({ name }) => name !== '');

/** The labels of an answer, of all its entries. */
export function readItems(
  answer: unknown,
): readonly { readonly name: string; readonly probability: number }[] {
  return readEntries(answer).flatMap((entry) => {
    const parsed = entrySchema.safeParse(entry);
    // An entry without items may be a label itself.
    const items = parsed.success && parsed.data.items.length > 0 ? parsed.data.items : [entry];
    return readEach(items, itemSchema);
  });
}

/** The entries of `data`, one a picture. */
export function readEntries(answer: unknown): readonly unknown[] {
  const parsed = answerSchema.safeParse(answer);
  return parsed.success ? parsed.data.data : [];
}
