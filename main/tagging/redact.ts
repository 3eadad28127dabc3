/** Keeps keys, signatures and tokens out of every text that leaves an adapter. */

export type Redact = (text: string) => string;

const MAX_CHARACTERS = 300;
/** Shorter ones would blank out ordinary words, and no key is that short. */
const MIN_SECRET_CHARACTERS = 4;
const SIGNATURES = /SDK-HMAC-SHA256\b.*?(?:Signature=\S*|$)|[A-Za-z0-9+/_=-]{80,}/g;

/**
 * A function that makes a service's own words fit for a message: without these secrets (plain, base64 or
 * percent-encoded), without anything that looks like a signature or a token, one line, 300 characters.
 */
export function redactor(secrets: readonly string[]): Redact {
  const hidden = secrets
    .filter((secret) => secret.length >= MIN_SECRET_CHARACTERS)
    .flatMap((secret) => [
      secret,
      encodeURIComponent(secret.toWellFormed()),
      Buffer.from(secret).toString('base64'),
    ])
    .sort((a, b) => b.length - a.length);
  return (text) => {
    let clean = text.slice(0, 20 * MAX_CHARACTERS);
    for (const secret of hidden) clean = clean.replaceAll(secret, '…');
    return clean.replace(SIGNATURES, '…').replace(/\s+/g, ' ').trim().slice(0, MAX_CHARACTERS);
  };
}
