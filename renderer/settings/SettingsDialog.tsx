import { Tabs } from 'radix-ui';
import { BackupsTab } from '../backups/BackupsTab.tsx';
import { useTranslation } from '../i18n/index.ts';
import { SentTab } from '../sent/SentTab.tsx';
import { ServicesTab } from '../services/ServicesTab.tsx';
import { openSettingsTab, type SettingsTab } from '../state/dialogs.ts';
import { Dialog } from '../ui/Dialog.tsx';
import { AboutTab } from './AboutTab.tsx';
import { FoldersTab } from './FoldersTab.tsx';
import { GeneralTab } from './GeneralTab.tsx';
import styles from './Settings.module.css';

const TABS = [
  { key: 'general', Content: GeneralTab },
  { key: 'folders', Content: FoldersTab },
  { key: 'services', Content: ServicesTab },
  { key: 'sent', Content: SentTab },
  { key: 'backups', Content: BackupsTab },
  { key: 'about', Content: AboutTab },
] as const;

type SettingsDialogProps = { readonly tab: SettingsTab; readonly onClose: () => void };

export function SettingsDialog({ tab, onClose }: SettingsDialogProps) {
  const { t } = useTranslation();
  return (
    <Dialog open onClose={onClose} title={t('settings.title')} width="large">
      <Tabs.Root value={tab} onValueChange={(next) => openSettingsTab(next as SettingsTab)}>
        <Tabs.List className={styles['tabs']} aria-label={t('settings.tabsLabel')}>
          {TABS.map(({ key }) => (
            <Tabs.Trigger key={key} value={key} className={styles['tab']}>
              {t(`settings.tabs.${key}`)}
            </Tabs.Trigger>
          ))}
        </Tabs.List>
        {TABS.map(({ key, Content }) => (
          <Tabs.Content key={key} value={key} className={styles['content']}>
            <Content />
          </Tabs.Content>
        ))}
      </Tabs.Root>
    </Dialog>
  );
}
