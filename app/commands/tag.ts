/** `tag`: asks a cloud service what is in photos, and says before and after what it costs. */
import type { ServiceId, TagEstimate, TagSummary } from '../../shared/services.ts';
import { type Command, type CommandContext, counted, type Outcome } from './command.ts';
import { duration, moneyText, number, sizeText } from './figures.ts';
import { stopKind } from './status.ts';
import { table } from './table.ts';

export type TagOptions = {
  readonly service: ServiceId;
  readonly query: string;
  /** Most photos. */
  readonly limit?: number;
  readonly maxCalls?: number;
  readonly again: boolean;
  readonly dryRun: boolean;
};

/** How often the progress is looked at. */
const LOOK_EVERY_MS = 500;

export function tagPhotos(options: TagOptions): Command {
  return async (context) => {
    const { client, signal, progress, environment } = context;
    const { service, query, limit, maxCalls, again } = options;
    const wanted = {
      service,
      target: { query },
      again,
      environment,
      ...(limit === undefined ? {} : { limit }),
      ...(maxCalls === undefined ? {} : { maxCalls }),
    };
    const startedMs = performance.now();
    const estimate = await client.tagging.estimate(wanted, { signal });
    const nothing = (seconds: number): TagSummary => withoutCalls(estimate, seconds);
    if (options.dryRun) {
      const summary = { ...nothing(elapsedSeconds(startedMs)), calls: estimate.calls };
      return { json: summaryJson(summary), text: estimateText(estimate) };
    }
    progress.note(estimateText(estimate));
    if (again && estimate.calls > 0 && context.ask) {
      if (!(await context.ask('Send these photos again? [y/N] '))) {
        return {
          json: summaryJson(nothing(elapsedSeconds(startedMs))),
          text: 'Nothing was sent.',
        };
      }
    }
    const { runId } = await client.tagging.start(wanted, { signal });
    const summary =
      runId === null ? nothing(elapsedSeconds(startedMs)) : await waitFor(context, service, runId);
    return outcomeOf(summary);
  };
}

/** Shows how it goes until the run is over or its service stopped. */
async function waitFor(
  { client, isRemote, signal, progress }: CommandContext,
  service: ServiceId,
  runId: number,
): Promise<TagSummary> {
  const tellThatItGoesOn = (): void =>
    progress.note('The photos are still being sent by the Tagroll that is open; pause it there.');
  if (isRemote) signal.addEventListener('abort', tellThatItGoesOn, { once: true });
  const ended = new AbortController();
  const look = async (): Promise<void> => {
    const { lanes } = await client.tagging.status(undefined, { signal: ended.signal });
    const lane = lanes.find((candidate) => candidate.service === service);
    if (lane && !ended.signal.aborted) progress.lane(lane);
  };
  // It only informs: what goes wrong with it is told by the run itself.
  const timer = setInterval(() => look().catch(() => undefined), LOOK_EVERY_MS);
  try {
    return await client.tagging.wait({ runId }, { signal });
  } finally {
    clearInterval(timer);
    ended.abort();
    signal.removeEventListener('abort', tellThatItGoesOn);
    progress.end();
  }
}

/** What is known before anything was sent. */
function withoutCalls(estimate: TagEstimate, seconds: number): TagSummary {
  const { service, considered, alreadyKnown, estimatedCost, currency } = estimate;
  return {
    service,
    runId: null,
    considered,
    alreadyKnown,
    calls: 0,
    photosTagged: 0,
    tagsWritten: 0,
    failed: [],
    stopped: null,
    estimatedCost,
    cost: estimatedCost === null ? null : 0,
    currency,
    seconds,
  };
}

export function outcomeOf(summary: TagSummary): Outcome {
  const stop = summary.stopped ? stopKind(summary.stopped.code) : null;
  return {
    json: summaryJson(summary),
    text: summaryText(summary),
    hasFailures: summary.failed.length > 0 || stop === 'trouble',
    isRefused: stop === 'refusal',
  };
}

/** The fields that other programs may rely on, in their order. */
export function summaryJson(summary: TagSummary): object {
  return {
    service: summary.service,
    considered: summary.considered,
    alreadyKnown: summary.alreadyKnown,
    calls: summary.calls,
    photosTagged: summary.photosTagged,
    tagsWritten: summary.tagsWritten,
    failed: summary.failed.map(({ path, code, message }) => ({ path, code, message })),
    stopped: summary.stopped
      ? { code: summary.stopped.code, message: summary.stopped.message }
      : null,
    estimatedCost: summary.estimatedCost,
    cost: summary.cost,
    currency: summary.currency,
    seconds: summary.seconds,
  };
}

/** "huawei-tagging: 250 calls for 300 photos, about CNY 1.50, 80 MB, 2 min". */
export function estimateText(estimate: TagEstimate): string {
  const { service, considered, alreadyKnown, neverUpload, unavailable, calls, callsLeft } =
    estimate;
  const parts = [`${service}: ${counted(calls, 'call')} for ${counted(considered, 'photo')}`];
  if (alreadyKnown > 0) parts.push(`${number(alreadyKnown)} known already`);
  if (neverUpload > 0) parts.push(`${number(neverUpload)} in folders that are never uploaded`);
  if (unavailable > 0) parts.push(`${number(unavailable)} cannot be sent now`);
  if (calls > 0) {
    parts.push(
      estimate.estimatedCost === null
        ? 'price not set'
        : `about ${moneyText(estimate.estimatedCost, estimate.currency)}`,
      sizeText(estimate.bytes),
      duration(estimate.seconds),
    );
  }
  if (callsLeft !== null && callsLeft < calls) {
    parts.push(`this month's cap leaves ${counted(callsLeft, 'call')}`);
  }
  if (!estimate.configured) parts.push('the account is not set up');
  return parts.join(' · ');
}

function summaryText(summary: TagSummary): string {
  const { service, considered, alreadyKnown, calls, failed, stopped, cost, currency } = summary;
  const lines = [
    `${service}: ${counted(summary.photosTagged, 'photo')} tagged with ${counted(summary.tagsWritten, 'tag')} in ${duration(summary.seconds)}`,
    `${counted(considered, 'photo')} considered, ${number(alreadyKnown)} known already, ${counted(calls, 'call')}, cost ${cost === null ? 'unknown (price not set)' : moneyText(cost, currency)}`,
  ];
  if (stopped) lines.push(`Stopped: ${stopped.message}`);
  if (failed.length > 0) {
    const columns = [{ title: 'Reason' }, { title: 'File' }, { title: 'Detail' }];
    const rows = failed.map(({ path, code, message }) => [code, path, message]);
    lines.push('', `${counted(failed.length, 'photo')} could not be tagged:`, table(columns, rows));
  }
  return lines.join('\n');
}

function elapsedSeconds(startedMs: number): number {
  return Math.round((performance.now() - startedMs) / 10) / 100;
}
