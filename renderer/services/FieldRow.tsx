import { type ReactNode, useId } from 'react';
import { useTranslation } from '../i18n/index.ts';
import { TextField } from '../ui/TextField.tsx';
import styles from './Fields.module.css';
import type { Draft } from './useDraft.ts';

export type FieldRowProps = {
  readonly label: string;
  readonly draft: Draft;
  /** Why what is typed cannot be saved. */
  readonly problem?: string | null;
  /** A second line that says what it means. */
  readonly detail?: ReactNode;
  /** After the field, such as `seconds`. */
  readonly unit?: string;
  /** What an empty field means. */
  readonly empty?: string;
  /** Room for about as many characters. Default `long`. */
  readonly size?: 'short' | 'long';
  readonly inputMode?: 'text' | 'numeric' | 'decimal' | 'url';
};

/** A line with a name and a field that is saved when it is left, with its error or its undo beside it. */
export function FieldRow(props: FieldRowProps) {
  const { label, draft, problem = null, detail, unit, empty = '', size = 'long' } = props;
  const { t } = useTranslation();
  const id = useId();
  return (
    <div className={styles['row']}>
      <label htmlFor={id} className={styles['label']}>
        {label}
      </label>
      <div className={styles['value']}>
        <TextField
          id={id}
          className={styles[size]}
          label={label}
          placeholder={empty}
          value={draft.text}
          invalid={problem !== null}
          describedBy={`${id}-note`}
          keepsEscape={draft.isDirty}
          inputMode={props.inputMode ?? 'text'}
          onChange={draft.change}
          onBlur={draft.commit}
          onEnter={draft.commit}
          onEscape={draft.revert}
        />
        {unit && <span className={styles['unit']}>{unit}</span>}
        <span className={styles['saved']} role="status">
          {draft.undo && !draft.isDirty && (
            <>
              {t('services.saved')}
              <button
                type="button"
                className={styles['undo']}
                onClick={draft.undo}
                aria-label={`${t('common.undo')}: ${label}`}
              >
                {t('common.undo')}
              </button>
            </>
          )}
        </span>
      </div>
      <p id={`${id}-note`} className={styles['note']}>
        {problem ? <span className={styles['problem']}>{problem}</span> : detail}
      </p>
    </div>
  );
}
