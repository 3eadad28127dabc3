import type { ServiceId } from '../../shared/services.ts';
import { serviceFailure } from './failure.ts';
import type { Redact } from './redact.ts';
import type { ServiceError } from './types.ts';

/** Codes with which Node says that the other side's certificate or encryption is not to be trusted. */
const TLS =
  /^(ERR_TLS_|ERR_SSL_|CERT_|CRL_|UNABLE_TO_|EPROTO$|ERROR_IN_C|DEPTH_ZERO_SELF_SIGNED_CERT$|SELF_SIGNED_CERT_IN_CHAIN$|INVALID_(CA|PURPOSE)$|PATH_LENGTH_EXCEEDED$|HOSTNAME_MISMATCH$)/;
const TIMEOUT = /^(UND_ERR_(HEADERS|BODY)_TIMEOUT|ETIMEDOUT)$/;
const PROXY = /^ERR_PROXY|proxy response|proxy authentication/i;
/** An answer that is no HTTP, or not in the encoding that it says. */
const BROKEN_ANSWER = /^(HPE_|Z_|ERR__ERROR_|UND_ERR_INVALID_ARG|ERR_INVALID_CHAR)/;

/**
 * What a rejected `fetch` or a broken answer means. `began` says whether the body began to leave: without
 * it the code tells why the service was never reached, with it what became of a call that may be paid.
 */
export function networkFailure(options: {
  readonly service: ServiceId;
  readonly error: unknown;
  readonly began: boolean;
  readonly redact: Redact;
}): ServiceError {
  const { service, error, began, redact } = options;
  const { code, name, message } = deepest(error);
  return serviceFailure({
    service,
    code: ownCode({ code, name, message, began }),
    sent: began,
    detail: redact(code === '' ? message : `${code}: ${message}`),
    // Never the thrown error itself: it may hold headers or a piece of the request.
    cause: new Error(redact(`${name} ${code}`)),
  });
}

function ownCode(thrown: Thrown & { readonly began: boolean }): string {
  const { code, name, message, began } = thrown;
  if (message === 'unexpected redirect') return 'redirected';
  // fetch answers 407 with an error that says nothing at all; nothing else does.
  if (PROXY.test(code) || PROXY.test(message) || (message === '' && code === '')) return 'proxy';
  if (TLS.test(code)) return 'tls';
  if (!began) return 'network';
  if (TIMEOUT.test(code)) return 'timed_out';
  if (name === 'HTTPParserError' || BROKEN_ANSWER.test(code)) return 'garbage_answer';
  return 'connection_lost';
}

type Thrown = { readonly code: string; readonly name: string; readonly message: string };

/** The error at the bottom of the causes: fetch wraps what happened. Of several tries, the last. */
function deepest(error: unknown): Thrown {
  let bottom = error;
  for (let depth = 0; depth < 8 && bottom instanceof Error; depth++) {
    const next = bottom instanceof AggregateError ? bottom.errors.at(-1) : bottom.cause;
    if (!(next instanceof Error)) break;
    bottom = next;
  }
  if (!(bottom instanceof Error)) return { code: '', name: 'Error', message: String(bottom) };
  const code = 'code' in bottom && typeof bottom.code === 'string' ? bottom.code : '';
  return { code, name: bottom.name, message: bottom.message };
}
