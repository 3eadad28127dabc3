import { ChevronRight } from 'lucide-react';
import { Fragment, useLayoutEffect, useRef } from 'react';
import { useTranslation } from '../i18n/index.ts';
import { Name } from '../ui/Name.tsx';
import styles from './FolderBrowser.module.css';
import { pathParts } from './pathParts.ts';

type BreadcrumbsProps = { readonly path: string; readonly onGo: (path: string) => void };

/** The way to a folder, each step of which can be gone back to. */
export function Breadcrumbs({ path, onGo }: BreadcrumbsProps) {
  const { t } = useTranslation();
  const list = useRef<HTMLElement>(null);
  const parts = pathParts(path);
  // biome-ignore lint/correctness/useExhaustiveDependencies: the end of a new path is brought into sight
  useLayoutEffect(() => {
    if (list.current) list.current.scrollLeft = list.current.scrollWidth;
  }, [path]);
  return (
    <nav ref={list} className={styles['crumbs']} aria-label={t('folders.path')}>
      {parts.map((part, index) => (
        <Fragment key={part.path}>
          {index > 0 && <ChevronRight size={12} aria-hidden="true" />}
          <button
            type="button"
            className={styles['crumb']}
            aria-current={index === parts.length - 1 ? 'location' : undefined}
            onClick={() => onGo(part.path)}
          >
            <Name>{part.name}</Name>
          </button>
        </Fragment>
      ))}
    </nav>
  );
}
