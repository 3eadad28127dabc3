import { Eye, EyeOff, Pencil, X } from 'lucide-react';
import { useRef } from 'react';
import { useFormat } from '../i18n/format.ts';
import { useTranslation } from '../i18n/index.ts';
import { useViewPart } from '../state/view.ts';
import { Button } from '../ui/Button.tsx';
import { Slider } from '../ui/Slider.tsx';
import styles from './TagTermPanel.module.css';
import { boundLevel, boundText, type TagTerm, withLevel, withNegation } from './tagBound.ts';
import { useLiveSlider } from './useLiveSlider.ts';

let steps = 0;

function newStep(): string {
  steps += 1;
  return `tag lens ${steps}`;
}

type TagTermPanelProps = {
  /** The term as it is written. */
  readonly text: string;
  readonly tag: TagTerm;
  readonly onRewrite: (text: string, step?: string) => void;
  readonly onEdit: () => void;
  readonly onRemove: () => void;
};

/** What can be done to one tag of the query: a lens of its own, excluded or not, written otherwise, gone. */
export function TagTermPanel({ text, tag, onRewrite, onEdit, onRemove }: TagTermPanelProps) {
  const { t } = useTranslation();
  const format = useFormat();
  const threshold = useViewPart('threshold');
  // Keys pressed while it is open are one step of the way back, and so is each drag.
  const step = useRef('');
  if (step.current === '') step.current = newStep();
  const isBox = tag.key === 'box';
  const follows = tag.bound === '';
  const level = boundLevel(tag) ?? (isBox ? 0 : threshold);
  const slider = useLiveSlider(level, (next) => onRewrite(withLevel(text, next), step.current));
  const share = isBox ? t('search.anyShare') : t('search.followsLens', { value: level });
  const shown = follows ? share : boundText(tag.bound);
  const spoken = follows || !tag.bound.startsWith('>=') ? shown : undefined;
  return (
    <div className={styles['panel']}>
      <p className={styles['line']}>
        <span className={styles['name']}>{t(isBox ? 'search.share' : 'search.confidence')}</span>
        <span className={styles['value']}>{shown}</span>
      </p>
      <div
        onPointerDown={() => {
          step.current = newStep();
        }}
      >
        <Slider
          className={styles['slider'] ?? ''}
          label={t(isBox ? 'search.boxLens' : 'search.tagLens', { tag: tag.name })}
          value={slider.value}
          minimum={0}
          maximum={100}
          valueText={spoken ?? t('search.level', { value: format.number(slider.value) })}
          onChange={slider.change}
          onCommit={slider.settle}
        />
      </div>
      <Button
        variant="quiet"
        className={styles['follow']}
        disabled={follows}
        onClick={() => onRewrite(withLevel(text, null))}
      >
        {t(isBox ? 'search.takeAnyShare' : 'search.followLens')}
      </Button>
      <div className={styles['actions']}>
        <Button
          variant="quiet"
          icon={tag.negated ? <Eye size={14} /> : <EyeOff size={14} />}
          onClick={() => onRewrite(withNegation(text, !tag.negated))}
        >
          {t(tag.negated ? 'search.include' : 'search.exclude')}
        </Button>
        <Button variant="quiet" icon={<Pencil size={14} />} onClick={onEdit}>
          {t('search.editAsText')}
        </Button>
        <Button variant="quiet" icon={<X size={14} />} onClick={onRemove}>
          {t('search.remove')}
        </Button>
      </div>
    </div>
  );
}
