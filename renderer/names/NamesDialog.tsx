import { Languages } from 'lucide-react';
import type { LinkSuggestion } from '../../shared/services.ts';
import { useTranslation } from '../i18n/index.ts';
import { Button } from '../ui/Button.tsx';
import { Dialog } from '../ui/Dialog.tsx';
import { EmptyState } from '../ui/EmptyState.tsx';
import { LongList } from '../ui/LongList.tsx';
import { Name } from '../ui/Name.tsx';
import styles from './Names.module.css';
import { dismissLink, linkTags, useLinkSuggestions } from './queries.ts';

const ROW_PIXELS = 48;

/** Pairs of names that may be one tag, each to be linked or dismissed. */
export function NamesDialog({ onClose }: { readonly onClose: () => void }) {
  const { t } = useTranslation();
  const suggestions = useLinkSuggestions();
  return (
    <Dialog
      open
      onClose={onClose}
      title={t('names.title')}
      description={t('names.about')}
      width="large"
    >
      {suggestions.length === 0 ? (
        <div className={styles['empty']}>
          <EmptyState icon={<Languages size={32} strokeWidth={1.5} />} text={t('names.none')} />
        </div>
      ) : (
        <LongList label={t('names.title')} count={suggestions.length} estimatePixels={ROW_PIXELS}>
          {(index) => {
            const suggestion = suggestions[index];
            return suggestion && <SuggestionRow suggestion={suggestion} />;
          }}
        </LongList>
      )}
    </Dialog>
  );
}

function SuggestionRow({ suggestion }: { readonly suggestion: LinkSuggestion }) {
  const { t } = useTranslation();
  const { zh, en } = suggestion;
  const names = { zh: zh.name, en: en.name };
  return (
    <div className={styles['row']}>
      <Side {...zh} />
      <span className={styles['equal']} aria-hidden="true">
        =
      </span>
      <Side {...en} />
      <span className={styles['actions']}>
        <Button
          variant="quiet"
          aria-label={t('names.dismissPair', names)}
          onClick={() => void dismissLink(suggestion)}
        >
          {t('names.dismiss')}
        </Button>
        <Button
          aria-label={t('names.linkPair', names)}
          onClick={() => void linkTags({ zhTagId: zh.tagId, enTagId: en.tagId }, names)}
        >
          {t('names.link')}
        </Button>
      </span>
    </div>
  );
}

function Side({ name, photos }: LinkSuggestion['zh']) {
  const { t } = useTranslation();
  return (
    <span className={styles['side']}>
      <span className={styles['name']}>
        <Name>{name}</Name>
      </span>
      <span className={styles['photos']}>{t('common.photos', { count: photos })}</span>
    </span>
  );
}
