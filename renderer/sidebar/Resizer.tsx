import { type KeyboardEvent, type PointerEvent, useRef } from 'react';
import { useTranslation } from '../i18n/index.ts';
import styles from './Sidebar.module.css';
import {
  dragSidebar,
  SIDEBAR_MAXIMUM,
  SIDEBAR_MINIMUM,
  setSidebarWidth,
  useSidebarWidth,
} from './width.ts';

/** Pixels. */
const STEP = 8;

/** The edge of the sidebar: drag it, or move it with the arrow keys. */
export function Resizer() {
  const { t } = useTranslation();
  const width = useSidebarWidth();
  const drag = useRef<{ readonly fromX: number; readonly fromWidth: number } | null>(null);
  const at = (event: PointerEvent): number => {
    const start = drag.current;
    return start ? start.fromWidth + event.clientX - start.fromX : width;
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    const next = {
      ArrowLeft: width - STEP,
      ArrowRight: width + STEP,
      Home: SIDEBAR_MINIMUM,
      End: SIDEBAR_MAXIMUM,
    }[event.key];
    if (next === undefined) return;
    event.preventDefault();
    void setSidebarWidth(next);
  };
  return (
    // biome-ignore lint/a11y/useSemanticElements: a horizontal rule cannot be moved or focused
    <div
      role="separator"
      aria-orientation="vertical"
      aria-label={t('sidebar.resize')}
      aria-valuemin={SIDEBAR_MINIMUM}
      aria-valuemax={SIDEBAR_MAXIMUM}
      aria-valuenow={width}
      tabIndex={0}
      className={styles['resizer']}
      onPointerDown={(event) => {
        event.currentTarget.setPointerCapture(event.pointerId);
        drag.current = { fromX: event.clientX, fromWidth: width };
      }}
      onPointerMove={(event) => drag.current && dragSidebar(at(event))}
      onPointerUp={(event) => {
        void setSidebarWidth(at(event));
        drag.current = null;
      }}
      onPointerCancel={() => {
        drag.current = null;
      }}
      onKeyDown={onKeyDown}
    />
  );
}
