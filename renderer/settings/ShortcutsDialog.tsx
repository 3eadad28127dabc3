import { isMac } from '../api/desktop.ts';
import { useTranslation } from '../i18n/index.ts';
import { openDialog } from '../state/dialogs.ts';
import { keyLabels } from '../state/keys.ts';
import { useShortcuts } from '../state/shortcuts.ts';
import { Button } from '../ui/Button.tsx';
import { Dialog } from '../ui/Dialog.tsx';
import styles from './Settings.module.css';
import { fieldShortcuts, otherShortcuts, shortcutSections } from './shortcutList.ts';

/** All keyboard shortcuts, by where they work. */
export function ShortcutsDialog({ onClose }: { readonly onClose: () => void }) {
  const { t } = useTranslation();
  const sections = shortcutSections([...useShortcuts(), ...fieldShortcuts(t)], otherShortcuts(t));
  const help = (
    <Button onClick={() => openDialog({ kind: 'search-help' })}>{t('search.help.open')}</Button>
  );
  return (
    <Dialog open onClose={onClose} title={t('shortcuts.title')} width="large" actions={help}>
      <div className={styles['groups']}>
        {sections.map(({ group, lines }) => (
          <section key={group} className={styles['group']}>
            <h3 className={styles['groupTitle']}>{t(`shortcuts.groups.${group}`)}</h3>
            <ul>
              {lines.map(({ label, keys }) => (
                <li key={label} className={styles['shortcut']}>
                  <span>{label}</span>
                  <span className={styles['combination']}>
                    {keys.map((combination) => (
                      <Keys key={combination} combination={combination} />
                    ))}
                  </span>
                </li>
              ))}
            </ul>
          </section>
        ))}
      </div>
    </Dialog>
  );
}

function Keys({ combination }: { readonly combination: string }) {
  return (
    <span className={styles['keys']}>
      {keyLabels(combination, isMac()).map((key) => (
        <kbd key={key} className={styles['key']}>
          {key}
        </kbd>
      ))}
    </span>
  );
}
