import { AudioLines, Film, FolderOpen, ImageIcon, Settings2 } from 'lucide-react';
import type { ReactNode } from 'react';
import type { Companion, PhotoDetail } from '../../shared/model.ts';
import { showInFolder } from '../grid/actions.ts';
import { openViewer } from '../grid/viewerMode.ts';
import { visibleName } from '../i18n/directions.ts';
import { useFormat } from '../i18n/format.ts';
import { useTranslation } from '../i18n/index.ts';
import { IconButton } from '../ui/IconButton.tsx';
import { Name } from '../ui/Name.tsx';
import styles from './Inspector.module.css';
import { showCompanion } from './queries.ts';
import files from './ShotFiles.module.css';

const ICONS = { video: Film, sidecar: Settings2, sound: AudioLines } as const;

/** Whether there are other files of the same shot. */
export function hasShotFiles(photo: PhotoDetail): boolean {
  return photo.stack.length + photo.companions.length > 0;
}

/** The RAW file behind a JPEG, videos, sidecars and sounds, each with its size and its place. */
export function ShotFiles({ photo }: { readonly photo: PhotoDetail }) {
  const { t } = useTranslation();
  return (
    <ul className={files['list']}>
      {photo.stack.map((file) => (
        <ShotFile
          key={file.id}
          icon={<ImageIcon size={14} aria-hidden="true" />}
          kind={t(file.isFront ? 'inspector.shot.front' : 'inspector.shot.raw')}
          file={file}
          onShow={() => void showInFolder(file.id)}
        >
          <button type="button" className={styles['link']} onClick={() => openViewer(file.id)}>
            <Name>{file.name}</Name>
          </button>
        </ShotFile>
      ))}
      {photo.companions.map((file) => (
        <ShotFile
          key={`companion ${file.id}`}
          icon={<CompanionIcon kind={file.kind} />}
          kind={t(`inspector.shot.${file.kind}`)}
          file={file}
          onShow={() => void showCompanion(file.id)}
        >
          <span data-selectable="">
            <Name>{file.name}</Name>
          </span>
        </ShotFile>
      ))}
    </ul>
  );
}

function CompanionIcon({ kind }: { readonly kind: Companion['kind'] }) {
  const Icon = ICONS[kind];
  return <Icon size={14} aria-hidden="true" />;
}

type ShotFileProps = {
  readonly icon: ReactNode;
  readonly kind: string;
  readonly file: { readonly name: string; readonly path: string; readonly sizeBytes: number };
  readonly onShow: () => void;
  readonly children: ReactNode;
};

function ShotFile({ icon, kind, file, onShow, children }: ShotFileProps) {
  const { t } = useTranslation();
  const format = useFormat();
  return (
    <li className={files['file']} title={visibleName(file.path)}>
      <span className={files['icon']}>{icon}</span>
      <span className={files['text']}>
        {children}
        <span className={files['note']}>{`${kind} · ${format.size(file.sizeBytes)}`}</span>
      </span>
      <IconButton
        size="small"
        label={t('inspector.shot.show', { name: file.name })}
        icon={<FolderOpen size={14} />}
        onClick={onShow}
      />
    </li>
  );
}
