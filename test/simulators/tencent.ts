/** The four older Tencent services on one port. */
import { type Control, createConduct } from './behaviour.ts';
import type { PictureProblem } from './pictureCheck.ts';
import { type Book, createRecorder } from './record.ts';
import { seePictures } from './sentPictures.ts';
import { type SimulatorServer, startServer } from './server.ts';
import { tencentAnswer, tencentRefusal } from './tencentAnswers.ts';
import { TENCENT_AUTHENTICATION_CODES, TENCENT_CODES } from './tencentCodes.ts';
import { type RequestRules, readTencentRequest, type TencentRequest } from './tencentRequest.ts';
import { type TencentAccount, verifyTencentSignature } from './tencentSignature.ts';
import { type Call, type Endpoint, Refused, type Reply, type TencentService } from './types.ts';

/** An invented account. */
export const TENCENT_TEST_ACCOUNT: TencentAccount = {
  appId: '1259990001',
  secretId: 'TESTsimulatorSecretId00000000000001',
  secretKey: 'TESTsimulatorSecretKey0000000001',
};

export type TencentSimulator = Control &
  Book &
  SimulatorServer & {
    readonly account: TencentAccount;
    /** Variables that lead Tagroll to this simulator. */
    readonly environment: Readonly<Record<string, string>>;
  };

export type TencentOptions = {
  /** Default 0: a free one. */
  readonly port?: number;
  /** The first is the one of `environment`. */
  readonly accounts?: readonly TencentAccount[];
  /** Pictures that can be had by URL; all others cannot be downloaded. */
  readonly downloads?: ReadonlyMap<string, Buffer>;
};

/** 6 MB in the smaller reading of the documents, for the whole body. */
const MAX_BODY_BYTES = 6_000_000;
/** No document names a side; longer ones than every other service takes are no upload. */
const SIDES = { minSidePixels: 1, maxSidePixels: 4096 };

const NEWER: Omit<RequestRules, 'service' | 'appIdNames'> = {
  multipart: true,
  missingCode: '-1301',
  undecodableCode: '-1102',
};

const SERVICES: Readonly<Record<string, RequestRules>> = {
  '/v1/detection/imagetag_detect': {
    service: 'tencent-tag',
    appIdNames: ['appid'],
    multipart: true,
    missingCode: '3',
    undecodableCode: '-1400',
  },
  '/imagetag/picture_classify': {
    ...NEWER,
    service: 'tencent-classify',
    appIdNames: ['app_id', 'App_ID'],
  },
  '/image/terrorism': {
    ...NEWER,
    service: 'tencent-terrorism',
    appIdNames: ['app_id'],
    multipart: false,
  },
  '/porn/picture_detect': { ...NEWER, service: 'tencent-porn', appIdNames: ['app_id'] },
};

/** Starts the services on 127.0.0.1. */
export async function startTencent(options: TencentOptions = {}): Promise<TencentSimulator> {
  const accounts = options.accounts ?? [TENCENT_TEST_ACCOUNT];
  const [account = TENCENT_TEST_ACCOUNT] = accounts;
  const downloads = options.downloads ?? new Map<string, Buffer>();
  const conduct = createConduct();
  const recorder = createRecorder();
  const endpoints = new Map(
    Object.entries(SERVICES).map(([path, rules]) => [path, endpointOf(rules, accounts, downloads)]),
  );
  const server = await startServer({
    port: options.port ?? 0,
    conduct,
    recorder,
    find(method, path) {
      const endpoint = endpoints.get(path);
      if (!endpoint) return nowhere('http.404');
      return method === 'POST' ? endpoint : nowhere('http.424');
    },
  });
  const environment = {
    TAGROLL_TENCENT_APP_ID: account.appId,
    TAGROLL_TENCENT_SECRET_ID: account.secretId,
    TAGROLL_TENCENT_SECRET_KEY: account.secretKey,
    TAGROLL_TENCENT_ENDPOINT: server.url,
  };
  return {
    ...conduct,
    ...server,
    account,
    environment,
    get requests() {
      return recorder.requests;
    },
    counters: recorder.counters,
    onRequest: recorder.onRequest,
    forget: recorder.forget,
  };
}

function endpointOf(
  rules: RequestRules,
  accounts: readonly TencentAccount[],
  downloads: ReadonlyMap<string, Buffer>,
): Endpoint {
  const { service } = rules;
  return {
    service,
    maxBodyBytes: MAX_BODY_BYTES,
    tooLargeCode: service === 'tencent-tag' ? '23' : 'http.413',
    tooOften: () => ({ ...refusal(service, '15'), code: '15' }),
    refuse: (code, changes) => refusal(service, code, changes),
    async answer(call) {
      if (call.behaviour.checks) {
        const signer = verify(call, accounts);
        const request = readTencentRequest(call, rules);
        if (request.appId !== signer.appId)
          throw new Refused('6', 'parameters: another app id than the signature');
        return answer(call, service, request, downloads);
      }
      return answer(call, service, readTencentRequest(call, rules), downloads);
    },
  };
}

function verify(call: Call, accounts: readonly TencentAccount[]): TencentAccount {
  const nowSeconds = Math.floor(call.nowMs / 1000);
  try {
    return verifyTencentSignature(call.headers.authorization, accounts, nowSeconds);
  } catch (error) {
    if (!(error instanceof Refused) || call.behaviour.tencentRefusalStatus === 200) throw error;
    const status = TENCENT_AUTHENTICATION_CODES.includes(error.code) ? 401 : null;
    throw new Refused(error.code, error.message, status);
  }
}

async function answer(
  call: Call,
  service: TencentService,
  { files, url }: TencentRequest,
  downloads: ReadonlyMap<string, Buffer>,
): Promise<Reply> {
  const wanted =
    url === null ? files : [{ partName: 'url', fileName: null, bytes: download(url, downloads) }];
  const seen = await seePictures(call, wanted, SIDES, pictureCodes(service));
  // Several pictures are answered in the order of the names of their parts.
  const looks = seen
    .map(({ look }, index) => ({ look, name: wanted[index]?.partName ?? '' }))
    .sort((a, b) => (a.name < b.name ? -1 : 1))
    .map(({ look }) => look);
  return { status: 200, body: tencentAnswer(service, looks, call.behaviour) };
}

function download(url: string, downloads: ReadonlyMap<string, Buffer>): Buffer {
  if (!/^https?:\/\/[^\s/]+/.test(url)) throw new Refused('-1505', 'url: not an address');
  const file = downloads.get(url);
  if (!file) throw new Refused('-1308', 'url: nothing there');
  return file;
}

/** No code says "this file carries metadata": `21` stands for what only the simulator minds. */
function pictureCodes(service: TencentService): Readonly<Record<PictureProblem, string>> {
  const isOldest = service === 'tencent-tag';
  return {
    empty: '-1300',
    format: isOldest ? '-1400' : '-1102',
    damaged: isOldest ? '-1404' : '-1102',
    size: '21',
    carries: '21',
    colour: '21',
  };
}

/** An address without a service. */
function nowhere(code: string): Endpoint {
  return {
    service: 'unknown',
    maxBodyBytes: MAX_BODY_BYTES,
    tooLargeCode: 'http.413',
    tooOften: () => ({ ...refusal('unknown', '15'), code: '15' }),
    refuse: (other, changes) => refusal('unknown', other, changes),
    answer: () => Promise.reject(new Refused(code, 'no service has this path and method')),
  };
}

function refusal(
  service: TencentService | 'unknown',
  code: string,
  { message, status }: { readonly message?: string; readonly status?: number } = {},
): Reply {
  const words = message ?? TENCENT_CODES[code] ?? 'unknown error';
  const http = /^http\.(\d{3})$/.exec(code)?.[1];
  if (http !== undefined)
    return {
      status: Number(http),
      body: `<html><head><title>${http}</title></head><body>${words}</body></html>`,
    };
  return { status: status ?? 200, body: tencentRefusal(service, Number(code), words) };
}
