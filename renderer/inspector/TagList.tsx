import { Ban, Search, Undo2, X } from 'lucide-react';
import { useState } from 'react';
import type { PhotoDetail } from '../../shared/model.ts';
import { addTerm, quoteTerm } from '../../shared/queryText.ts';
import { labelPhotos } from '../grid/actions.ts';
import { otherTagName, tagName, useLanguage, useTranslation } from '../i18n/index.ts';
import { getView, setView, useView } from '../state/view.ts';
import { Button } from '../ui/Button.tsx';
import { classes } from '../ui/classes.ts';
import { IconButton } from '../ui/IconButton.tsx';
import { SourceIcon } from './SourceIcon.tsx';
import { TagField } from './TagField.tsx';
import styles from './TagList.module.css';
import { groupTags, type TagRow } from './tagRows.ts';

/** A photo's tags, most confident first, with what a person can do to them. */
export function TagList({ photo }: { readonly photo: PhotoDetail }) {
  const { t } = useTranslation();
  const { threshold } = useView();
  const [showsBelow, setShowsBelow] = useState(false);
  const [showsRejected, setShowsRejected] = useState(false);
  const { shown, below, rejected } = groupTags(photo.tags, threshold);
  const nothing = photo.tags.length === 0 ? t('inspector.noTags') : t('inspector.noTagsAbove');
  return (
    <>
      {shown.length === 0 && <p className={styles['none']}>{nothing}</p>}
      <ul className={styles['list']}>
        {shown.map((row) => (
          <TagItem key={row.id} row={row} photoId={photo.id} />
        ))}
        {showsBelow &&
          below.map((row) => <TagItem key={row.id} row={row} photoId={photo.id} dimmed />)}
      </ul>
      {below.length > 0 && (
        <Button
          variant="quiet"
          className={styles['fold']}
          aria-expanded={showsBelow}
          onClick={() => setShowsBelow(!showsBelow)}
        >
          {showsBelow ? t('inspector.fewer') : t('inspector.more', { count: below.length })}
        </Button>
      )}
      {rejected.length > 0 && (
        <>
          <Button
            variant="quiet"
            className={styles['fold']}
            aria-expanded={showsRejected}
            onClick={() => setShowsRejected(!showsRejected)}
          >
            {t('inspector.rejected', { count: rejected.length })}
          </Button>
          {showsRejected && (
            <ul className={styles['list']}>
              {rejected.map((row) => (
                <TagItem key={row.id} row={row} photoId={photo.id} isRejected />
              ))}
            </ul>
          )}
        </>
      )}
      <div className={styles['add']}>
        <TagField
          label={t('inspector.addTag')}
          allowNew
          choices={null}
          floating
          onPick={({ tag, name }) => void labelPhotos('add', [photo.id], tag, name)}
        />
      </div>
    </>
  );
}

type TagItemProps = {
  readonly row: TagRow;
  readonly photoId: number;
  readonly dimmed?: boolean;
  readonly isRejected?: boolean;
};

function TagItem({ row, photoId, dimmed = false, isRejected = false }: TagItemProps) {
  const { t } = useTranslation();
  const language = useLanguage();
  const name = tagName(row.names, language);
  const other = otherTagName(row.names, language);
  const value = Math.floor(row.confidence);
  const label = (action: 'remove' | 'reject' | 'unreject') => () =>
    void labelPhotos(action, [photoId], row.id, name);
  const mine = row.sources.some(({ source }) => source === 'me');
  return (
    <li
      className={classes(
        styles['item'],
        dimmed && styles['dimmed'],
        isRejected && styles['rejected'],
      )}
    >
      <span className={styles['names']}>
        <span className={styles['name']}>{name}</span>
        {other && <span className={styles['other']}>{other}</span>}
        {row.earlier && (
          <span className={styles['earlier']} title={t('inspector.earlierHint')}>
            {t('inspector.earlier')}
          </span>
        )}
      </span>
      <span className={styles['actions']}>
        <IconButton
          size="small"
          label={t('inspector.findTag', { tag: name })}
          icon={<Search size={14} />}
          onClick={() => findTag(name)}
        />
        {isRejected && (
          <IconButton
            size="small"
            label={t('inspector.unrejectTag', { tag: name })}
            icon={<Undo2 size={14} />}
            onClick={label('unreject')}
          />
        )}
        {!isRejected && mine && (
          <IconButton
            size="small"
            label={t('inspector.removeTag', { tag: name })}
            icon={<X size={14} />}
            onClick={label('remove')}
          />
        )}
        {!isRejected && !mine && (
          <IconButton
            size="small"
            label={t('inspector.rejectTag', { tag: name })}
            icon={<Ban size={14} />}
            onClick={label('reject')}
          />
        )}
      </span>
      <span className={styles['bar']} aria-hidden="true">
        <span className={styles['filled']} style={{ width: `${row.confidence}%` }} />
      </span>
      <span
        className={styles['value']}
        role="img"
        aria-label={t('inspector.confidence', { value })}
      >
        {value}
      </span>
      <span className={styles['sources']}>
        {row.sources.map(({ source }) => (
          <SourceIcon key={source} source={source} />
        ))}
      </span>
    </li>
  );
}

/** Adds the tag to the search, and leaves the viewer to show it. */
function findTag(name: string): void {
  const query = addTerm(getView().query, `tag:${quoteTerm(name)}`);
  setView({ query, section: 'photos', viewerId: null }, { push: true });
}
