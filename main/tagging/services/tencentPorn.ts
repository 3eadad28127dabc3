/** Tencent porn detection: five labels whose probabilities add up to one. */
import { SERVICE_NAMES } from '../failure.ts';
import type { ServiceAdapter, ServiceTag } from '../types.ts';
import { originOf } from './address.ts';
import { sensitivityNames } from './sensitivityNames.ts';
import { confidenceOf, gatherTags } from './tags.ts';
import {
  checkTencent,
  createTencentService,
  TENCENT_MAX_BODY_BYTES,
  TENCENT_MIN_SIDE_PIXELS,
} from './tencentCall.ts';
import { readEntries, readItems } from './tencentItems.ts';

const ID = 'tencent-porn';
const ORIGIN = 'https://recognition.image.myqcloud.com';
const PATH = '/porn/picture_detect';
const MAX_BATCH_PICTURES = 20;
const LIMITS = {
  maxSidePixels: 4096,
  minSidePixels: TENCENT_MIN_SIDE_PIXELS,
  maxBodyBytes: TENCENT_MAX_BODY_BYTES,
  /** The document only excludes GIF; this is what is sent. */
  formats: ['jpeg'],
} as const;

function readTags(answer: unknown): readonly ServiceTag[] {
  return gatherTags(
    readItems(answer).map(({ name, probability }) => ({
      raw: name,
      names: sensitivityNames(name),
      type: 'sensitivity',
      confidence: confidenceOf(probability),
      boxes: [],
    })),
  );
}

/** One entry a picture, in their order; anything else could put a label on the wrong photo. */
function split(answer: unknown, pictures: number): readonly unknown[] | null {
  const entries = readEntries(answer);
  if (entries.length !== pictures) return null;
  return entries.map((entry) => ({ code: 0, message: 'ok', data: [entry] }));
}

export const tencentPorn: ServiceAdapter = {
  id: ID,
  account: 'tencent',
  names: SERVICE_NAMES[ID],
  kind: 'sensitivity',
  limits: LIMITS,
  standing: 'older',
  closesOn: null,
  note: 'Says how explicit a picture is; raises the sensitivity of photos. An older service: test the connection first.',
  check: checkTencent,
  address: (account) => originOf(account['endpoint'], ORIGIN),
  create: ({ account, settings, world }) => {
    const transport = settings['tencent-porn.transport'];
    // Only multipart has a documented place for several pictures.
    const isBatching = settings['tencent-porn.batch'] && transport === 'multipart';
    return createTencentService({
      id: ID,
      usualOrigin: ORIGIN,
      path: PATH,
      idField: 'app_id',
      transport,
      account,
      world,
      readTags,
      ...(isBatching ? { batch: { maxPictures: MAX_BATCH_PICTURES, split } } : {}),
    });
  },
};
