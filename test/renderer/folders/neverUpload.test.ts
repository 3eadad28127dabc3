import { describe, expect, it } from 'vitest';
import { neverUploadMarks } from '../../../renderer/folders/neverUpload.ts';
import type { FolderNode } from '../../../shared/model.ts';

const folder = (id: number, parentId: number | null, neverUpload = false): FolderNode => ({
  id,
  parentId,
  rootId: 1,
  name: `folder ${id}`,
  path: `/photos/${id}`,
  photos: 1,
  offline: false,
  neverUpload,
});

describe('neverUploadMarks', () => {
  it('tells what is said of a folder from what comes from above', () => {
    const marks = neverUploadMarks([
      folder(1, null),
      folder(2, 1, true),
      folder(3, 2),
      folder(4, 3, true),
      folder(5, 1),
    ]);
    expect([...marks]).toEqual([
      [2, 'own'],
      [3, 'inherited'],
      // Also marked itself, but that alone could not be taken away.
      [4, 'inherited'],
    ]);
  });

  it('is empty where nothing is marked', () => {
    expect(neverUploadMarks([folder(1, null), folder(2, 1)]).size).toBe(0);
  });
});
