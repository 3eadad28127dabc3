/** Reads what a Tencent request asks for, in either of the two body forms. */
import { boundaryOf, MalformedForm, readForm } from './multipart.ts';
import { type Call, Refused, type TencentService } from './types.ts';

export type SentFile = {
  /** Name of the form's part; `image` in JSON. */
  readonly partName: string;
  readonly fileName: string | null;
  readonly bytes: Buffer;
};

export type TencentRequest = {
  readonly appId: string;
  /** What is to be looked at; a URL wins over pictures. */
  readonly files: readonly SentFile[];
  readonly url: string | null;
};

/** Where one service differs from the others. */
export type RequestRules = {
  readonly service: TencentService;
  /** What the account's field may be called. */
  readonly appIdNames: readonly string[];
  readonly multipart: boolean;
  /** For what is missing, and for a file that is no base64. */
  readonly missingCode: string;
  readonly undecodableCode: string;
};

const LONGEST_FIELD = 1024;
/** "Every request takes up to 20 pictures." */
const MOST_PICTURES = 20;

/** Throws `Refused` with the documented code. */
export function readTencentRequest(call: Call, rules: RequestRules): TencentRequest {
  const contentType = call.headers['content-type'] ?? '';
  if (/^application\/json\s*(;\s*charset=utf-?8\s*)?$/i.test(contentType))
    return readJson(call.body, rules);
  if (rules.multipart && /^multipart\/form-data\b/i.test(contentType))
    return readMultipart(call, contentType, rules);
  throw new Refused('http.400', `content type: ${contentType === '' ? 'none' : contentType}`);
}

function readJson(body: Buffer, rules: RequestRules): TencentRequest {
  const fields = parseObject(body);
  const allowed = [...rules.appIdNames, 'bucket', 'image', 'url'];
  const strange = Object.keys(fields).find((name) => !allowed.includes(name));
  if (strange !== undefined) throw new Refused('21', `parameters: unknown field ${strange}`);
  const text = (name: string): string | undefined => {
    const value = fields[name];
    if (value !== undefined && typeof value !== 'string')
      throw new Refused('21', `parameters: ${name} is not a string`);
    return value;
  };
  const appId = appIdOf(rules, text);
  const image = text('image');
  const url = urlOf(text('url'), image !== undefined, rules);
  if (url !== null || image === undefined) return { appId, files: [], url };
  return {
    appId,
    files: [{ partName: 'image', fileName: null, bytes: fromBase64(image, rules) }],
    url: null,
  };
}

function parseObject(body: Buffer): Readonly<Record<string, unknown>> {
  let value: unknown;
  try {
    value = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(body));
  } catch (error) {
    throw new Refused('http.400', `body: ${error instanceof Error ? error.message : 'not JSON'}`);
  }
  if (typeof value !== 'object' || value === null || Array.isArray(value))
    throw new Refused('http.400', 'body: not a JSON object');
  return value as Readonly<Record<string, unknown>>;
}

function fromBase64(text: string, rules: RequestRules): Buffer {
  if (text === '') throw new Refused('-1300', 'picture: an empty string');
  if (text.length % 4 !== 0 || !/^[A-Za-z0-9+/]+={0,2}$/.test(text))
    throw new Refused(rules.undecodableCode, 'picture: not plain standard base64');
  return Buffer.from(text, 'base64');
}

function readMultipart(call: Call, contentType: string, rules: RequestRules): TencentRequest {
  const parts = readPartsOf(call.body, contentType);
  const plain = new Map<string, string>();
  const files: SentFile[] = [];
  for (const { name, fileName, content } of parts) {
    if (name.startsWith('image')) files.push({ partName: name, fileName, bytes: content });
    else if (![...rules.appIdNames, 'bucket', 'url'].includes(name) || fileName !== null)
      throw new Refused('21', `parameters: unknown part ${name}`);
    else if (plain.has(name)) throw new Refused('21', `parameters: two parts ${name}`);
    else plain.set(name, content.toString('utf8'));
  }
  const appId = appIdOf(rules, (name) => plain.get(name));
  const url = urlOf(plain.get('url'), files.length > 0, rules);
  if (url !== null) return { appId, files: [], url };
  checkPartNames(files, call);
  return { appId, files, url: null };
}

function readPartsOf(body: Buffer, contentType: string): ReturnType<typeof readForm> {
  try {
    return readForm(body, boundaryOf(contentType));
  } catch (error) {
    if (error instanceof MalformedForm) throw new Refused('http.400', `form: ${error.message}`);
    throw error;
  }
}

/** One picture is in `image`; several are in `image[00]` and on, where that is switched on. */
function checkPartNames(files: readonly SentFile[], { behaviour, entry }: Call): void {
  const names = files.map(({ partName }) => partName);
  if (names.length === 1 && names[0] === 'image') return;
  if (!behaviour.batching || entry.service !== 'tencent-porn')
    throw new Refused('21', `parameters: parts ${names.join(', ')} where one part image belongs`);
  if (names.length > MOST_PICTURES) throw new Refused('19', `parameters: ${names.length} pictures`);
  const strange = names.find((name) => !/^image(\[\d{1,2}\])?$/.test(name));
  if (strange !== undefined || new Set(names).size !== names.length)
    throw new Refused('21', `parameters: part names ${names.join(', ')}`);
}

function appIdOf(rules: RequestRules, field: (name: string) => string | undefined): string {
  const found = rules.appIdNames.map(field).filter((value) => value !== undefined);
  const [appId] = found;
  if (appId === undefined || appId === '' || found.length > 1)
    throw new Refused(rules.missingCode, `parameters: one of ${rules.appIdNames.join(', ')}`);
  if (appId.length > LONGEST_FIELD) throw new Refused('-1304', 'parameters: app id too long');
  return appId;
}

function urlOf(url: string | undefined, hasImage: boolean, rules: RequestRules): string | null {
  if (url !== undefined && url.length > LONGEST_FIELD)
    throw new Refused('-1304', 'parameters: url too long');
  if (url !== undefined && url !== '') return url;
  if (!hasImage)
    throw new Refused(
      rules.service === 'tencent-tag' ? '-1300' : rules.missingCode,
      'parameters: neither image nor url',
    );
  return null;
}
