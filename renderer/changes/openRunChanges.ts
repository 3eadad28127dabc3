import { openDialog } from '../state/dialogs.ts';

/** Shows what a run that tagged photos again changed. */
export function openRunChanges(runId: number): void {
  openDialog({ kind: 'run-changes', runId });
}
