import { FolderPlus, HardDrive, Lock, Tags } from 'lucide-react';
import { askForFolder } from '../folders/queries.ts';
import { useTranslation } from '../i18n/index.ts';
import { Button } from '../ui/Button.tsx';
import styles from './Welcome.module.css';

const POINTS = [
  { key: 'Files', Icon: HardDrive },
  { key: 'Tags', Icon: Tags },
  { key: 'Private', Icon: Lock },
] as const;

/** The first thing that a person sees: what this is, and the one thing to do. */
export function Welcome() {
  const { t } = useTranslation();
  return (
    <main className={styles['welcome']}>
      <div className={styles['content']}>
        <Mosaic />
        <h1 className={styles['title']}>{t('onboarding.title')}</h1>
        <p className={styles['text']}>{t('onboarding.text')}</p>
        <Button
          variant="accent"
          className={styles['action'] ?? ''}
          icon={<FolderPlus size={16} />}
          onClick={() => void askForFolder()}
        >
          {t('onboarding.action')}
        </Button>
        <ul className={styles['points']}>
          {POINTS.map(({ key, Icon }) => (
            <li key={key} className={styles['point']}>
              <Icon size={16} aria-hidden="true" />
              <div>
                <h2 className={styles['pointTitle']}>{t(`onboarding.point${key}`)}</h2>
                <p className={styles['pointText']}>{t(`onboarding.point${key}Text`)}</p>
              </div>
            </li>
          ))}
        </ul>
      </div>
    </main>
  );
}

/** A justified grid in the small, as the app's icon shows it. */
function Mosaic() {
  return (
    <svg width="96" height="56" viewBox="0 0 96 56" className={styles['mosaic']} aria-hidden="true">
      <rect x="0" y="0" width="40" height="26" rx="2" data-tone="3" />
      <rect x="44" y="0" width="20" height="26" rx="2" data-tone="1" />
      <rect x="68" y="0" width="28" height="26" rx="2" data-tone="2" />
      <rect x="0" y="30" width="22" height="26" rx="2" data-tone="2" />
      <rect x="26" y="30" width="36" height="26" rx="2" data-tone="accent" />
      <rect x="66" y="30" width="30" height="26" rx="2" data-tone="3" />
    </svg>
  );
}
