import { Eye } from 'lucide-react';
import { useTranslation } from '../i18n/index.ts';
import { Button } from '../ui/Button.tsx';
import styles from './Sensitive.module.css';
import { uncover } from './veil.ts';

export type ShowButtonProps = {
  readonly photoId: number;
  /** `card` stands before a picture, `line` among other text. */
  readonly look: 'card' | 'line';
};

/** Says why a photo is blurred, and shows it on request. */
export function ShowButton({ photoId, look }: ShowButtonProps) {
  const { t } = useTranslation();
  return (
    <div className={styles[look]}>
      <p>{t('sensitive.why')}</p>
      <Button icon={<Eye size={14} />} onClick={() => uncover(photoId)}>
        {t('sensitive.show')}
      </Button>
    </div>
  );
}
