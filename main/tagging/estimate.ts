/** What a run would send, cost and take. Nothing is sent. */
import type { ServiceId, TagEstimate } from '../../shared/services.ts';
import { type Settings, serviceSetting } from '../../shared/settings.ts';
import type { ReadableDB } from '../library/database.ts';
import { listUploads, MICROS, spendingOf } from '../library/tagging/ledger.ts';
import { meanUploadPixels } from '../library/tagging/startRun.ts';
import type { RunPlan } from '../library/tagging/types.ts';
import { callPrice, callsLeft, costMicros } from './budget.ts';
import type { ReadyService } from './readyServices.ts';
import { monthOf } from './usage.ts';

/** Uploads that tell how many bytes a pixel takes. */
const COMPARED_UPLOADS = 50;
/** Before the first upload: a JPEG of quality 85, and base64 should the service not be set up yet. */
const BYTES_PER_PIXEL = 0.25;
const USUAL_OVERHEAD = 4 / 3;
/** A photo of which nothing is known: 4:3, in the size that is usually sent. */
const USUAL_PIXELS = 2048 * 1536;
const USUAL_LONG_SIDE = 2048;
/** Time of one call, before any was made. */
const USUAL_CALL_SECONDS = 1;

export function estimateRun(options: {
  readonly db: ReadableDB;
  readonly settings: Settings;
  readonly service: ServiceId;
  readonly plan: RunPlan;
  readonly limit: number | null;
  readonly maxCalls: number | null;
  /** Null: it is not set up. */
  readonly ready: ReadyService | null;
  /** As measured lately; 0: not known. */
  readonly callsPerSecond: number;
  readonly now: number;
}): TagEstimate {
  const { db, settings, service, plan } = options;
  const price = callPrice(settings, service);
  const spent = spendingOf(db, service, monthOf(options.now));
  // What waits already is asked about by the new run.
  const wanted = plan.photoIds.length + plan.waitingAlready;
  const calls = Math.min(wanted, options.limit ?? wanted, options.maxCalls ?? wanted);
  const cost = costMicros(price, spent, calls);
  return {
    service,
    considered: plan.considered,
    alreadyKnown: plan.alreadyKnown,
    neverUpload: plan.neverUpload,
    unavailable: plan.unavailable,
    calls,
    estimatedCost: cost === null ? null : cost / MICROS,
    currency: price.currency,
    bytes: Math.round(calls * bytesPerCall(options)),
    seconds: Math.ceil(calls / callRate(settings, service, options.callsPerSecond)),
    callsLeft: callsLeft(price, spent),
    configured: options.ready !== null,
  };
}

/** Pixels as they would be sent, at the bytes a pixel of the last uploads took. */
function bytesPerCall(options: {
  readonly db: ReadableDB;
  readonly service: ServiceId;
  readonly plan: RunPlan;
  readonly ready: ReadyService | null;
}): number {
  const { db, service, ready } = options;
  const side = ready?.longSidePixels ?? USUAL_LONG_SIDE;
  const pixels = meanUploadPixels(db, options.plan.photoIds, side) ?? USUAL_PIXELS;
  const { uploads } = listUploads(db, { service, limit: COMPARED_UPLOADS, offset: 0 });
  const photos = uploads.filter((upload) => upload.path !== null);
  if (photos.length > 0) {
    const bytes = photos.reduce((sum, upload) => sum + upload.bytes, 0);
    return (pixels * bytes) / photos.reduce((sum, { width, height }) => sum + width * height, 0);
  }
  const jpegBytes = Math.round(pixels * BYTES_PER_PIXEL);
  if (!ready) return jpegBytes * USUAL_OVERHEAD;
  return ready.service.bodyBytes([Math.min(jpegBytes, ready.service.maxJpegBytes)]);
}

function callRate(settings: Settings, service: ServiceId, measured: number): number {
  const ceiling = serviceSetting(settings, service, 'callsPerSecond') ?? Number.POSITIVE_INFINITY;
  const usual = serviceSetting(settings, service, 'concurrency') / USUAL_CALL_SECONDS;
  return Math.min(ceiling, measured > 0 ? measured : usual);
}
