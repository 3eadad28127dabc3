import type { UploadTotal } from '../../shared/services.ts';
import { useFormat } from '../i18n/format.ts';
import { useTranslation } from '../i18n/index.ts';
import styles from './SentTab.module.css';
import { costText } from './uploadText.ts';

/** What each service got, and what that cost: a line for each currency in which it was paid. */
export function Totals({ totals }: { readonly totals: readonly UploadTotal[] }) {
  const { t } = useTranslation();
  const format = useFormat();
  return (
    <table className={styles['totals']}>
      <thead>
        <tr>
          <th scope="col">{t('sent.columns.service')}</th>
          <th scope="col">{t('sent.columns.calls')}</th>
          <th scope="col">{t('sent.columns.bytes')}</th>
          <th scope="col">{t('sent.columns.cost')}</th>
        </tr>
      </thead>
      <tbody>
        {totals.map((total) => {
          const { service, currency, uploads, bytes, cost, unpriced } = total;
          return (
            <tr key={`${service} ${currency}`}>
              <th scope="row">{t(`services.names.${service}`)}</th>
              <td>{format.number(uploads)}</td>
              <td>{format.size(bytes)}</td>
              <td>
                {costText(total, t, format)}
                {cost !== null && unpriced > 0 && (
                  <span className={styles['note']}>{t('sent.unpriced', { count: unpriced })}</span>
                )}
              </td>
            </tr>
          );
        })}
      </tbody>
    </table>
  );
}
