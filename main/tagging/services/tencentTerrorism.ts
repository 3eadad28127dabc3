/** Tencent violence detection: eight labels, each with a probability. */
import { z } from 'zod';
import { SERVICE_NAMES } from '../failure.ts';
import type { ServiceAdapter, ServiceTag } from '../types.ts';
import { originOf } from './address.ts';
import { sensitivityNames } from './sensitivityNames.ts';
import { clipConfidence, confidenceOf, gatherTags, list, number, readEach, word } from './tags.ts';
import {
  checkTencent,
  createTencentService,
  TENCENT_MAX_BODY_BYTES,
  TENCENT_MIN_SIDE_PIXELS,
} from './tencentCall.ts';

const ID = 'tencent-terrorism';
const ORIGIN = 'https://recognition.image.myqcloud.com';
const PATH = '/image/terrorism';
const LIMITS = {
  maxSidePixels: 4096,
  minSidePixels: TENCENT_MIN_SIDE_PIXELS,
  maxBodyBytes: TENCENT_MAX_BODY_BYTES,
  /** The document only excludes GIF; this is what is sent. */
  formats: ['jpeg'],
} as const;

const answerSchema = z.object({ tags: list });
/** The whole confidence is the float cut off, not rounded: the float is preferred. */
const tagSchema = z
  .object({
    tag_name: word,
    tag_confidence: number.optional().catch(undefined),
    tag_confidence_f: number.pipe(z.number().min(0).max(1)).optional().catch(undefined),
  })
  .transform((tag) => ({
    name: tag.tag_name,
    confidence:
      tag.tag_confidence_f === undefined ? tag.tag_confidence : confidenceOf(tag.tag_confidence_f),
  }));

function readTags(answer: unknown): readonly ServiceTag[] {
  const parsed = answerSchema.safeParse(answer);
  return gatherTags(
    readEach(parsed.data?.tags ?? [], tagSchema).flatMap(({ name, confidence }) =>
      confidence === undefined
        ? []
        : [
            {
              raw: name,
              names: sensitivityNames(name),
              type: 'sensitivity',
              confidence: clipConfidence(confidence),
              boxes: [],
            },
          ],
    ),
  );
}

export const tencentTerrorism: ServiceAdapter = {
  id: ID,
  account: 'tencent',
  names: SERVICE_NAMES[ID],
  kind: 'sensitivity',
  limits: LIMITS,
  standing: 'older',
  closesOn: null,
  note: 'Says how likely weapons, blood and the like are; raises the sensitivity of photos. An older service: test the connection first.',
  check: checkTencent,
  address: (account) => originOf(account['endpoint'], ORIGIN),
  create: ({ account, world }) =>
    createTencentService({
      id: ID,
      usualOrigin: ORIGIN,
      path: PATH,
      idField: 'app_id',
      transport: 'json',
      account,
      world,
      readTags,
    }),
};
