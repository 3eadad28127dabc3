import { keepPreviousData, queryOptions } from '@tanstack/react-query';
import { isSerializedError, TagrollError } from '../../shared/errors.ts';
import type { Failure } from '../../shared/model.ts';
import type { ServiceId, Upload } from '../../shared/services.ts';
import { uploadsCsv } from '../../shared/uploadsCsv.ts';
import { client, sentPictureUrl } from '../api/client.ts';
import { queryKeys } from '../api/queryKeys.ts';
import { translate } from '../i18n/index.ts';
import { attempt } from '../state/report.ts';
import { showToast } from '../state/toasts.ts';
import { type JpegFacts, jpegFacts } from './jpegFacts.ts';
import { saveText } from './saveText.ts';

/** More of one photo nobody looks at; the whole ledger has them. */
const OF_A_PHOTO = 200;
/** Uploads of the ledger that are fetched at once. */
export const LEDGER_PAGE = 100;
/** The same for a table of all of them. */
const EXPORT_PAGE = 5000;

type FailureCode = Failure['code'];

/** Reasons that have a sentence of their own. */
const FAILURES: readonly FailureCode[] = [
  'empty_file',
  'not_an_image',
  'damaged',
  'too_large',
  'unreadable',
  'vanished',
  'decoder_crashed',
  'timed_out',
  'out_of_memory',
  'unsupported',
];

/** What of a photo left this computer, newest first. */
export function photoUploadsQuery(photoId: number) {
  return queryOptions({
    queryKey: [...queryKeys.uploads, 'photo', photoId],
    queryFn: ({ signal }) => client.tagging.uploads({ photoId, limit: OF_A_PHOTO }, { signal }),
  });
}

/** A page of the ledger, of all services when none is named. */
export function ledgerPageQuery(service: ServiceId | null, page: number) {
  return queryOptions({
    queryKey: [...queryKeys.uploads, 'ledger', service, page],
    queryFn: ({ signal }) =>
      client.tagging.uploads(
        { limit: LEDGER_PAGE, offset: page * LEDGER_PAGE, ...named(service) },
        { signal },
      ),
    placeholderData: keepPreviousData,
  });
}

/** What was sent to each service ever, and what it cost. */
export const uploadTotalsQuery = queryOptions({
  queryKey: [...queryKeys.uploads, 'totals'],
  queryFn: async ({ signal }) => (await client.tagging.uploadTotals(undefined, { signal })).totals,
});

/** Saves the ledger, or a service's part of it, as a table for other programs. */
export function exportLedger(service: ServiceId | null): Promise<boolean> {
  return attempt(async () => {
    const uploads = await allUploads(service);
    // Without the mark spreadsheets take the text for one of an older encoding.
    saveText(`tagroll-${service ?? 'sent'}.csv`, `\uFEFF${uploadsCsv(uploads)}`, 'text/csv');
    showToast({ kind: 'success', text: translate('sent.exported', { count: uploads.length }) });
  });
}

async function allUploads(service: ServiceId | null): Promise<readonly Upload[]> {
  const found = new Map<number, Upload>();
  for (let offset = 0; ; offset += EXPORT_PAGE) {
    const { total, uploads } = await client.tagging.uploads({
      limit: EXPORT_PAGE,
      offset,
      ...named(service),
    });
    // While more are sent, a page may begin with what the one before ended with.
    for (const upload of uploads) found.set(upload.id, upload);
    if (uploads.length === 0 || offset + uploads.length >= total) return [...found.values()];
  }
}

function named(service: ServiceId | null) {
  return service === null ? {} : { service };
}

/** The very bytes that a service would get. */
export type SentPicture = { readonly jpeg: Blob; readonly facts: JpegFacts };

/** The picture that a service would get of a photo, or why there is none. Nothing is sent. */
export function sentPictureQuery(photoId: number, service: ServiceId) {
  return queryOptions({
    queryKey: [...queryKeys.estimate, 'picture', photoId, service],
    queryFn: async ({ signal }): Promise<SentPicture | { readonly failure: FailureCode }> => {
      const response = await fetch(sentPictureUrl(photoId, service), { signal });
      if (!response.ok) return { failure: await failureOf(response) };
      const jpeg = await response.blob();
      return { jpeg, facts: jpegFacts(new Uint8Array(await jpeg.arrayBuffer())) };
    },
    // Megabytes, and different after any change of the settings.
    gcTime: 0,
    retry: false,
  });
}

/** Why a photo cannot be sent. Throws what is not about the photo. */
async function failureOf(response: Response): Promise<FailureCode> {
  const body: unknown = await response.json().catch(() => null);
  if (!isSerializedError(body)) {
    throw new TagrollError('internal', `Status ${response.status}`, {});
  }
  const said: string = body.code;
  const known = FAILURES.find((code) => code === said);
  if (known) return known;
  throw new TagrollError(body.code, body.message, body.data);
}
