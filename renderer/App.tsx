import { useEffect } from 'react';
import { RunChangesDialog } from './changes/RunChangesDialog.tsx';
import { useRunEnds } from './changes/useRunEnds.ts';
import { FolderDialogs } from './folders/FolderDialogs.tsx';
import { useRoots } from './folders/queries.ts';
import { chooseLanguage, setLanguage, useTranslation } from './i18n/index.ts';
import styles from './layout/Layout.module.css';
import { Workspace } from './layout/Workspace.tsx';
import { NamesDialog } from './names/NamesDialog.tsx';
import { SameTagDialog } from './names/SameTagDialog.tsx';
import { Welcome } from './onboarding/Welcome.tsx';
import { SearchHelp } from './search/SearchHelp.tsx';
import { WouldSend } from './sent/WouldSend.tsx';
import { useSettings } from './settings/queries.ts';
import { SettingsDialog } from './settings/SettingsDialog.tsx';
import { ShortcutsDialog } from './settings/ShortcutsDialog.tsx';
import { useTheme } from './settings/theme.ts';
import { useSaveView } from './settings/useSaveView.ts';
import { closeDialog, openDialog, useDialog } from './state/dialogs.ts';
import { useShortcut } from './state/shortcuts.ts';
import { ConnectionNotice } from './status/ConnectionNotice.tsx';
import { StatusLine } from './status/StatusLine.tsx';
import { useNotices } from './status/useNotices.ts';
import { TagDialog } from './tagging/TagDialog.tsx';
import { useSlow } from './ui/Skeleton.tsx';
import { Toasts } from './ui/Toasts.tsx';

/** The whole window. */
export function App() {
  const { t } = useTranslation();
  const settings = useSettings();
  const roots = useRoots();
  useTheme(settings.theme);
  useSaveView();
  useNotices();
  useRunEnds();
  useEffect(() => {
    void setLanguage(chooseLanguage(settings.language, navigator.languages));
  }, [settings.language]);
  useShortcut('?', () => openDialog({ kind: 'shortcuts' }), { label: t('shortcuts.help') });
  useShortcut('mod+,', () => openDialog({ kind: 'settings', tab: 'general' }), {
    label: t('shortcuts.settings'),
    inFields: true,
  });
  return (
    <div className={styles['app']}>
      {roots === undefined && <Opening />}
      {roots?.length === 0 && <Welcome />}
      {roots !== undefined && roots.length > 0 && (
        <>
          <Workspace />
          <StatusLine />
        </>
      )}
      <Dialogs />
      <Toasts />
      <ConnectionNotice />
    </div>
  );
}

function Opening() {
  const { t } = useTranslation();
  const slow = useSlow(1000);
  return (
    <main className={styles['waiting']} aria-busy="true">
      {slow && <p className={styles['waitingText']}>{t('app.loading')}</p>}
    </main>
  );
}

function Dialogs() {
  const dialog = useDialog();
  if (dialog?.kind === 'settings') {
    const { tab, back } = dialog;
    return <SettingsDialog tab={tab} onClose={() => (back ? openDialog(back) : closeDialog())} />;
  }
  if (dialog?.kind === 'tag-photos') {
    const { target, service } = dialog;
    return <TagDialog target={target} service={service} onClose={closeDialog} />;
  }
  if (dialog?.kind === 'would-send') {
    const { photoId, service, back } = dialog;
    const close = (): void => (back ? openDialog(back) : closeDialog());
    return <WouldSend photoId={photoId} service={service} onClose={close} />;
  }
  if (dialog?.kind === 'tag-names') return <NamesDialog onClose={closeDialog} />;
  if (dialog?.kind === 'same-tag') {
    return <SameTagDialog tag={dialog.tag} onClose={closeDialog} />;
  }
  if (dialog?.kind === 'run-changes') {
    return <RunChangesDialog runId={dialog.runId} onClose={closeDialog} />;
  }
  if (dialog?.kind === 'search-help') return <SearchHelp onClose={closeDialog} />;
  if (dialog?.kind === 'shortcuts') return <ShortcutsDialog onClose={closeDialog} />;
  return <FolderDialogs />;
}
