/** Where requests go: an account's address replaces scheme, host and port; the document's path stays. */
import type { AccountValues, ConfigurationProblem } from '../types.ts';

/** An origin, or why there is none. */
export type Address =
  | { readonly origin: string }
  | { readonly problem: 'not_an_address' | 'not_encrypted' };

/** What a person typed. The documents print hosts without a scheme: those mean https. */
export function readAddress(text: string): Address {
  const url = parseUrl(/^[a-z][a-z0-9+.-]*:\/\//i.test(text) ? text : `https://${text}`);
  if (url === null || url.username !== '' || url.password !== '')
    return { problem: 'not_an_address' };
  if (url.protocol === 'https:') return { origin: url.origin };
  if (url.protocol !== 'http:') return { problem: 'not_an_address' };
  return isLoopback(url.hostname) ? { origin: url.origin } : { problem: 'not_encrypted' };
}

/** The origin in force; empty where what was typed cannot be used. */
export function originOf(typed: string | undefined, usual: string): string {
  if (typed === undefined || typed.trim() === '') return usual;
  const address = readAddress(typed.trim());
  return 'origin' in address ? address.origin : '';
}

/** A field of an account that is no address which may be used, or null. */
export function addressProblem(
  account: AccountValues,
  field: string,
): NonNullable<ConfigurationProblem['invalid']> | null {
  const typed = account[field]?.trim() ?? '';
  if (typed === '') return null;
  const address = readAddress(typed);
  return 'problem' in address ? { field, code: address.problem } : null;
}

/** Fields without a value. */
export function missingFields(
  account: AccountValues,
  needed: readonly string[],
): readonly string[] {
  return needed.filter((field) => (account[field]?.trim() ?? '') === '');
}

/** Photos and keys would travel in the clear to anywhere else. */
function isLoopback(hostname: string): boolean {
  // The URL parser has already written every form of an IPv4 address with four decimal numbers.
  return hostname === 'localhost' || hostname === '[::1]' || /^127(\.\d{1,3}){3}$/.test(hostname);
}

function parseUrl(text: string): URL | null {
  return URL.canParse(text) ? new URL(text) : null;
}
