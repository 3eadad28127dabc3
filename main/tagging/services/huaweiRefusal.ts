import { z } from 'zod';
import { classOf } from '../../../shared/serviceErrors/index.ts';
import type { Reply } from '../http.ts';
import { redactor } from '../redact.ts';
import type { ServiceError } from '../types.ts';
import type { HuaweiPass } from './huaweiAccess.ts';
import { refusal } from './refusal.ts';

const SERVICE = 'huawei-tagging';
/** The document lists this sentence without a code, under HTTP 400. */
const TOO_FAST = /sent too fast|exceeds the default rate limit|over ratelimit|请求发送太快/i;
const CLOCK_CODES = ['APIG.0301', 'APIGW.0301', 'http.401', 'http.403'];

const text = z.string().nullish().catch(null);
const answerSchema = z.object({ error_code: text, error_msg: text }).catch({
  error_code: null,
  error_msg: null,
});

/** An answer of Huawei or of its gateway that is no result, as an error. */
export function huaweiRefusal(
  reply: Reply,
  options: { readonly pass: HuaweiPass; readonly usesTokens: boolean; readonly nowMs: number },
): ServiceError {
  const answer = answerSchema.parse(reply.json);
  const message = answer.error_msg ?? '';
  const given = answer.error_code?.trim() || null;
  const isTooFast =
    reply.status === 400 &&
    TOO_FAST.test(message) &&
    (given === null || classOf(SERVICE, given) !== 'wait');
  const code = isTooFast ? 'throttled' : given;
  const isSignIn = code !== null && classOf(SERVICE, code) === 'sign-again';
  return refusal({
    service: SERVICE,
    reply,
    code,
    text: message,
    errorClass: isSignIn ? options.pass.refused() : undefined,
    // A token does not depend on our clock.
    clockCodes: options.usesTokens ? [] : CLOCK_CODES,
    nowMs: options.nowMs,
    redact: redactor(options.pass.secrets),
  });
}

/** Whether an answer names an error, whatever its HTTP status. */
export function isHuaweiRefusal(reply: Reply): boolean {
  return (
    reply.status < 200 || reply.status > 299 || Boolean(answerSchema.parse(reply.json).error_code)
  );
}
