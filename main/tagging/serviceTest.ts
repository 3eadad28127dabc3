/** A connection test: one real call with a built-in picture, booked like any other. */
import type { ServiceTest } from '../../shared/services.ts';
import type { CallPrice } from '../library/tagging/types.ts';
import type { Bookkeeper } from './bookkeeper.ts';
import { capReason } from './laneStanding.ts';
import { TEST_PICTURE } from './testPicture.ts';
import { type Service, type ServiceAdapter, ServiceError } from './types.ts';
import { monthOf } from './usage.ts';

/** Answers what the service said. Rejects with a `TagrollError` when the library cannot be written. */
export async function testService(options: {
  readonly adapter: ServiceAdapter;
  readonly service: Service;
  readonly books: Bookkeeper;
  readonly price: CallPrice;
  readonly timeoutMs: number;
  readonly now: () => number;
  readonly signal: AbortSignal;
}): Promise<ServiceTest> {
  const { adapter, service, books, now } = options;
  const picture = TEST_PICTURE;
  const begun = await books.begin({
    service: service.id,
    runId: null,
    month: monthOf(now()),
    now: now(),
    variant: service.variant,
    price: options.price,
    pictures: [
      {
        job: null,
        bytes: service.bodyBytes([picture.jpeg.length]),
        widthPixels: picture.widthPixels,
        heightPixels: picture.heightPixels,
      },
    ],
  });
  if ('refused' in begun) {
    const code = begun.refused === 'cap_money' ? 'cap_money' : 'cap_calls';
    return { ok: false, ...capReason(adapter.names.en, code), tags: [] };
  }
  const { uploadIds } = begun;
  const { signal, timeoutMs } = options;
  try {
    const [answer] = await service.tag([{ bytes: picture }], { signal, timeoutMs });
    if (!answer) throw new Error('no answer');
    await books.write('finish', {
      service: service.id,
      now: now(),
      variant: service.variant,
      answers: uploadIds.map((uploadId) => ({
        uploadId,
        job: null,
        tags: answer.tags,
        body: answer.body,
        requestId: answer.requestId,
        parameters: service.parameters,
      })),
    });
    return {
      ok: true,
      code: null,
      message: `${adapter.names.en} answered with ${answer.tags.length} tags.`,
      tags: answer.tags.map(({ names, type, confidence }) => ({ names, type, confidence })),
    };
  } catch (error) {
    if (!(error instanceof ServiceError)) throw error;
    if (error.sent) {
      await books.write('fail', {
        now: now(),
        uploads: uploadIds,
        uploadState: 'refused',
        code: error.code,
        message: error.message,
        requestId: error.requestId,
        jobs: [],
      });
    } else {
      const { code, message } = error;
      await books.write('release', { uploadIds, jobIds: [], retryAt: null, code, message });
    }
    return { ok: false, code: error.code, message: error.message, tags: [] };
  }
}
