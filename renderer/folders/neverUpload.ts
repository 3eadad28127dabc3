import type { FolderNode } from '../../shared/model.ts';

/** Whether anything of a folder may be uploaded: `own`: the folder itself is marked; `inherited`: one above it is. */
export type NeverUpload = 'own' | 'inherited' | null;

/** The mark of every folder that has one, by its id. */
export function neverUploadMarks(
  folders: readonly FolderNode[],
): ReadonlyMap<number, 'own' | 'inherited'> {
  const children = new Map<number | null, FolderNode[]>();
  for (const folder of folders) {
    const siblings = children.get(folder.parentId);
    if (siblings) siblings.push(folder);
    else children.set(folder.parentId, [folder]);
  }
  const marks = new Map<number, 'own' | 'inherited'>();
  const visit = (parentId: number | null, inherited: boolean): void => {
    for (const folder of children.get(parentId) ?? []) {
      // What is inherited cannot be taken away here: it is what has to be told.
      if (inherited) marks.set(folder.id, 'inherited');
      else if (folder.neverUpload) marks.set(folder.id, 'own');
      visit(folder.id, inherited || folder.neverUpload);
    }
  };
  visit(null, false);
  return marks;
}
