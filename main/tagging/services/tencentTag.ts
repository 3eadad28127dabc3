/** Tencent image tags, version 1: Chinese words with whole confidences. */
import { z } from 'zod';
import { SERVICE_NAMES } from '../failure.ts';
import type { ServiceAdapter, ServiceTag } from '../types.ts';
import { originOf } from './address.ts';
import { clipConfidence, gatherTags, list, number, readEach, word } from './tags.ts';
import {
  checkTencent,
  createTencentService,
  TENCENT_MAX_BODY_BYTES,
  TENCENT_MIN_SIDE_PIXELS,
} from './tencentCall.ts';

const ID = 'tencent-tag';
const ORIGIN = 'https://service.image.myqcloud.com';
const PATH = '/v1/detection/imagetag_detect';
const LIMITS = {
  maxSidePixels: 4096,
  minSidePixels: TENCENT_MIN_SIDE_PIXELS,
  /** The document names none; its siblings' is kept. */
  maxBodyBytes: TENCENT_MAX_BODY_BYTES,
  formats: ['jpeg', 'png', 'bmp'],
} as const;

const answerSchema = z.object({ tags: list });
const tagSchema = z.object({ tag_name: word, tag_confidence: number });

function readTags(answer: unknown): readonly ServiceTag[] {
  const parsed = answerSchema.safeParse(answer);
  return gatherTags(
    readEach(parsed.data?.tags ?? [], tagSchema).map((tag) => ({
      raw: tag.tag_name,
      names: { zh: tag.tag_name },
      type: 'thing',
      confidence: clipConfidence(tag.tag_confidence),
      boxes: [],
    })),
  );
}

export const tencentTag: ServiceAdapter = {
  id: ID,
  account: 'tencent',
  names: SERVICE_NAMES[ID],
  kind: 'tags',
  limits: LIMITS,
  standing: 'older',
  closesOn: null,
  note: 'Chinese tags with whole confidences. An older service without a date of closing: test the connection first.',
  check: checkTencent,
  address: (account) => originOf(account['endpoint'], ORIGIN),
  create: ({ account, settings, world }) =>
    createTencentService({
      id: ID,
      usualOrigin: ORIGIN,
      path: PATH,
      idField: 'appid',
      transport: settings['tencent-tag.transport'],
      account,
      world,
      readTags,
    }),
};
