import { useState } from 'react';
import type { ServiceInfo } from '../../shared/services.ts';
import { serviceSetting } from '../../shared/settings.ts';
import { useFormat } from '../i18n/format.ts';
import { useTranslation } from '../i18n/index.ts';
import { ChoiceGroup } from '../settings/ChoiceGroup.tsx';
import { saveSetting, useSettings } from '../settings/queries.ts';
import { Checkbox } from '../ui/Checkbox.tsx';
import { Disclosure } from '../ui/Disclosure.tsx';
import fields from './Fields.module.css';
import { NumberField } from './NumberField.tsx';

const SIZES = [1024, 2048, 0] as const;

/** How a service is asked: sizes, pace, and what only this one has. Folded away: the defaults are safe. */
export function ServiceOptions({ service }: { readonly service: ServiceInfo }) {
  const { t } = useTranslation();
  const [open, setOpen] = useState(false);
  const { id } = service;
  return (
    <Disclosure look="plain" level={5} open={open} onToggle={setOpen} title={t('services.options')}>
      <div className={fields['fields']}>
        <UploadSize service={service} />
        <NumberField
          setting={`${id}.concurrency`}
          label={t('services.concurrency')}
          detail={t('services.concurrencyDetail')}
        />
        <NumberField
          setting={`${id}.callsPerSecond`}
          label={t('services.callsPerSecond')}
          empty={t('services.noLimit')}
        />
        <NumberField
          setting={`${id}.timeoutSeconds`}
          label={t('services.timeout')}
          unit={t('services.seconds')}
        />
        <OwnOptions service={service} />
      </div>
    </Disclosure>
  );
}

/** How large the picture is that is sent. */
function UploadSize({ service }: { readonly service: ServiceInfo }) {
  const { t } = useTranslation();
  const format = useFormat();
  const { id, limits } = service;
  const saved = serviceSetting(useSettings(), id, 'uploadLongSide');
  const sizes = SIZES.some((size) => size === saved) ? SIZES : ([saved, ...SIZES] as const);
  const limit = limits.maxSidePixels;
  return (
    <ChoiceGroup
      layout="row"
      label={t('services.uploadSize')}
      value={String(saved)}
      choices={sizes.map((size) => ({
        value: String(size),
        label:
          size !== 0
            ? t('services.pixels', { count: size })
            : limit === null
              ? t('services.largest')
              : t('services.largestPixels', { pixels: format.number(limit) }),
      }))}
      onChange={(value) => void saveSetting(`${id}.uploadLongSide`, Number(value))}
    />
  );
}

/** What only one service has. */
function OwnOptions({ service }: { readonly service: ServiceInfo }) {
  switch (service.id) {
    case 'tencent-tag':
    case 'tencent-classify':
      return <Transport id={service.id} />;
    case 'tencent-porn':
      return (
        <>
          <Transport id={service.id} />
          <Batch />
        </>
      );
    case 'huawei-tagging':
      return <HuaweiOptions />;
    case 'tencent-terrorism':
      return null;
  }
}

type TransportService = 'tencent-tag' | 'tencent-classify' | 'tencent-porn';

function Transport({ id }: { readonly id: TransportService }) {
  const { t } = useTranslation();
  const saved = useSettings()[`${id}.transport`];
  return (
    <ChoiceGroup
      layout="row"
      label={t('services.transport')}
      value={saved}
      choices={(['multipart', 'json'] as const).map((value) => ({
        value,
        label: t(`services.transports.${value}`),
      }))}
      onChange={(value) => void saveSetting(`${id}.transport`, value)}
    />
  );
}

function Batch() {
  const { t } = useTranslation();
  const { 'tencent-porn.batch': batch } = useSettings();
  return (
    <Checkbox
      checked={batch}
      onChange={(checked) => void saveSetting('tencent-porn.batch', checked)}
      detail={t('services.batchDetail')}
    >
      {t('services.batch')}
    </Checkbox>
  );
}

function HuaweiOptions() {
  const { t } = useTranslation();
  const { 'huawei-tagging.language': language } = useSettings();
  return (
    <>
      <ChoiceGroup
        layout="row"
        label={t('services.answerLanguage')}
        value={language}
        choices={(['zh', 'en'] as const).map((value) => ({
          value,
          label: t(`services.answerLanguages.${value}`),
        }))}
        onChange={(value) => void saveSetting('huawei-tagging.language', value)}
      />
      <NumberField
        setting="huawei-tagging.threshold"
        label={t('services.answerThreshold')}
        detail={t('services.answerThresholdDetail')}
      />
      <NumberField setting="huawei-tagging.limit" label={t('services.answerLimit')} />
    </>
  );
}
