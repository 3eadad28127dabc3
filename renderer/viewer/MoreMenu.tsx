import { CloudUpload, Ellipsis, EyeOff, ImageUp, Link } from 'lucide-react';
import { useTranslation } from '../i18n/index.ts';
import { copyAddress } from '../navigation/copyAddress.ts';
import { type MaybeSensitive, toggleVeil } from '../sensitive/veil.ts';
import { openDialog } from '../state/dialogs.ts';
import { openTagDialog } from '../tagging/openTagging.ts';
import { Menu, type MenuItem } from '../ui/Menu.tsx';
import styles from './ViewerWindow.module.css';

export type MoreMenuProps = {
  readonly photo: MaybeSensitive;
  readonly veiled: boolean;
  readonly hasPicture: boolean;
};

/** What can be done with the viewer's photo and needs no button of its own. */
export function MoreMenu({ photo, veiled, hasPicture }: MoreMenuProps) {
  const { t } = useTranslation();
  const items: MenuItem[] = [
    {
      id: 'would-send',
      label: t('sent.wouldSendOpen'),
      icon: <ImageUp size={14} />,
      disabled: !hasPicture,
      onSelect: () => openDialog({ kind: 'would-send', photoId: photo.id }),
    },
    {
      id: 'tag',
      label: t('tagging.open'),
      icon: <CloudUpload size={14} />,
      onSelect: () => openTagDialog({ photoIds: [photo.id] }),
    },
    {
      id: 'copy-address',
      label: t('navigation.copyAddress'),
      icon: <Link size={14} />,
      separated: true,
      onSelect: () => void copyAddress(),
    },
  ];
  if (photo.sensitive && !veiled) {
    items.push({
      id: 'blur',
      label: t('sensitive.blurAgain'),
      icon: <EyeOff size={14} />,
      separated: true,
      onSelect: () => toggleVeil([photo]),
    });
  }
  return (
    <Menu items={items} align="end" label={t('viewer.more')} theme="dark">
      <button type="button" className={styles['more']} aria-label={t('viewer.more')}>
        <Ellipsis size={16} aria-hidden="true" />
      </button>
    </Menu>
  );
}
