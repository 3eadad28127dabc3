/** Huawei's image tagging and the IAM that hands out its tokens, on one port. */
import { type Control, createConduct } from './behaviour.ts';
import { huaweiRefusal, taggingAnswer } from './huaweiAnswers.ts';
import {
  HUAWEI_AUTHENTICATION_CODES,
  HUAWEI_CODES,
  NO_CODE_TOO_FAST,
  SENT_TOO_FAST,
} from './huaweiCodes.ts';
import { type IamUser, openTokenOffice, type TokenOffice } from './huaweiIam.ts';
import { readTaggingRequest, type TaggingRequest } from './huaweiRequest.ts';
import { type HuaweiKey, verifyHuaweiSignature } from './huaweiSignature.ts';
import type { PictureProblem } from './pictureCheck.ts';
import { type Book, createRecorder } from './record.ts';
import { seePictures } from './sentPictures.ts';
import { type SimulatorServer, startServer } from './server.ts';
import { type Call, type Endpoint, Refused, type Reply } from './types.ts';

export type HuaweiAccount = HuaweiKey & IamUser & { readonly projectId: string };

/** An invented account. */
export const HUAWEI_TEST_ACCOUNT: HuaweiAccount = {
  projectId: '0f00000000000000000000000000beef',
  accessKey: 'TESTSIMULATORACCESS1',
  secretKey: 'TESTsimulatorSecretKey000000000000000001',
  user: 'test-user',
  password: 'TEST password of nobody',
  domain: 'test-domain',
  region: 'cn-north-4',
};

export type HuaweiSimulator = Control &
  Book &
  SimulatorServer & {
    readonly account: HuaweiAccount;
    /** Variables that lead Tagroll to this simulator with an access key. */
    readonly environment: Readonly<Record<string, string>>;
    /** The same with a name and a password. */
    readonly tokenEnvironment: Readonly<Record<string, string>>;
    /** Ends every token that is alive. */
    expireTokens(): void;
  };

export type HuaweiOptions = {
  /** Default 0: a free one. */
  readonly port?: number;
  readonly account?: HuaweiAccount;
  /** Pictures that can be had by URL; all others cannot be downloaded. */
  readonly downloads?: ReadonlyMap<string, Buffer>;
};

/** "AK/SK and tokens work for bodies of at most 12 M", in the smaller reading. */
const MAX_BODY_BYTES = 12_000_000;
const SIDES = { minSidePixels: 15, maxSidePixels: 4096 };

/** No code says "this file carries metadata": AIS.0501 stands for what only the simulator minds. */
const PICTURE_CODES: Readonly<Record<PictureProblem, string>> = {
  empty: 'AIS.0501',
  format: 'AIS.0502',
  damaged: 'AIS.0503',
  size: 'AIS.0504',
  carries: 'AIS.0501',
  colour: 'AIS.0501',
};

/** Starts both on 127.0.0.1. */
export async function startHuawei(options: HuaweiOptions = {}): Promise<HuaweiSimulator> {
  const account = options.account ?? HUAWEI_TEST_ACCOUNT;
  const conduct = createConduct();
  const recorder = createRecorder();
  const office = openTokenOffice(account);
  const tagging = taggingEndpoint(account, office, options.downloads ?? new Map());
  const server = await startServer({
    port: options.port ?? 0,
    conduct,
    recorder,
    find(method, path) {
      if (method !== 'POST') return nowhere();
      if (path === '/v3/auth/tokens') return office.endpoint;
      return /^\/v2\/[^/]*\/image\/tagging$/.test(path) ? tagging : nowhere();
    },
  });
  const common = {
    TAGROLL_HUAWEI_PROJECT_ID: account.projectId,
    TAGROLL_HUAWEI_ENDPOINT: server.url,
  };
  return {
    ...conduct,
    ...server,
    account,
    environment: {
      ...common,
      TAGROLL_HUAWEI_ACCESS_KEY: account.accessKey,
      TAGROLL_HUAWEI_SECRET_KEY: account.secretKey,
    },
    tokenEnvironment: {
      ...common,
      TAGROLL_HUAWEI_USER: account.user,
      TAGROLL_HUAWEI_PASSWORD: account.password,
      TAGROLL_HUAWEI_DOMAIN: account.domain,
      TAGROLL_HUAWEI_REGION: account.region,
      TAGROLL_HUAWEI_IAM_ENDPOINT: server.url,
    },
    expireTokens: office.expireTokens,
    get requests() {
      return recorder.requests;
    },
    counters: recorder.counters,
    onRequest: recorder.onRequest,
    forget: recorder.forget,
  };
}

function taggingEndpoint(
  account: HuaweiAccount,
  office: TokenOffice,
  downloads: ReadonlyMap<string, Buffer>,
): Endpoint {
  return {
    service: 'huawei-tagging',
    maxBodyBytes: MAX_BODY_BYTES,
    tooLargeCode: 'APIG.0201',
    tooOften(form) {
      const code = form === 'gateway' ? 'APIG.0308' : NO_CODE_TOO_FAST;
      return { ...refusal(code), code };
    },
    refuse: (code, changes) => refusal(code, changes),
    async answer(call) {
      if (call.behaviour.checks) {
        authenticate(call, account, office);
        checkProject(call, account);
      }
      const request = readTaggingRequest(call);
      const [picture] = await seePictures(
        call,
        [{ bytes: bytesOf(request, downloads), fileName: null }],
        SIDES,
        PICTURE_CODES,
      );
      if (!picture) throw new Error('no picture was seen');
      return { status: 200, body: taggingAnswer(picture, request) };
    },
  };
}

function authenticate(call: Call, account: HuaweiAccount, office: TokenOffice): void {
  const token = call.headers['x-auth-token'];
  try {
    if (typeof token === 'string') office.verify(token, call.nowMs);
    else verifyHuaweiSignature(call, [account], call.nowMs);
  } catch (error) {
    if (!(error instanceof Refused) || call.behaviour.huaweiRefusalStatus === 400) throw error;
    const status = HUAWEI_AUTHENTICATION_CODES.includes(error.code) ? 401 : null;
    throw new Refused(error.code, error.message, status);
  }
}

function checkProject({ path, headers }: Call, { projectId }: HuaweiAccount): void {
  const inPath = path.split('/')[2] ?? '';
  if (!/^[A-Za-z0-9]{1,64}$/.test(inPath))
    throw new Refused('ModelArts.4202', 'project: not 1 to 64 letters and digits');
  if (inPath !== projectId) throw new Refused('ModelArts.4203', 'project: of somebody else');
  const inHeader = headers['x-project-id'];
  if (inHeader !== undefined && inHeader !== projectId)
    throw new Refused('ModelArts.4203', 'project: another in X-Project-Id');
}

function bytesOf({ source }: TaggingRequest, downloads: ReadonlyMap<string, Buffer>): Buffer {
  if ('bytes' in source) return source.bytes;
  if (!/^https?:\/\/[^\s/]+/.test(source.url))
    throw new Refused('ModelArts.4601', 'url: not an address');
  const file = downloads.get(source.url);
  if (!file) throw new Refused('ModelArts.4603', 'url: nothing there');
  return file;
}

/** An address without a service. */
function nowhere(): Endpoint {
  return {
    service: 'unknown',
    maxBodyBytes: MAX_BODY_BYTES,
    tooLargeCode: 'APIG.0201',
    tooOften: () => ({ ...refusal('APIG.0308'), code: 'APIG.0308' }),
    refuse: (code, changes) => refusal(code, changes),
    answer: () => Promise.reject(new Refused('APIG.0101', 'no service has this path and method')),
  };
}

function refusal(
  code: string,
  { message, status }: { readonly message?: string; readonly status?: number } = {},
): Reply {
  if (code === NO_CODE_TOO_FAST)
    return { status: status ?? 400, body: huaweiRefusal(null, message ?? SENT_TOO_FAST) };
  const words = message ?? HUAWEI_CODES[code] ?? 'unknown error';
  const http = /^http\.(\d{3})$/.exec(code)?.[1];
  if (http !== undefined) return { status: Number(http), body: huaweiRefusal(null, words) };
  const usual = code === 'APIG.0308' ? 429 : 400;
  return { status: status ?? usual, body: huaweiRefusal(code, words) };
}
