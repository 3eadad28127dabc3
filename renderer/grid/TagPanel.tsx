import { useEffect, useRef, useState } from 'react';
import { otherTagName, tagName, useLanguage, useTranslation } from '../i18n/index.ts';
import { useCommonTags } from '../inspector/queries.ts';
import { TagField } from '../inspector/TagField.tsx';
import { labelPhotos } from './actions.ts';
import styles from './TagPanel.module.css';
import { openTagPanel, type TagPanel as Panel } from './tagPanel.ts';

export type TagPanelProps = {
  readonly panel: NonNullable<Panel>;
  readonly photoIds: ReadonlySet<number>;
};

const TITLES = {
  add: 'grid.addTag',
  reject: 'grid.rejectTag',
  remove: 'grid.removeTag',
} as const;

/** A small panel over the photos that asks for one tag. Esc, or a click beside it, closes it. */
export function TagPanel({ panel, photoIds }: TagPanelProps) {
  const { t } = useTranslation();
  const language = useLanguage();
  const element = useRef<HTMLDivElement>(null);
  // Taken before the field inside takes the focus.
  const [before] = useState(() => document.activeElement);
  const { tags, isLoading } = useCommonTags(photoIds);
  const choices = tags.map(({ id, names }) => ({
    tag: id,
    name: tagName(names, language),
    detail: otherTagName(names, language),
    names,
  }));

  useEffect(() => {
    const onPointerDown = (event: PointerEvent): void => {
      if (event.target instanceof Node && !element.current?.contains(event.target)) {
        openTagPanel(null);
      }
    };
    window.addEventListener('pointerdown', onPointerDown);
    return () => {
      window.removeEventListener('pointerdown', onPointerDown);
      openTagPanel(null);
      if (before instanceof HTMLElement) before.focus({ preventScroll: true });
    };
  }, [before]);

  return (
    <div
      ref={element}
      className={styles['panel']}
      role="dialog"
      aria-label={t(TITLES[panel])}
      data-shortcuts="off"
    >
      <h2 className={styles['title']}>{t(TITLES[panel])}</h2>
      <TagField
        key={panel}
        label={t('grid.tagPlaceholder')}
        allowNew={panel === 'add'}
        choices={panel === 'add' ? null : choices}
        isLoading={panel !== 'add' && isLoading}
        autoFocus
        onPick={({ tag, name }) => {
          void labelPhotos(panel, photoIds, tag, name);
          openTagPanel(null);
        }}
        onCancel={() => openTagPanel(null)}
      />
    </div>
  );
}
