import type { ServiceId } from '../../shared/services.ts';
import type { ReadableDB } from '../library/database.ts';
import { isRunOver, runsToEnd } from '../library/tagging/startRun.ts';
import type { Writer } from '../library/writer.ts';
import type { Logger } from '../log.ts';

export type RunEnds = {
  /** A job of this run ended: notes the end of the run if it was the last one. */
  check(runId: number): void;
  /** Notes the end of every run that is over. */
  checkAll(): void;
};

/** Notes that runs of a service are over, and tells. */
export function createRunEnds(options: {
  readonly service: ServiceId;
  readonly db: ReadableDB;
  readonly writer: Pick<Writer, 'run'>;
  readonly logger: Logger;
  readonly now: () => number;
  readonly onEnded: (runId: number) => void;
}): RunEnds {
  const { service, db, writer, logger } = options;
  const ending = new Set<number>();
  const checkAll = (): void => {
    for (const runId of runsToEnd(db, service)) {
      if (ending.has(runId)) continue;
      ending.add(runId);
      writer
        .run('endRun', { runId, now: options.now() })
        .then(
          () => options.onEnded(runId),
          (error: unknown) =>
            logger.error('end of the run not noted', { service, runId, error: String(error) }),
        )
        .finally(() => ending.delete(runId));
    }
  };
  return {
    check(runId) {
      if (isRunOver(db, runId)) checkAll();
    },
    checkAll,
  };
}
