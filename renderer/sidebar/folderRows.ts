import type { FolderNode } from '../../shared/model.ts';

/** One visible line of the folder tree. */
export type FolderRow = {
  readonly folder: FolderNode;
  /** 1 for roots. */
  readonly level: number;
  readonly hasChildren: boolean;
  readonly open: boolean;
  /** Place among its siblings, from 1. */
  readonly position: number;
  readonly siblings: number;
};

/** The lines of the tree, top to bottom, with only what is open. Names are in natural order. */
export function folderRows(folders: readonly FolderNode[], open: ReadonlySet<number>): FolderRow[] {
  const children = new Map<number | null, FolderNode[]>();
  for (const folder of folders) {
    const siblings = children.get(folder.parentId);
    if (siblings) siblings.push(folder);
    else children.set(folder.parentId, [folder]);
  }
  const order = new Intl.Collator(undefined, { numeric: true, sensitivity: 'base' });
  const rows: FolderRow[] = [];
  const add = (parentId: number | null, level: number): void => {
    const siblings = (children.get(parentId) ?? []).toSorted((a, b) =>
      order.compare(a.name, b.name),
    );
    for (const [index, folder] of siblings.entries()) {
      const hasChildren = children.has(folder.id);
      const isOpen = hasChildren && open.has(folder.id);
      rows.push({
        folder,
        level,
        hasChildren,
        open: isOpen,
        position: index + 1,
        siblings: siblings.length,
      });
      if (isOpen) add(folder.id, level + 1);
    }
  };
  add(null, 1);
  return rows;
}
