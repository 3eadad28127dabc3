/** What the four Tencent services share: account, address, the two transports, the envelope, its errors. */
import { z } from 'zod';
import type { ServiceId } from '../../../shared/services.ts';
import { serviceFailure } from '../failure.ts';
import { garbage, postBody, type Reply } from '../http.ts';
import { parseJson } from '../json.ts';
import { redactor } from '../redact.ts';
import type {
  AccountValues,
  ConfigurationProblem,
  Service,
  ServiceError,
  ServicePicture,
  ServiceTag,
  ServiceWorld,
} from '../types.ts';
import { addressProblem, missingFields, originOf } from './address.ts';
import {
  bytesOfBase64,
  jsonWithImage,
  jsonWithImageLength,
  jsonWithUrl,
  multipart,
  multipartLength,
  newBoundary,
} from './pictureBody.ts';
import { assertPictures } from './pictures.ts';
import { refusal } from './refusal.ts';
import { createTencentSigner } from './tencentSignature.ts';

/** "6 MB" of the whole body: the smaller of the two readings. */
export const TENCENT_MAX_BODY_BYTES = 6_000_000;
/** No document names a least size; decoders fail on slivers, so the least of the other service is kept. */
export const TENCENT_MIN_SIDE_PIXELS = 15;

const CLOCK_CODES = ['5', '8', '9', '13', '14', 'http.401', 'http.403'];
const ARREARS = /account abnormal/i;

const code = z.union([z.number(), z.string()]).nullish().catch(null);
const words = z.string().nullish().catch(null);
const envelopeSchema = z.object({ code, errorcode: code, message: words, errormsg: words });

export function checkTencent(account: AccountValues): ConfigurationProblem | null {
  const missing = missingFields(account, ['appId', 'secretId', 'secretKey']);
  const appId = account['appId']?.trim() ?? '';
  const invalid =
    addressProblem(account, 'endpoint') ??
    (appId === '' || /^\d{1,20}$/.test(appId)
      ? null
      : ({ field: 'appId', code: 'not_a_number' } as const));
  return missing.length === 0 && invalid === null ? null : { missing, invalid };
}

export function createTencentService(options: {
  readonly id: ServiceId;
  readonly usualOrigin: string;
  readonly path: string;
  readonly idField: 'appid' | 'app_id';
  readonly transport: 'json' | 'multipart';
  readonly account: AccountValues;
  readonly world: ServiceWorld;
  readonly readTags: (answer: unknown) => readonly ServiceTag[];
  /** For batches: the answer cut into one for each picture, null where it does not have as many. */
  readonly batch?: {
    readonly maxPictures: number;
    readonly split: (answer: unknown, pictures: number) => readonly unknown[] | null;
  };
}): Service {
  const { id, account, world, transport, batch } = options;
  const url = originOf(account['endpoint'], options.usualOrigin) + options.path;
  const keys = {
    appId: account['appId']?.trim() ?? '',
    bucket: account['bucket']?.trim() ?? '',
    secretId: account['secretId']?.trim() ?? '',
    secretKey: account['secretKey']?.trim() ?? '',
  };
  const fields = { [options.idField]: keys.appId };
  const signer = createTencentSigner(keys, world);

  const bodyBytes = (jpegBytes: readonly number[]): number =>
    transport === 'json'
      ? jsonWithImageLength(fields, jpegBytes[0] ?? 0)
      : multipartLength(
          fields,
          jpegBytes.map((bytes, index) => ({
            name: partName(index, jpegBytes.length),
            jpegBytes: bytes,
          })),
        );

  function request(pictures: readonly ServicePicture[]): {
    readonly type: string;
    readonly body: Uint8Array;
  } {
    const [first] = pictures;
    const json = 'application/json';
    if (first !== undefined && 'url' in first) {
      return { type: json, body: jsonWithUrl(fields, first.url) };
    }
    const jpegs = pictures.flatMap((picture) => ('bytes' in picture ? [picture.bytes.jpeg] : []));
    const [jpeg] = jpegs;
    if (transport === 'json' && jpeg !== undefined) {
      return { type: json, body: jsonWithImage(fields, jpeg) };
    }
    const boundary = newBoundary(world.random);
    const images = jpegs.map((bytes, index) => ({
      name: partName(index, jpegs.length),
      jpeg: bytes,
    }));
    return {
      type: `multipart/form-data; boundary=${boundary}`,
      body: multipart(fields, images, boundary),
    };
  }

  const service: Service = {
    id,
    picturesPerCall: batch?.maxPictures ?? 1,
    maxJpegBytes:
      transport === 'json'
        ? bytesOfBase64(TENCENT_MAX_BODY_BYTES - bodyBytes([0]))
        : TENCENT_MAX_BODY_BYTES - bodyBytes([0]),
    bodyBytes,
    parameters: {},
    variant: '',
    async tag(pictures, { signal, timeoutMs }) {
      assertPictures(service, pictures);
      const { type, body } = request(pictures);
      if (body.length > TENCENT_MAX_BODY_BYTES) {
        throw serviceFailure({ service: id, code: 'picture_too_large', sent: false });
      }
      const signature = signer.current();
      const redact = redactor([signature, keys.secretId, keys.secretKey]);
      const headers = { Authorization: signature, 'Content-Type': type };
      const reply = await postBody({
        service: id,
        world,
        url,
        headers,
        body,
        signal,
        timeoutMs,
        redact,
      });
      const error = errorOf(reply, id, world.now(), redact);
      if (error !== null) {
        if (error.errorClass === 'sign-again') signer.drop(signature);
        throw error;
      }
      const { requestId } = reply;
      if (pictures.length === 1) {
        return [{ tags: options.readTags(reply.json), body: reply.body, requestId }];
      }
      const parts = batch?.split(reply.json, pictures.length) ?? null;
      if (parts === null) {
        throw serviceFailure({ service: id, code: 'batch_mismatch', sent: true, requestId });
      }
      return parts.map((part) => ({
        tags: options.readTags(part),
        body: Buffer.from(JSON.stringify(part)),
        requestId,
      }));
    },
    readTags: (body) => options.readTags(parseJson(new TextDecoder().decode(body))),
  };
  return service;
}

/** Null: the answer is one, and not a refusal. */
function errorOf(
  reply: Reply,
  service: ServiceId,
  nowMs: number,
  redact: (text: string) => string,
): ServiceError | null {
  const isSuccess = reply.status >= 200 && reply.status < 300;
  const parsed = envelopeSchema.safeParse(reply.json);
  const envelope = parsed.success ? parsed.data : null;
  const given = String(envelope?.code ?? envelope?.errorcode ?? '').trim() || null;
  const text = envelope?.message ?? envelope?.errormsg ?? '';
  const isZero = given !== null && Number(given) === 0;
  if (isSuccess && isZero) return null;
  if (isSuccess && given === null) return hasList(reply.json) ? null : garbage(service, reply);
  const isArrears = given === '3' && ARREARS.test(text);
  return refusal({
    service,
    reply,
    code: isArrears ? '3.account_abnormal' : given === null || isZero ? null : given,
    text,
    clockCodes: CLOCK_CODES,
    nowMs,
    redact,
  });
}

/** An answer that forgot its code, yet holds what was asked for. */
function hasList(json: unknown): boolean {
  return typeof json === 'object' && json !== null && ('tags' in json || 'data' in json);
}

/** Answers of a batch come in dictionary order of the names. */
function partName(index: number, count: number): string {
  return count === 1 ? 'image' : `image[${String(index).padStart(2, '0')}]`;
}
