import { useMutation } from '@tanstack/react-query';
import { CircleAlert, CircleCheck } from 'lucide-react';
import type { ServiceTest as Answer, ServiceInfo } from '../../shared/services.ts';
import { toTagrollError } from '../api/client.ts';
import { errorText, tagName, useLanguage, useTranslation } from '../i18n/index.ts';
import { reasonFor } from '../i18n/reasons.ts';
import { Button } from '../ui/Button.tsx';
import { testService } from './queries.ts';
import styles from './Services.module.css';

/** Asks a service for real, with a built-in picture, and shows what it says. */
export function ServiceTest({ service }: { readonly service: ServiceInfo }) {
  const { t } = useTranslation();
  const test = useMutation({ mutationFn: () => testService(service.id) });
  return (
    <div className={styles['test']}>
      <div className={styles['testLine']}>
        <Button
          busy={test.isPending}
          disabled={!service.configured}
          title={service.configured ? undefined : t('services.setUpFirst')}
          onClick={() => test.mutate()}
        >
          {t(test.isPending ? 'services.testing' : 'services.test')}
        </Button>
        <span className={styles['testNote']}>{t('services.testNote')}</span>
      </div>
      <div role="status" className={styles['test']}>
        {test.data && <TestAnswer service={service} answer={test.data} />}
        {test.error && (
          <div className={styles['answer']} data-ok={false}>
            <CircleAlert size={14} aria-hidden="true" />
            <p>{errorText(toTagrollError(test.error))}</p>
          </div>
        )}
      </div>
    </div>
  );
}

type TestAnswerProps = { readonly service: ServiceInfo; readonly answer: Answer };

function TestAnswer({ service, answer }: TestAnswerProps) {
  const { t } = useTranslation();
  const language = useLanguage();
  if (!answer.ok) {
    const code = answer.code ?? '';
    const reason = reasonFor(service.id, { code, message: answer.message }, language);
    return (
      <div className={styles['answer']} data-ok={false}>
        <CircleAlert size={14} aria-hidden="true" />
        <div>
          <p>{reason.sentence}</p>
          {reason.nextStep && <p className={styles['quiet']}>{reason.nextStep}</p>}
          {code !== '' && <p className={styles['testNote']}>{t('services.code', { code })}</p>}
        </div>
      </div>
    );
  }
  return (
    <div className={styles['answer']} data-ok={true}>
      <CircleCheck size={14} aria-hidden="true" />
      <div>
        <p>{t(answer.tags.length > 0 ? 'services.answered' : 'services.answeredEmpty')}</p>
        <ul className={styles['tags']}>
          {answer.tags.map(({ names, confidence }) => (
            <li key={`${names.zh}/${names.en}`}>
              {tagName(names, language)} {Math.round(confidence)}
            </li>
          ))}
        </ul>
      </div>
    </div>
  );
}
