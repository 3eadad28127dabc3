/** What the acceptance tests share: adapters with the accounts of running simulators, and pictures. */
import { createAccounts } from '../../../main/tagging/accounts.ts';
import { ADAPTERS } from '../../../main/tagging/services/registry.ts';
import {
  type Service,
  ServiceError,
  type ServicePicture,
  type ServiceWorld,
} from '../../../main/tagging/types.ts';
import { ACCOUNT_OF, type ServiceId } from '../../../shared/services.ts';
import { DEFAULT_SETTINGS, type Settings } from '../../../shared/settings.ts';
import { plainPicture } from '../../simulators/clients.ts';

export const REAL_WORLD: ServiceWorld = { fetch, now: Date.now, random: Math.random };

/** A service with the account that these variables give, as the app makes it. */
export async function serviceFrom(
  id: ServiceId,
  environment: Readonly<Record<string, string>>,
  settings: Partial<Settings> = {},
  world: Partial<ServiceWorld> = {},
): Promise<Service> {
  const all = { ...DEFAULT_SETTINGS, ...settings };
  const accounts = createAccounts({
    settings: () => all,
    secrets: { get: () => Promise.resolve(null) },
    environment,
  });
  const account = await accounts.values(ACCOUNT_OF[id]);
  const problem = ADAPTERS[id].check(account);
  if (problem) throw new Error(`${id} cannot be used: ${JSON.stringify(problem)}`);
  return ADAPTERS[id].create({ account, settings: all, world: { ...REAL_WORLD, ...world } });
}

export function patience(timeoutMs = 10_000): {
  readonly signal: AbortSignal;
  readonly timeoutMs: number;
} {
  return { signal: new AbortController().signal, timeoutMs };
}

/** A JPEG that may be sent, of one colour. */
export async function readyPicture(ground = '#206030'): Promise<ServicePicture> {
  const jpeg = await plainPicture({ width: 120, height: 80, ground });
  const content = { left: 0, top: 0, width: 120, height: 80 };
  return { bytes: { jpeg, widthPixels: 120, heightPixels: 80, content } };
}

/** The error of work that has to fail. */
export async function failureOf(work: Promise<unknown>): Promise<ServiceError> {
  try {
    await work;
  } catch (error) {
    if (error instanceof ServiceError) return error;
    throw error;
  }
  throw new Error('It did not fail.');
}

/** Everything that an error says, with its fields, its stack and its causes. */
export function wordsOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  const fields = Object.entries(error).map(([name, value]) => `${name}=${String(value)}`);
  return [error.message, error.stack, ...fields, wordsOf(error.cause)].join('\n');
}
