/** Reads what a request to image tagging asks for. */
import type { TaggingParameters } from './huaweiAnswers.ts';
import { type Call, Refused } from './types.ts';

/** "At most 10 M once it is base64", in the smaller reading. */
const MAX_BASE64_CHARACTERS = 10_000_000;
const PARAMETERS: readonly string[] = ['image', 'url', 'language', 'threshold', 'limit'];
const USUAL = { language: 'zh', threshold: 60, limit: 50 } as const;

export type TaggingRequest = TaggingParameters & {
  readonly source: { readonly bytes: Buffer } | { readonly url: string };
};

/** Throws `Refused` with the documented code. */
export function readTaggingRequest(call: Call): TaggingRequest {
  const contentType = call.headers['content-type'] ?? '';
  if (!/^application\/json\s*(;\s*charset=utf-?8\s*)?$/i.test(contentType))
    throw new Refused('http.415', `content type: ${contentType === '' ? 'none' : contentType}`);
  const fields = parseJsonObject(call.body, 'AIS.0014');
  const strange = Object.keys(fields).find((name) => !PARAMETERS.includes(name));
  if (strange !== undefined) throw new Refused('AIS.0012', `parameters: unknown field ${strange}`);
  return {
    source: sourceOf(textOf(fields, 'image'), textOf(fields, 'url')),
    language: languageOf(fields['language']),
    threshold: numberOf(fields, 'threshold', 0, 100),
    limit: limitOf(fields),
  };
}

/** Throws `Refused` with the code unless the body is a JSON object in UTF-8. */
export function parseJsonObject(body: Buffer, code: string): Readonly<Record<string, unknown>> {
  let value: unknown;
  try {
    value = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(body));
  } catch (error) {
    throw new Refused(code, `body: ${error instanceof Error ? error.message : 'not JSON'}`);
  }
  if (typeof value !== 'object' || value === null || Array.isArray(value))
    throw new Refused(code, 'body: not a JSON object');
  return value as Readonly<Record<string, unknown>>;
}

function textOf(fields: Readonly<Record<string, unknown>>, name: string): string {
  const value = fields[name] ?? '';
  if (typeof value !== 'string') throw new Refused('AIS.0501', `parameters: ${name} is no string`);
  return value;
}

/** Exactly one of the two; the document's samples leave the other as an empty string. */
function sourceOf(image: string, url: string): TaggingRequest['source'] {
  if (image !== '' && url !== '') throw new Refused('AIS.0501', 'parameters: image and url');
  if (url !== '') return { url };
  if (image === '') throw new Refused('AIS.0501', 'parameters: neither image nor url');
  if (image.length > MAX_BASE64_CHARACTERS)
    throw new Refused('AIS.0504', `picture: ${image.length} characters of base64`);
  if (image.length % 4 !== 0 || !/^[A-Za-z0-9+/]+={0,2}$/.test(image))
    throw new Refused('AIS.0501', 'picture: not plain standard base64');
  return { bytes: Buffer.from(image, 'base64') };
}

function languageOf(value: unknown): 'zh' | 'en' {
  if (value === undefined) return USUAL.language;
  if (value === 'zh' || value === 'en') return value;
  throw new Refused('AIS.0501', 'parameters: language is neither zh nor en');
}

function limitOf(fields: Readonly<Record<string, unknown>>): number {
  const limit = numberOf(fields, 'limit', 1, 150);
  if (Number.isInteger(limit)) return limit;
  throw new Refused('AIS.0501', 'parameters: limit is not a whole number');
}

function numberOf(
  fields: Readonly<Record<string, unknown>>,
  name: 'threshold' | 'limit',
  lowest: number,
  highest: number,
): number {
  const value = fields[name] ?? USUAL[name];
  if (typeof value === 'number' && value >= lowest && value <= highest) return value;
  throw new Refused('AIS.0501', `parameters: ${name} is not from ${lowest} to ${highest}`);
}
