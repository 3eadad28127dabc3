/** Callers of the simulators for their tests: right in everything unless told otherwise. */
import { createHash, createHmac } from 'node:crypto';
import sharp, { type Sharp } from 'sharp';
import { HUAWEI_TEST_ACCOUNT, type HuaweiSimulator } from './huawei.ts';
import { TENCENT_TEST_ACCOUNT, type TencentSimulator } from './tencent.ts';
import type { TencentService } from './types.ts';

export const TENCENT_PATHS: Readonly<Record<TencentService, string>> = {
  'tencent-tag': '/v1/detection/imagetag_detect',
  'tencent-classify': '/imagetag/picture_classify',
  'tencent-terrorism': '/image/terrorism',
  'tencent-porn': '/porn/picture_detect',
};

export const TENCENT_SERVICES = Object.keys(TENCENT_PATHS) as readonly TencentService[];

/** A plain picture: a ground with a lighter square in its middle. */
export function plainPicture(
  options: { readonly width?: number; readonly height?: number; readonly ground?: string } = {},
): Promise<Buffer> {
  return draw(options).jpeg({ quality: 85 }).toBuffer();
}

export function draw({
  width = 120,
  height = 80,
  ground = '#206030',
}: {
  readonly width?: number;
  readonly height?: number;
  readonly ground?: string;
} = {}): Sharp {
  return sharp({ create: { width, height, channels: 3, background: ground } });
}

export function signTencent(
  fields: { readonly [name: string]: string | number } = {},
  secretKey: string = TENCENT_TEST_ACCOUNT.secretKey,
): string {
  const now = Math.floor(Date.now() / 1000);
  const all = {
    a: TENCENT_TEST_ACCOUNT.appId,
    b: '',
    k: TENCENT_TEST_ACCOUNT.secretId,
    e: now + 1800,
    t: now,
    r: 12345,
    f: '',
    ...fields,
  };
  const plain = Object.entries(all)
    .map(([name, value]) => `${name}=${value}`)
    .join('&');
  const mac = createHmac('sha1', secretKey).update(plain).digest();
  return Buffer.concat([mac, Buffer.from(plain)]).toString('base64');
}

type Item = {
  readonly level_name?: string;
  readonly label_name?: string;
  readonly probability: number;
};

type Entry = { readonly items: readonly Item[] };

type Names = { readonly zh: string; readonly en: string };

/** Every field of every answer; a test looks at those of the service it asked. */
export type AnswerBody = {
  readonly code?: number;
  readonly message?: string;
  readonly errorcode?: number;
  readonly errormsg?: string;
  readonly tags: readonly {
    readonly tag_name: string;
    readonly tag_confidence: number;
    readonly tag_confidence_f: number;
  }[];
  readonly data: readonly Entry[] & Entry;
  readonly error_code?: string;
  readonly error_msg?: string;
  readonly result: {
    readonly tags: readonly {
      readonly tag: string;
      readonly type: string;
      readonly confidence: string;
      readonly i18n_tag: Names;
      readonly i18n_type: Names;
      readonly instances: readonly { readonly bounding_box: unknown }[];
    }[];
  };
  readonly token: { readonly expires_at?: string };
};

export type Answer = {
  readonly status: number;
  readonly headers: Headers;
  readonly text: string;
  /** Empty when the answer is no JSON. A test reads only what its service answers. */
  readonly json: AnswerBody;
};

export async function ask(url: string, init: RequestInit): Promise<Answer> {
  const response = await fetch(url, { redirect: 'manual', ...init });
  const text = await response.text();
  return { status: response.status, headers: response.headers, text, json: parse(text) };
}

function parse(text: string): AnswerBody {
  try {
    return JSON.parse(text) as AnswerBody;
  } catch {
    // A page of a gateway, or garbage that was asked for.
    return {} as AnswerBody;
  }
}

export type TencentCall = {
  readonly fields?: Readonly<Record<string, unknown>>;
  readonly authorization?: string | null;
  readonly form?: FormData;
  readonly signal?: AbortSignal;
};

/** Sends a picture as JSON, or a form that is given. */
export function askTencent(
  { url }: TencentSimulator,
  service: TencentService,
  picture: Buffer,
  { fields, authorization = signTencent(), form, signal }: TencentCall = {},
): Promise<Answer> {
  const idField = service === 'tencent-tag' ? 'appid' : 'app_id';
  const body = { [idField]: TENCENT_TEST_ACCOUNT.appId, image: picture.toString('base64') };
  return ask(url + TENCENT_PATHS[service], {
    method: 'POST',
    headers: {
      ...(authorization === null ? {} : { Authorization: authorization }),
      ...(form ? {} : { 'Content-Type': 'application/json' }),
    },
    body: form ?? JSON.stringify(fields ?? body),
    ...(signal ? { signal } : {}),
  });
}

/** A form with the account and one part per picture. */
export function formOf(pictures: Readonly<Record<string, Buffer>>, idField = 'app_id'): FormData {
  const form = new FormData();
  form.set(idField, TENCENT_TEST_ACCOUNT.appId);
  for (const [name, bytes] of Object.entries(pictures))
    form.set(name, new Blob([new Uint8Array(bytes)], { type: 'image/jpeg' }), 'picture.jpg');
  return form;
}

export type HuaweiCall = {
  readonly fields?: Readonly<Record<string, unknown>>;
  readonly body?: string;
  readonly projectId?: string;
  readonly accessKey?: string;
  readonly secretKey?: string;
  /** `20270115T080000Z`; default now. */
  readonly date?: string;
  /** Sent instead of a signature. */
  readonly token?: string;
  readonly headers?: Readonly<Record<string, string>>;
};

/** Sends a picture with language, threshold and limit, signed by an access key. */
export function askHuawei(
  { url }: HuaweiSimulator,
  picture: Buffer,
  call: HuaweiCall = {},
): Promise<Answer> {
  const projectId = call.projectId ?? HUAWEI_TEST_ACCOUNT.projectId;
  const path = `/v2/${projectId}/image/tagging`;
  const fields = {
    image: picture.toString('base64'),
    language: 'zh',
    threshold: 0,
    limit: 150,
    ...call.fields,
  };
  const body = call.body ?? JSON.stringify(fields);
  const proof =
    call.token === undefined ? signHuawei(url, path, body, call) : { 'X-Auth-Token': call.token };
  return ask(url + path, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json', ...proof, ...call.headers },
    body,
  });
}

function signHuawei(
  url: string,
  path: string,
  body: string,
  call: HuaweiCall,
): Readonly<Record<string, string>> {
  const date = call.date ?? new Date().toISOString().replace(/[-:]|\.\d+/g, '');
  const digest = (text: string): string => createHash('sha256').update(text).digest('hex');
  const canonical = `POST\n${path}/\n\ncontent-type:application/json\nhost:${new URL(url).host}\nx-sdk-date:${date}\n\ncontent-type;host;x-sdk-date\n${digest(body)}`;
  const signature = createHmac('sha256', call.secretKey ?? HUAWEI_TEST_ACCOUNT.secretKey)
    .update(`SDK-HMAC-SHA256\n${date}\n${digest(canonical)}`)
    .digest('hex');
  const access = call.accessKey ?? HUAWEI_TEST_ACCOUNT.accessKey;
  return {
    'X-Sdk-Date': date,
    Authorization: `SDK-HMAC-SHA256 Access=${access}, SignedHeaders=content-type;host;x-sdk-date, Signature=${signature}`,
  };
}

/** Asks IAM for a token with a name and a password. */
export function askToken(
  { url }: HuaweiSimulator,
  changes: { readonly password?: string; readonly region?: string } = {},
): Promise<Answer> {
  const { user, password, domain, region } = { ...HUAWEI_TEST_ACCOUNT, ...changes };
  return ask(`${url}/v3/auth/tokens`, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify({
      auth: {
        identity: {
          methods: ['password'],
          password: { user: { name: user, password, domain: { name: domain } } },
        },
        scope: { project: { name: region } },
      },
    }),
  });
}
