import { useQueries } from '@tanstack/react-query';
import { useCallback, useState } from 'react';
import type { ServiceId, Upload } from '../../shared/services.ts';
import { openViewer } from '../grid/viewerMode.ts';
import { visibleName } from '../i18n/directions.ts';
import { useFormat } from '../i18n/format.ts';
import { useLanguage, useTranslation } from '../i18n/index.ts';
import { closeDialog } from '../state/dialogs.ts';
import { LongList } from '../ui/LongList.tsx';
import { Name } from '../ui/Name.tsx';
import { LEDGER_PAGE, ledgerPageQuery } from './queries.ts';
import { RequestId } from './RequestId.tsx';
import sent from './Sent.module.css';
import styles from './SentTab.module.css';
import { costText, fileName, pixelsText, statusText } from './uploadText.ts';

const ROW_PIXELS = 80;

/** Every picture that was sent, newest first. Pages of it are fetched as they come on screen. */
export function Ledger({ service }: { readonly service: ServiceId | null }) {
  const { t } = useTranslation();
  const [range, setRange] = useState({ first: 0, last: 0 });
  const pages = Array.from({ length: range.last - range.first + 1 }, (_, at) => range.first + at);
  const answers = useQueries({ queries: pages.map((page) => ledgerPageQuery(service, page)) });
  const loaded = new Map(pages.map((page, at) => [page, answers[at]?.data]));
  const total = answers.find(({ data }) => data)?.data?.total ?? 0;
  const onRange = useCallback((start: number, end: number) => {
    const first = Math.floor(start / LEDGER_PAGE);
    const last = Math.max(first, Math.floor((end - 1) / LEDGER_PAGE));
    setRange((now) => (now.first === first && now.last === last ? now : { first, last }));
  }, []);
  return (
    <LongList label={t('sent.ledger')} count={total} estimatePixels={ROW_PIXELS} onRange={onRange}>
      {(index) => {
        const page = loaded.get(Math.floor(index / LEDGER_PAGE));
        const upload = page?.uploads[index % LEDGER_PAGE];
        return upload ? <LedgerRow upload={upload} /> : <div className={styles['waiting']} />;
      }}
    </LongList>
  );
}

function LedgerRow({ upload }: { readonly upload: Upload }) {
  const { t } = useTranslation();
  const language = useLanguage();
  const format = useFormat();
  const { photoId, path, service, atMs, bytes, requestId } = upload;
  const { sentence, nextStep } = statusText(upload, t, language);
  const name = path === null ? t('sent.connectionTest') : fileName(path);
  const facts = [
    format.instant(atMs),
    t(`services.names.${service}`),
    pixelsText(upload),
    format.size(bytes),
  ];
  return (
    <div className={styles['row']}>
      {photoId === null ? (
        <span className={styles['name']} title={visibleName(path ?? '') || undefined}>
          <Name>{name}</Name>
        </span>
      ) : (
        <button
          type="button"
          className={styles['name']}
          title={visibleName(path ?? '') || undefined}
          onClick={() => {
            closeDialog();
            openViewer(photoId);
          }}
        >
          <Name>{name}</Name>
        </button>
      )}
      <span className={styles['amount']}>{costText(upload, t, format)}</span>
      <p className={`${sent['figures']} ${styles['details']}`}>
        {facts.filter((fact) => fact !== null).join(' · ')}
      </p>
      <div className={styles['end']}>
        <p className={sent['status']} data-status={upload.status}>
          {sentence}
          {nextStep && <span className={sent['next']}> {nextStep}</span>}
        </p>
        {requestId && <RequestId id={requestId} />}
      </div>
    </div>
  );
}
