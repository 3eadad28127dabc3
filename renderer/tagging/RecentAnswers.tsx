import { useQuery } from '@tanstack/react-query';
import type { ServiceId } from '../../shared/services.ts';
import { isolatedName } from '../i18n/directions.ts';
import { tagName, useLanguage, useTranslation } from '../i18n/index.ts';
import { PhotoThumb } from './PhotoThumb.tsx';
import { recentQuery } from './queries.ts';
import styles from './Tagging.module.css';

const TAGS_SHOWN = 4;

/** The newest answers of a service as they come: the photos with what it says of them. */
export function RecentAnswers({ service }: { readonly service: ServiceId }) {
  const { t } = useTranslation();
  const language = useLanguage();
  const { data } = useQuery(recentQuery(service));
  if (!data || data.length === 0) return null;
  return (
    <div>
      <h3 className={styles['subtitle']}>{t('tagging.newest')}</h3>
      <ul className={styles['answers']}>
        {data.map(({ tile, tags, atMs }) => (
          <li key={`${tile.id} ${atMs}`} className={styles['answer']}>
            <PhotoThumb tile={tile} />
            <p className={styles['answerTags']}>
              {tags.length === 0
                ? t('tagging.noTags')
                : tags
                    .slice(0, TAGS_SHOWN)
                    .map(({ names, confidence }) => {
                      const percent = Math.round(confidence);
                      return `${isolatedName(tagName(names, language))} ${percent}`;
                    })
                    .join(' · ')}
            </p>
          </li>
        ))}
      </ul>
    </div>
  );
}
