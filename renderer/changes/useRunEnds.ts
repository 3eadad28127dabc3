import { useEffect, useRef } from 'react';
import type { LaneState } from '../../shared/services.ts';
import { queryClient } from '../api/queryClient.ts';
import { translate } from '../i18n/index.ts';
import { reportError } from '../state/report.ts';
import { showToast } from '../state/toasts.ts';
import { useLanes } from '../tagging/queries.ts';
import { endedRuns, type ServiceRun } from './endedRuns.ts';
import { openRunChanges } from './openRunChanges.ts';
import { runsQuery } from './queries.ts';

/** Tells when a run has ended that changed tags which were there before. */
export function useRunEnds(): void {
  const lanes = useLanes();
  const before = useRef<readonly LaneState[]>([]);
  useEffect(() => {
    if (!lanes) return;
    const ended = endedRuns(before.current, lanes);
    before.current = lanes;
    if (ended.length > 0) tellChanges(ended).catch(reportError);
  }, [lanes]);
}

async function tellChanges(ended: readonly ServiceRun[]): Promise<void> {
  const runs = await queryClient.fetchQuery({ ...runsQuery, staleTime: 0 });
  for (const { service, runId } of ended) {
    const changed = runs.find(({ id }) => id === runId)?.photosChanged ?? 0;
    if (changed === 0) continue;
    showToast({
      text: translate('changes.ended', {
        count: changed,
        service: translate(`services.names.${service}`),
      }),
      action: { label: translate('changes.see'), run: () => openRunChanges(runId) },
    });
  }
}
