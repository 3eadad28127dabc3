import { useMemo, useState } from 'react';
import type { PhotoTile } from '../../shared/model.ts';
import { useLanguage, useTranslation } from '../i18n/index.ts';
import { useVeil } from '../sensitive/veil.ts';
import { useSelection } from '../state/selection.ts';
import { Cell } from './Cell.tsx';
import { dayTextOfTime } from './dateText.ts';
import { cellsOfRow, type GridLayout } from './layout.ts';
import { createRecycler } from './recycler.ts';
import { tileStore, useOnScreen, useTiles } from './tiles.ts';
import type { DrawnRows } from './useGridScroll.ts';

export type GridCellsProps = {
  readonly layout: GridLayout;
  readonly ids: Uint32Array;
  /** Photos of the whole result. */
  readonly total: number;
  readonly rows: DrawnRows;
  /** First photo drawn. */
  readonly first: number;
  /** One past the last photo drawn. */
  readonly end: number;
};

/** The photos near the screen. */
export function GridCells({ layout, ids, total, rows, first, end }: GridCellsProps) {
  const { startRow, endRow, offset, isFast } = rows;
  const { t } = useTranslation();
  const selection = useSelection();
  const labelOf = useLabels();
  const isVeiled = useVeil();
  const [assignSlots] = useState(createRecycler);
  useTiles(ids, first, end, !isFast);
  useOnScreen(ids, first, end);

  const cells = useMemo(() => {
    const drawn = [];
    for (let row = startRow; row < endRow; row += 1) drawn.push(...cellsOfRow(layout, row));
    const slots = assignSlots(drawn.map((cell) => ids[cell.index] ?? 0));
    return (
      drawn
        .map((cell, at) => ({ cell, slot: slots[at] ?? at, id: ids[cell.index] ?? 0 }))
        // By slot, so that elements never change their order in the page.
        .sort((left, right) => left.slot - right.slot)
    );
  }, [layout, ids, startRow, endRow, assignSlots]);

  return cells.map(({ cell, slot, id }) => {
    const tile = tileStore.get(id);
    const veiled = tile !== undefined && isVeiled(tile);
    const label = labelOf(tile);
    return (
      <Cell
        key={slot}
        id={id}
        index={cell.index}
        total={total}
        left={cell.left}
        top={cell.top + offset}
        width={cell.width}
        height={cell.height}
        tile={tile}
        label={veiled ? t('sensitive.veiledName', { name: label }) : label}
        selected={selection.ids.has(id)}
        focused={selection.focus === id}
        mayLoad={!isFast}
        veiled={veiled}
      />
    );
  });
}

/** What a screen reader says of a photo; made once for each tile. */
function useLabels(): (tile: PhotoTile | undefined) => string {
  const { t } = useTranslation();
  const language = useLanguage();
  return useMemo(() => {
    const labels = new WeakMap<PhotoTile, string>();
    const unknown = t('grid.label');
    return (tile) => {
      if (!tile) return unknown;
      let label = labels.get(tile);
      if (label === undefined) {
        const parts = [tile.name, dayTextOfTime(tile.takenAt, language)];
        if (tile.state === 'offline') parts.push(t('grid.offline'));
        if (tile.state === 'missing') parts.push(t('grid.missing'));
        if (tile.failureCode === 'unsupported') parts.push(t('grid.unsupported'));
        else if (tile.failureCode) parts.push(t('grid.problem'));
        if (tile.stackedFiles > 0) parts.push(t('grid.stacked', { count: tile.stackedFiles }));
        if (tile.favorite) parts.push(t('grid.favorite'));
        label = parts.filter((part) => part !== null).join(', ');
        labels.set(tile, label);
      }
      return label;
    };
  }, [t, language]);
}
