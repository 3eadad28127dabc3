import { useTranslation } from '../i18n/index.ts';
import { closeDialog, useDialog } from '../state/dialogs.ts';
import { ChooseFolderDialog } from './ChooseFolderDialog.tsx';
import { addRoot, relocateRoot } from './queries.ts';
import { RemoveRootDialog } from './RemoveRootDialog.tsx';

/** The folder dialog that is open, if one is. */
export function FolderDialogs() {
  const { t } = useTranslation();
  const dialog = useDialog();
  switch (dialog?.kind) {
    case 'add-folder':
      return (
        <ChooseFolderDialog
          title={t('folders.addTitle')}
          description={t('folders.addText')}
          action={t('folders.add')}
          start={null}
          onChoose={addRoot}
          onClose={closeDialog}
        />
      );
    case 'locate-root':
      return (
        <ChooseFolderDialog
          title={t('folders.locateTitle')}
          description={t('folders.locateText', { path: dialog.root.path })}
          action={t('folders.locateAction')}
          start={null}
          onChoose={(path) => relocateRoot(dialog.root, path)}
          onClose={closeDialog}
        />
      );
    case 'remove-root':
      return <RemoveRootDialog root={dialog.root} onClose={closeDialog} />;
    default:
      return null;
  }
}
