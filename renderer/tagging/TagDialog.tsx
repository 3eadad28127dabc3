import { useQuery } from '@tanstack/react-query';
import { TriangleAlert } from 'lucide-react';
import { useEffect, useId, useState } from 'react';
import type { ServiceId } from '../../shared/services.ts';
import { toTagrollError } from '../api/client.ts';
import { useFormat } from '../i18n/format.ts';
import { errorText, useTranslation } from '../i18n/index.ts';
import { useServices } from '../services/queries.ts';
import type { PhotoTarget } from '../state/dialogs.ts';
import { Button } from '../ui/Button.tsx';
import { Dialog } from '../ui/Dialog.tsx';
import { Skeleton } from '../ui/Skeleton.tsx';
import { EstimateFacts } from './EstimateFacts.tsx';
import { estimateQuery, startTagging } from './queries.ts';
import { firstService, rememberService } from './remembered.ts';
import { ServiceChoice } from './ServiceChoice.tsx';
import styles from './TagDialog.module.css';
import { type RunOptions, TagOptions } from './TagOptions.tsx';
import { tagPlan } from './tagPlan.ts';
import { WhatLeaves } from './WhatLeaves.tsx';

export type TagDialogProps = {
  readonly target: PhotoTarget;
  readonly service: ServiceId | undefined;
  readonly onClose: () => void;
};

/** Asks which service, says what is sent and what it costs, and sends nothing before the click. */
export function TagDialog({ target, service: asked, onClose }: TagDialogProps) {
  const { t } = useTranslation();
  const format = useFormat();
  const key = useId();
  const services = useServices()?.services;
  const [chosen, setChosen] = useState<ServiceId | null>(asked ?? null);
  const [options, setOptions] = useState<RunOptions>({
    again: false,
    maxCalls: null,
    settled: true,
  });
  const [busy, setBusy] = useState(false);
  useEffect(() => {
    if (chosen === null && services) setChosen(firstService(services));
  }, [chosen, services]);
  const service = services?.find(({ id }) => id === chosen) ?? null;
  const choice = service?.configured ? { service: service.id, target, ...options } : null;
  const estimate = useQuery(estimateQuery(choice, key));
  // Figures of other options stay on screen while new ones are counted, but nothing is sent by them.
  const isCurrent = estimate.data !== undefined && !estimate.isPlaceholderData && options.settled;
  const plan = tagPlan(service, isCurrent ? estimate.data : null, t, format);
  const start = async (): Promise<void> => {
    if (!choice || plan.hindrance !== null) return;
    setBusy(true);
    const went = await startTagging(choice);
    setBusy(false);
    if (!went) return;
    rememberService(choice.service);
    onClose();
  };
  const error = estimate.error && toTagrollError(estimate.error);
  const hindrance = error ? errorText(error) : plan.hindrance;
  return (
    <Dialog
      open
      onClose={onClose}
      width="large"
      title={t('tagging.dialogTitle')}
      actions={
        <div className={styles['actions']}>
          {service?.configured && <WhatLeaves service={service} target={target} />}
          <p id={`${key}-why`} className={styles['why']} role="status">
            {hindrance}
          </p>
          <Button onClick={onClose}>{t('common.cancel')}</Button>
          <Button
            variant="accent"
            busy={busy}
            disabled={hindrance !== null}
            title={hindrance ?? undefined}
            aria-describedby={`${key}-why`}
            onClick={() => void start()}
          >
            {plan.label}
          </Button>
        </div>
      }
    >
      <div className={styles['body']}>
        {services ? (
          <ServiceChoice services={services} chosen={chosen} onChoose={setChosen} />
        ) : (
          <Skeleton height="180px" />
        )}
        {service?.configured && (
          <>
            <EstimateFacts
              service={service}
              estimate={estimate.data ?? null}
              isCurrent={isCurrent}
            />
            {plan.warning && (
              <p className={styles['warning']}>
                <TriangleAlert size={14} aria-hidden="true" />
                {plan.warning}
              </p>
            )}
            <TagOptions options={options} onChange={setOptions} />
          </>
        )}
      </div>
    </Dialog>
  );
}
