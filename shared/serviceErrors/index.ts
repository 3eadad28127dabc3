/**
 * What every error code of every service means: its class, and what a person reads about it. The codes
 * are the service's own ("15", "AIS.0502"), HTTP statuses ("http.413"), or ours ("network").
 */
import type { ServiceId } from '../services.ts';
import { COMMON_ERRORS } from './common.ts';
import { HUAWEI_ERRORS } from './huawei.ts';
import { HUAWEI_STATUSES } from './huaweiStatuses.ts';
import type { ErrorRow, ErrorTable, Explanation, ServiceErrorClass } from './rows.ts';
import { TENCENT_ERRORS, TENCENT_NEWER_ERRORS } from './tencent.ts';

const newerTencent: readonly ErrorTable[] = [TENCENT_NEWER_ERRORS, TENCENT_ERRORS, COMMON_ERRORS];

/** The first table that has a code wins. */
const TABLES: Readonly<Record<ServiceId, readonly ErrorTable[]>> = {
  'tencent-tag': [TENCENT_ERRORS, COMMON_ERRORS],
  'tencent-classify': newerTencent,
  'huawei-tagging': [HUAWEI_ERRORS, HUAWEI_STATUSES, COMMON_ERRORS],
  'tencent-terrorism': newerTencent,
  'tencent-porn': newerTencent,
};

/** Every code that has a row for a service, ours included. */
export function knownCodes(service: ServiceId): readonly string[] {
  return [...new Set(TABLES[service].flatMap((table) => Object.keys(table)))];
}

/** What is done about a code; null: it is in no table. Some answers make it another class: the adapters know. */
export function classOf(service: ServiceId, code: string): ServiceErrorClass | null {
  return rowOf(service, code)?.errorClass ?? null;
}

/** What a person reads about a code; null: it is in no table and shown verbatim. */
export function explainServiceError(
  service: ServiceId,
  code: string,
  language: 'en' | 'zh',
): Explanation | null {
  return rowOf(service, code)?.[language] ?? null;
}

function rowOf(service: ServiceId, code: string): ErrorRow | null {
  // The code comes from outside: "constructor" must find nothing.
  return TABLES[service].find((table) => Object.hasOwn(table, code))?.[code] ?? null;
}
