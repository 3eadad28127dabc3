import { RadioGroup } from 'radix-ui';
import type { ServiceId, ServiceInfo } from '../../shared/services.ts';
import { useLanguage, useTranslation } from '../i18n/index.ts';
import { openService } from '../state/dialogs.ts';
import { Button } from '../ui/Button.tsx';
import styles from './TagDialog.module.css';

export type ServiceChoiceProps = {
  readonly services: readonly ServiceInfo[];
  readonly chosen: ServiceId | null;
  readonly onChoose: (id: ServiceId) => void;
};

/** Which service is asked. One without an account says so and leads to its settings. */
export function ServiceChoice({ services, chosen, onChoose }: ServiceChoiceProps) {
  const { t } = useTranslation();
  return (
    <RadioGroup.Root
      className={styles['services']}
      aria-label={t('tagging.service')}
      value={chosen ?? ''}
      onValueChange={(next) => {
        const service = services.find(({ id }) => id === next);
        if (service) onChoose(service.id);
      }}
    >
      {services.map((service) => (
        <Choice key={service.id} service={service} isChosen={service.id === chosen} />
      ))}
    </RadioGroup.Root>
  );
}

type ChoiceProps = { readonly service: ServiceInfo; readonly isChosen: boolean };

function Choice({ service, isChosen }: ChoiceProps) {
  const { t } = useTranslation();
  const language = useLanguage();
  const { id, configured } = service;
  return (
    <div className={styles['service']}>
      <RadioGroup.Item
        id={`tag-with-${id}`}
        value={id}
        className={styles['radio']}
        disabled={!configured}
        aria-describedby={isChosen ? `about-${id}` : undefined}
      >
        <RadioGroup.Indicator className={styles['dot']} />
      </RadioGroup.Item>
      <div className={styles['serviceText']}>
        <label htmlFor={`tag-with-${id}`} data-off={!configured || undefined}>
          {service.names[language]}
        </label>
        {isChosen && (
          <p id={`about-${id}`} className={styles['note']}>
            {t(`services.about.${id}`)}
          </p>
        )}
      </div>
      {!configured && (
        <Button
          aria-label={`${t('tagging.setUp')}: ${service.names[language]}`}
          onClick={() => openService(id)}
        >
          {t('tagging.setUp')}
        </Button>
      )}
    </div>
  );
}
