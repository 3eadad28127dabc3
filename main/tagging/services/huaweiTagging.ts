/** Huawei image tagging, version 2: pairs of Chinese and English words, with boxes. */
import { z } from 'zod';
import type { TagNames } from '../../../shared/model.ts';
import { SERVICE_NAMES, serviceFailure } from '../failure.ts';
import { garbage, postBody } from '../http.ts';
import { parseJson } from '../json.ts';
import { redactor } from '../redact.ts';
import type {
  PixelRectangle,
  Service,
  ServiceAdapter,
  ServicePicture,
  ServiceTag,
  UploadPicture,
} from '../types.ts';
import { createHuaweiAccess } from './huaweiAccess.ts';
import { checkHuawei, huaweiAddress } from './huaweiAccount.ts';
import { huaweiRefusal, isHuaweiRefusal } from './huaweiRefusal.ts';
import { encodeSegment } from './huaweiSignature.ts';
import {
  base64Length,
  bytesOfBase64,
  jsonWithImage,
  jsonWithImageLength,
  jsonWithUrl,
} from './pictureBody.ts';
import { assertPictures } from './pictures.ts';
import { boxOf, clipConfidence, gatherTags, list, number, readEach, word } from './tags.ts';

const ID = 'huawei-tagging';
/** "10 M" of base64 text, the smaller of the two readings. */
const MAX_BASE64_CHARACTERS = 10_000_000;
const LIMITS = {
  maxSidePixels: 4096,
  minSidePixels: 15,
  maxBodyBytes: 12_000_000,
  formats: ['jpeg', 'png', 'bmp'],
} as const;

type Language = 'zh' | 'en';

const optionalWord = word.optional().catch(undefined);
const pair = z
  .object({ zh: optionalWord, en: optionalWord })
  .catch({ zh: undefined, en: undefined });
const answerSchema = z.object({ result: z.object({ tags: list }) });
const tagSchema = z
  .object({
    tag: optionalWord,
    i18n_tag: pair,
    type: optionalWord,
    i18n_type: pair,
    confidence: number,
    instances: list,
  })
  .transform(({ i18n_tag, i18n_type, ...tag }) => ({ ...tag, pair: i18n_tag, typePair: i18n_type }))
  .refine(({ tag, pair: { zh, en } }) => (tag ?? zh ?? en) !== undefined);
const instanceSchema = z.object({
  confidence: number.optional().catch(undefined),
  bounding_box: z.object({ top_left_x: number, top_left_y: number, width: number, height: number }),
});
type Tag = z.infer<typeof tagSchema>;

/** `content` is where the displayed picture lies in the one that was sent. */
function readTags(
  answer: unknown,
  content: PixelRectangle,
  language: Language,
): readonly ServiceTag[] {
  const parsed = answerSchema.safeParse(answer);
  return gatherTags(
    readEach(parsed.data?.result.tags ?? [], tagSchema).map((tag) => {
      const names = namesOf(tag, language);
      const confidence = clipConfidence(tag.confidence);
      return {
        raw: [names.zh, names.en].filter((name) => name !== undefined).join('/'),
        names,
        // The document promises three types; real ones are free categories in the asked language.
        type: (tag.typePair.en ?? tag.type ?? 'thing').toLowerCase(),
        typeNames: toNames(tag.typePair),
        confidence,
        boxes: readEach(tag.instances, instanceSchema).flatMap((instance) => {
          const { top_left_x: left, top_left_y: top, width, height } = instance.bounding_box;
          const certainty = clipConfidence(instance.confidence ?? confidence);
          return boxOf({ left, top, width, height }, content, certainty) ?? [];
        }),
      };
    }),
  );
}

/** The names that are there. */
function toNames({ zh, en }: Tag['typePair']): TagNames {
  return { ...(zh === undefined ? {} : { zh }), ...(en === undefined ? {} : { en }) };
}

/** The pair, else the one word under the language it is in. */
function namesOf({ tag, pair: { zh, en } }: Tag, language: Language): TagNames {
  if (zh !== undefined && en !== undefined) return { zh, en };
  if (zh !== undefined) return { zh };
  if (en !== undefined) return { en };
  const name = tag ?? '';
  return language === 'zh' || /\p{Script=Han}/u.test(name) ? { zh: name } : { en: name };
}

export const huaweiTagging: ServiceAdapter = {
  id: ID,
  account: 'huawei',
  names: SERVICE_NAMES[ID],
  kind: 'tags',
  limits: LIMITS,
  standing: 'closing',
  closesOn: '2026-12-30',
  note: 'Chinese and English tags with types and boxes. No longer sold; closing on 2026-12-30. Keys work everywhere; tokens are said not to work for image recognition in one Abu Dhabi region.',
  check: checkHuawei,
  address: huaweiAddress,
  create({ account, settings, world }) {
    const language = settings['huawei-tagging.language'];
    const parameters = {
      language,
      threshold: settings['huawei-tagging.threshold'],
      limit: settings['huawei-tagging.limit'],
    };
    const project = encodeSegment(account['projectId']?.trim() ?? '');
    const url = `${huaweiAddress(account)}/v2/${project}/image/tagging`;
    const access = createHuaweiAccess(account, world);

    const service: Service = {
      id: ID,
      picturesPerCall: 1,
      maxJpegBytes: bytesOfBase64(MAX_BASE64_CHARACTERS),
      bodyBytes: (jpegBytes) => jsonWithImageLength(parameters, jpegBytes[0] ?? 0),
      parameters,
      variant: '',
      async tag(pictures, { signal, timeoutMs }) {
        assertPictures(service, pictures);
        const [picture] = pictures;
        if (picture === undefined) return [];
        const body = bodyOf(picture);
        const pass = await access.pass({ url, body }, { signal, timeoutMs });
        const reply = await postBody({
          service: ID,
          world,
          url,
          headers: pass.headers,
          body,
          signal,
          timeoutMs,
          redact: redactor(pass.secrets),
        });
        if (isHuaweiRefusal(reply)) {
          const { usesTokens } = access;
          throw huaweiRefusal(reply, { pass, usesTokens, nowMs: world.now() });
        }
        if (!answerSchema.safeParse(reply.json).success) throw garbage(ID, reply);
        pass.accepted();
        const tags = readTags(reply.json, contentOf(picture), language);
        return [{ tags, body: reply.body, requestId: reply.requestId }];
      },
      readTags: (body, { content }) =>
        readTags(parseJson(new TextDecoder().decode(body)), content, language),
    };

    function bodyOf(picture: ServicePicture): Uint8Array {
      if ('url' in picture) return jsonWithUrl(parameters, picture.url);
      const { jpeg } = picture.bytes;
      if (base64Length(jpeg.length) > MAX_BASE64_CHARACTERS) {
        throw serviceFailure({ service: ID, code: 'picture_too_large', sent: false });
      }
      return jsonWithImage(parameters, jpeg);
    }
    return service;
  },
};

function contentOf(picture: ServicePicture): UploadPicture['content'] {
  if ('bytes' in picture) return picture.bytes.content;
  return { left: 0, top: 0, width: picture.widthPixels, height: picture.heightPixels };
}
