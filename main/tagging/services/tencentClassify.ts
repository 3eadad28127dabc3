/** Tencent image tags, version 2: English labels with probabilities. */
import { SERVICE_NAMES } from '../failure.ts';
import type { ServiceAdapter, ServiceTag } from '../types.ts';
import { originOf } from './address.ts';
import { confidenceOf, gatherTags } from './tags.ts';
import {
  checkTencent,
  createTencentService,
  TENCENT_MAX_BODY_BYTES,
  TENCENT_MIN_SIDE_PIXELS,
} from './tencentCall.ts';
import { readItems } from './tencentItems.ts';

const ID = 'tencent-classify';
const ORIGIN = 'https://recognition.image.myqcloud.com';
const PATH = '/imagetag/picture_classify';
const LIMITS = {
  maxSidePixels: 4096,
  minSidePixels: TENCENT_MIN_SIDE_PIXELS,
  maxBodyBytes: TENCENT_MAX_BODY_BYTES,
  /** The document names none; this is what is sent. */
  formats: ['jpeg'],
} as const;

function readTags(answer: unknown): readonly ServiceTag[] {
  return gatherTags(
    readItems(answer).map(({ name, probability }) => ({
      raw: name,
      names: { en: name },
      type: 'thing',
      confidence: confidenceOf(probability),
      boxes: [],
    })),
  );
}

export const tencentClassify: ServiceAdapter = {
  id: ID,
  account: 'tencent',
  names: SERVICE_NAMES[ID],
  kind: 'tags',
  limits: LIMITS,
  standing: 'older',
  closesOn: null,
  note: 'English tags with probabilities. An older service without a date of closing: test the connection first.',
  check: checkTencent,
  address: (account) => originOf(account['endpoint'], ORIGIN),
  create: ({ account, settings, world }) =>
    createTencentService({
      id: ID,
      usualOrigin: ORIGIN,
      path: PATH,
      idField: 'app_id',
      transport: settings['tencent-classify.transport'],
      account,
      world,
      readTags,
    }),
};
