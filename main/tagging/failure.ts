import { classOf, explainServiceError } from '../../shared/serviceErrors/index.ts';
import type { ServiceId } from '../../shared/services.ts';
import { type ErrorClass, ServiceError } from './types.ts';

/** The services' own names, in English and Chinese. */
export const SERVICE_NAMES: Readonly<
  Record<ServiceId, { readonly en: string; readonly zh: string }>
> = {
  'tencent-tag': { en: 'Tencent Image Tags V1', zh: '腾讯云图片标签 V1' },
  'tencent-classify': { en: 'Tencent Image Tags V2', zh: '腾讯云图片标签 V2' },
  'huawei-tagging': { en: 'Huawei Image Tagging', zh: '华为云图像标签' },
  'tencent-terrorism': { en: 'Tencent Violence Detection', zh: '腾讯云暴恐识别' },
  'tencent-porn': { en: 'Tencent Porn Detection', zh: '腾讯云图片鉴黄' },
};

/** The code of a success that is a web page: something on the way answered, not the service. */
export const SIGN_IN_PAGE = 'sign_in_page';

/**
 * Whether the service was never reached, as far as can be told: the network is to blame then, not the photo. A
 * call that something on the way answered was sent and is counted all the same.
 */
export function isUnreached(error: Pick<ServiceError, 'sent' | 'code'>): boolean {
  return !error.sent || error.code === SIGN_IN_PAGE;
}

/**
 * An error of a service by its code: the class from the table unless given, the message in the table's
 * words. `detail` is appended and must hold no secret.
 */
export function serviceFailure(options: {
  readonly service: ServiceId;
  readonly code: string;
  readonly sent: boolean;
  readonly detail?: string;
  readonly errorClass?: ErrorClass | undefined;
  readonly retryAfterMs?: number | null;
  readonly requestId?: string | null;
  readonly cause?: unknown;
}): ServiceError {
  const { service, code, detail } = options;
  const tableClass = classOf(service, code);
  const explanation = explainServiceError(service, code, 'en');
  const words = explanation
    ? `${explanation.sentence} ${explanation.nextStep}`
    : `It answered with a code that is in no table (${code}); the photo is tried again twice, then left out.`;
  return new ServiceError({
    errorClass: options.errorClass ?? tableClass ?? 'retry',
    code,
    message: `${SERVICE_NAMES[service].en}: ${words}${detail ? ` (${detail})` : ''}`,
    sent: options.sent,
    retryAfterMs: options.retryAfterMs ?? null,
    requestId: options.requestId ?? null,
    known: tableClass !== null,
    cause: options.cause,
  });
}
