import { ShieldCheck } from 'lucide-react';
import type { ServiceInfo } from '../../shared/services.ts';
import { serviceSetting } from '../../shared/settings.ts';
import { getResult } from '../grid/result.ts';
import { useFormat } from '../i18n/format.ts';
import { useTranslation } from '../i18n/index.ts';
import { useSettings } from '../settings/queries.ts';
import { openDialog, type PhotoTarget } from '../state/dialogs.ts';
import styles from './TagDialog.module.css';
import { hostOf, sentPixels } from './tagPlan.ts';

export type WhatLeavesProps = { readonly service: ServiceInfo; readonly target: PhotoTarget };

/** What leaves the computer, and to whom, and the way to look at one of the pictures. */
export function WhatLeaves({ service, target }: WhatLeavesProps) {
  const { t } = useTranslation();
  const format = useFormat();
  const settings = useSettings();
  const chosen = serviceSetting(settings, service.id, 'uploadLongSide');
  const example = 'photoIds' in target ? target.photoIds[0] : getResult().result?.ids[0];
  const pixels = sentPixels(chosen, service.limits.maxSidePixels);
  return (
    <p className={styles['leaves']}>
      <ShieldCheck size={14} aria-hidden="true" />
      <span>
        {t(pixels === null ? 'tagging.leavesWhole' : 'tagging.leaves', {
          pixels: format.number(pixels ?? 0),
          host: hostOf(service.address) ?? t(`services.accounts.${service.account}`),
          maker: t(`services.accounts.${service.account}`),
        })}{' '}
        {example !== undefined && (
          <button
            type="button"
            className={styles['example']}
            onClick={() =>
              openDialog({
                kind: 'would-send',
                photoId: example,
                service: service.id,
                back: { kind: 'tag-photos', target, service: service.id },
              })
            }
          >
            {t('sent.example')}
          </button>
        )}
      </span>
    </p>
  );
}
