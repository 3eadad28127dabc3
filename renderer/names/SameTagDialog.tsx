import { useQuery } from '@tanstack/react-query';
import { otherTagName, tagName, useLanguage, useTranslation } from '../i18n/index.ts';
import { TagField } from '../inspector/TagField.tsx';
import { facetsQuery } from '../sidebar/queries.ts';
import { Dialog } from '../ui/Dialog.tsx';
import { linkChoices, type NamedTag, pairOf } from './linkable.ts';
import styles from './Names.module.css';
import { linkTags } from './queries.ts';

export type SameTagDialogProps = { readonly tag: NamedTag; readonly onClose: () => void };

/** Asks which other tag a tag is the same as. */
export function SameTagDialog({ tag, onClose }: SameTagDialogProps) {
  const { t } = useTranslation();
  const language = useLanguage();
  const { data } = useQuery(facetsQuery('', 0));
  const name = tagName(tag.names, language);
  const choices = linkChoices(tag, data?.tags ?? []).map((other) => ({
    tag: other.id,
    name: tagName(other.names, language),
    detail: otherTagName(other.names, language),
    names: other.names,
  }));
  const pick = (id: number | string): void => {
    const other = data?.tags.find((candidate) => candidate.id === id);
    const pair = other ? pairOf(tag, other) : null;
    if (!other || !pair) return;
    const [chinese, english] = pair.zhTagId === tag.id ? [tag, other] : [other, tag];
    void linkTags(pair, { zh: chinese.names.zh ?? name, en: english.names.en ?? name });
    onClose();
  };
  return (
    <Dialog
      open
      onClose={onClose}
      title={t('names.sameTitle', { tag: name })}
      description={t('names.sameAbout')}
    >
      <div className={styles['choose']}>
        <TagField
          label={t('names.otherTag')}
          allowNew={false}
          choices={choices}
          autoFocus
          onPick={({ tag: id }) => pick(id)}
          onCancel={onClose}
        />
      </div>
    </Dialog>
  );
}
