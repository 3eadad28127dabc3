/** Services as a person sees them: what they are, how far they are set up, what they were used for. */
import {
  ACCOUNT_FIELDS,
  SERVICE_IDS,
  type ServiceId,
  type ServiceInfo,
} from '../../shared/services.ts';
import type { Settings } from '../../shared/settings.ts';
import type { ReadableDB } from '../library/database.ts';
import type { Accounts, ServiceEnvironment } from './accounts.ts';
import { ADAPTERS } from './services/registry.ts';
import { usageOf } from './usage.ts';

export type ServiceInfoParts = {
  readonly db: ReadableDB;
  readonly settings: () => Settings;
  readonly accounts: Pick<Accounts, 'values' | 'fromEnvironment'>;
  readonly now: () => number;
};

/** All services in their order. Secret values are only told to be there. */
export async function listServices(
  parts: ServiceInfoParts,
  override?: ServiceEnvironment,
): Promise<ServiceInfo[]> {
  const found: ServiceInfo[] = [];
  for (const id of SERVICE_IDS) found.push(await serviceInfo(parts, id, override));
  return found;
}

async function serviceInfo(
  parts: ServiceInfoParts,
  id: ServiceId,
  override?: ServiceEnvironment,
): Promise<ServiceInfo> {
  const adapter = ADAPTERS[id];
  const { account, names, kind, limits, standing, closesOn } = adapter;
  const values = await parts.accounts.values(account, override);
  const problem = adapter.check(values);
  const fields: Record<string, string> = {};
  for (const field of ACCOUNT_FIELDS[account].plain) {
    const value = values[field];
    if (value !== undefined) fields[field] = value;
  }
  return {
    id,
    account,
    names,
    kind,
    configured: problem === null,
    missing: problem?.missing ?? [],
    invalid: problem?.invalid ?? null,
    limits,
    standing,
    closesOn,
    secretsSet: ACCOUNT_FIELDS[account].secret.filter((field) => values[field] !== undefined),
    fromEnvironment: parts.accounts.fromEnvironment(account, override),
    fields,
    address: adapter.address(values) || null,
    usage: usageOf(parts.db, parts.settings(), id, parts.now()),
  };
}
