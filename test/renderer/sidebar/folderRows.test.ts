import { describe, expect, it } from 'vitest';
import { folderRows } from '../../../renderer/sidebar/folderRows.ts';
import type { FolderNode } from '../../../shared/model.ts';

const folder = (id: number, parentId: number | null, name: string): FolderNode => ({
  id,
  parentId,
  rootId: 1,
  name,
  path: `/photos/${name}`,
  photos: id,
  offline: false,
  neverUpload: false,
});
const tree = [
  folder(1, null, 'photos'),
  folder(2, 1, 'trip 10'),
  folder(3, 1, 'trip 9'),
  folder(4, 3, 'day 1'),
];

describe('folderRows', () => {
  it('shows only the roots while nothing is open', () => {
    expect(folderRows(tree, new Set())).toMatchObject([
      { folder: { id: 1 }, level: 1, hasChildren: true, open: false, position: 1, siblings: 1 },
    ]);
  });

  it('shows open folders with their children in natural order', () => {
    const rows = folderRows(tree, new Set([1, 3, 4]));
    expect(rows.map((row) => [row.folder.name, row.level, row.open])).toEqual([
      ['photos', 1, true],
      ['trip 9', 2, true],
      ['day 1', 3, false],
      ['trip 10', 2, false],
    ]);
    expect(rows[3]).toMatchObject({ position: 2, siblings: 2 });
  });
});
