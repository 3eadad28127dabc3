/** What the tests of the services share: invented accounts, a picture, a world, and a look into errors. */

import { ADAPTERS } from '../../../../main/tagging/services/registry.ts';
import {
  type AccountValues,
  type Service,
  ServiceError,
  type ServicePicture,
  type ServiceWorld,
  type UploadPicture,
} from '../../../../main/tagging/types.ts';
import type { ServiceId } from '../../../../shared/services.ts';
import { DEFAULT_SETTINGS, type Settings } from '../../../../shared/settings.ts';

export const TENCENT: AccountValues = {
  appId: '1250000000',
  secretId: 'TESTSECRETID0000000000000000000001',
  secretKey: 'testsecretkey000000000000000001',
};
export const HUAWEI: AccountValues = {
  projectId: '0123456789abcdef0123456789abcdef',
  accessKey: 'TESTACCESSKEY0000001',
  secretKey: 'testsecretkey0000000000000000000000000001',
};
export const HUAWEI_TOKEN: AccountValues = {
  authentication: 'token',
  projectId: '0123456789abcdef0123456789abcdef',
  user: 'testuser',
  password: 'testpassword-0001',
  domain: 'testdomain',
  region: 'test-region-1',
};
/** Nothing of these may be seen in an error. */
export const SECRETS = [
  'TESTSECRETID0000000000000000000001',
  'testsecretkey000000000000000001',
  'TESTACCESSKEY0000001',
  'testsecretkey0000000000000000000000000001',
  'testpassword-0001',
  'TESTTOKEN',
  'Signature=',
];

export const JPEG = Uint8Array.from([0xff, 0xd8, 0xff, 0xe0, 0, 16, 74, 70, 73, 70, 0, 13, 10, 45]);

export function pictureOf(changes: Partial<UploadPicture> = {}): ServicePicture {
  const widthPixels = changes.widthPixels ?? 400;
  const heightPixels = changes.heightPixels ?? 300;
  const content = { left: 0, top: 0, width: widthPixels, height: heightPixels };
  return { bytes: { jpeg: JPEG, widthPixels, heightPixels, content, ...changes } };
}

export function worldOf(changes: Partial<ServiceWorld> = {}): ServiceWorld {
  return { fetch, now: Date.now, random: Math.random, ...changes };
}

export function serviceOf(
  id: ServiceId,
  account: AccountValues,
  settings: Partial<Settings> = {},
  world: ServiceWorld = worldOf(),
): Service {
  return ADAPTERS[id].create({ account, settings: { ...DEFAULT_SETTINGS, ...settings }, world });
}

export function patience(timeoutMs = 10_000): {
  readonly signal: AbortSignal;
  readonly timeoutMs: number;
} {
  return { signal: new AbortController().signal, timeoutMs };
}

export async function failureOf(work: Promise<unknown>): Promise<ServiceError> {
  try {
    await work;
  } catch (error) {
    if (error instanceof ServiceError) return error;
    throw error;
  }
  throw new Error('It did not fail.');
}

/** Everything that an error says, its causes and their fields and stacks included. */
export function everythingOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  const fields = Object.entries(error).map(([name, value]) => `${name}=${String(value)}`);
  return [error.message, error.stack, ...fields, everythingOf(error.cause)].join('\n');
}
