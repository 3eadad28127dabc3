import { useLanguage, useTranslation } from '../i18n/index.ts';
import { setView } from '../state/view.ts';
import { Dialog } from '../ui/Dialog.tsx';
import {
  COMBINATIONS,
  type Combination,
  combinedExamples,
  HELP_GROUPS,
  keyExamples,
} from './keyHelp.ts';
import styles from './SearchHelp.module.css';

type Line = {
  readonly id: string;
  /** What is written. */
  readonly key: string;
  readonly meaning: string;
  readonly examples: readonly string[];
};

const SIGNS: Readonly<Record<Combination, string>> = {
  word: '',
  and: '',
  or: 'OR',
  not: '-',
  group: '( )',
  quotes: '" "',
};

/** The whole query language on one page. Its examples can be tried. */
export function SearchHelp({ onClose }: { readonly onClose: () => void }) {
  const { t } = useTranslation();
  const language = useLanguage();
  const combining: readonly Line[] = COMBINATIONS.map((combination) => ({
    id: combination,
    key: SIGNS[combination],
    meaning: t(`search.help.combine.${combination}`),
    examples: combinedExamples(combination, language),
  }));
  const groups = HELP_GROUPS.map(([group, keys]) => ({
    title: t(`search.help.groups.${group}`),
    lines: keys.map(
      (key): Line => ({
        id: key,
        key: `${key}:`,
        meaning: t(`search.help.keys.${key}`),
        examples: keyExamples(key, language),
      }),
    ),
  }));
  const tryOut = (query: string): void => {
    onClose();
    setView({ query, section: 'photos' }, { push: true });
  };
  return (
    <Dialog
      open
      onClose={onClose}
      title={t('search.help.title')}
      description={`${t('search.help.description')} ${t('search.help.numbers')}`}
      width="large"
    >
      {[{ title: t('search.help.groups.combining'), lines: combining }, ...groups].map(
        ({ title, lines }) => (
          <table key={title} className={styles['table']}>
            <caption className={styles['caption']}>{title}</caption>
            <colgroup>
              <col className={styles['keyColumn']} />
              <col className={styles['meaningColumn']} />
              <col />
            </colgroup>
            <thead className={styles['heads']}>
              <tr>
                <th scope="col">{t('search.help.key')}</th>
                <th scope="col">{t('search.help.meaning')}</th>
                <th scope="col">{t('search.help.examples')}</th>
              </tr>
            </thead>
            <tbody>
              {lines.map(({ id, key, meaning, examples }) => (
                <tr key={id} className={styles['line']}>
                  <td className={styles['key']}>{key}</td>
                  <td>{meaning}</td>
                  <td>
                    <span className={styles['examples']}>
                      {examples.map((example) => (
                        <button
                          key={example}
                          type="button"
                          className={styles['example']}
                          onClick={() => tryOut(example)}
                        >
                          {example}
                        </button>
                      ))}
                    </span>
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
        ),
      )}
    </Dialog>
  );
}
