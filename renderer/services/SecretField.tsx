import { Check } from 'lucide-react';
import { useId, useState } from 'react';
import type { AccountId, ServiceInfo } from '../../shared/services.ts';
import { useTranslation } from '../i18n/index.ts';
import { Button } from '../ui/Button.tsx';
import { TextField } from '../ui/TextField.tsx';
import { EnvironmentField } from './AccountField.tsx';
import type { AccountFieldName } from './accountFields.ts';
import styles from './Fields.module.css';
import { setAccount } from './queries.ts';

export type SecretFieldProps = {
  readonly account: AccountId;
  readonly field: AccountFieldName;
  readonly service: ServiceInfo;
  readonly label: string;
};

/** A key: it can be set, replaced and removed, but never be seen again. */
export function SecretField({ account, field, service, label }: SecretFieldProps) {
  const [mode, setMode] = useState<'rest' | 'replace' | 'remove'>('rest');
  if (service.fromEnvironment.includes(field)) return <EnvironmentField label={label} value="" />;
  const isSet = service.secretsSet.includes(field);
  if (!isSet || mode === 'replace') {
    return (
      <NewSecret
        label={label}
        replaces={isSet}
        onSave={async (text) => {
          if (await setAccount(account, { [field]: text })) setMode('rest');
        }}
        onCancel={() => setMode('rest')}
      />
    );
  }
  return (
    <SetSecret
      label={label}
      asks={mode === 'remove'}
      onMode={setMode}
      onRemove={async () => {
        await setAccount(account, { [field]: null });
        setMode('rest');
      }}
    />
  );
}

type SetSecretProps = {
  readonly label: string;
  /** The person asked to remove it, and is asked once: it cannot be undone. */
  readonly asks: boolean;
  readonly onMode: (mode: 'rest' | 'replace' | 'remove') => void;
  readonly onRemove: () => Promise<void>;
};

function SetSecret({ label, asks, onMode, onRemove }: SetSecretProps) {
  const { t } = useTranslation();
  const named = (action: string): string => `${action}: ${label}`;
  return (
    <div className={styles['row']}>
      <span className={styles['label']}>{label}</span>
      <div className={styles['value']}>
        <span className={styles['set']}>
          <Check size={14} aria-hidden="true" />
          {t('services.secretSet')}
        </span>
        {asks ? (
          <>
            <Button
              variant="danger"
              aria-label={named(t('services.removeForGood'))}
              onClick={() => void onRemove()}
            >
              {t('services.removeForGood')}
            </Button>
            <Button variant="quiet" onClick={() => onMode('rest')}>
              {t('common.cancel')}
            </Button>
          </>
        ) : (
          <>
            <Button
              variant="quiet"
              aria-label={named(t('services.replace'))}
              onClick={() => onMode('replace')}
            >
              {t('services.replace')}
            </Button>
            <Button
              variant="quiet"
              aria-label={named(t('services.remove'))}
              onClick={() => onMode('remove')}
            >
              {t('services.remove')}
            </Button>
          </>
        )}
      </div>
    </div>
  );
}

type NewSecretProps = {
  readonly label: string;
  readonly replaces: boolean;
  readonly onSave: (text: string) => Promise<void>;
  readonly onCancel: () => void;
};

function NewSecret({ label, replaces, onSave, onCancel }: NewSecretProps) {
  const { t } = useTranslation();
  const id = useId();
  const [text, setText] = useState('');
  const [busy, setBusy] = useState(false);
  const save = async (): Promise<void> => {
    if (text.trim() === '' || busy) return;
    setBusy(true);
    await onSave(text);
    setBusy(false);
    setText('');
  };
  return (
    <div className={styles['row']}>
      <label htmlFor={id} className={styles['label']}>
        {label}
      </label>
      <div className={styles['value']}>
        <TextField
          id={id}
          secret
          className={styles['long']}
          label={label}
          placeholder=""
          value={text}
          keepsEscape={text !== '' || replaces}
          onChange={setText}
          // While one is replaced, leaving the field may mean that the person thinks better of it.
          {...(replaces ? {} : { onBlur: () => void save() })}
          onEnter={() => void save()}
          onEscape={() => setText('')}
        />
        {replaces && (
          <>
            <Button busy={busy} disabled={text.trim() === ''} onClick={() => void save()}>
              {t('services.save')}
            </Button>
            <Button variant="quiet" onClick={onCancel}>
              {t('common.cancel')}
            </Button>
          </>
        )}
      </div>
    </div>
  );
}
