/** Is everything there and does it agree: database, thumbnails, search index. */
import type { CheckProblem, IndexSummary } from '../shared/model.ts';
import { photosWithoutThumbnail } from './library/check.ts';
import type { Library } from './library/open.ts';
import type { SearchIndex } from './search/types.ts';

export type Checked = { readonly ok: boolean; readonly problems: CheckProblem[] };

export type CheckOptions = {
  readonly library: Pick<Library, 'db' | 'writer' | 'thumbnailFolder'>;
  readonly index: SearchIndex;
  /** Reads what waits to be read, also while reading is paused. */
  readonly readNow: () => Promise<void>;
};

/** Looks through the whole library, and makes anew what can be made from what is there. */
export async function checkLibrary({ library, index, readNow }: CheckOptions): Promise<Checked> {
  const { db, writer, thumbnailFolder } = library;
  await index.ready;
  const problems = [...(await writer.run('checkDatabase', null))];
  const lost = await photosWithoutThumbnail(db, thumbnailFolder);
  if (lost.length > 0) {
    await writer.run('requeue', { photoIds: lost });
    await readNow();
    const still = new Set(await photosWithoutThumbnail(db, thumbnailFolder));
    const repaired = lost.every((id) => !still.has(id));
    problems.push({
      code: 'thumbnails_missing',
      message: `${lost.length} thumbnails were missing${repaired ? ' and were made again' : `; ${still.size} could not be made again, because their photos cannot be read now`}.`,
      repaired,
    });
  }
  for (const message of await index.verify()) {
    problems.push({ code: 'index_differs', message, repaired: true });
  }
  if (problems.some((problem) => problem.code === 'index_differs')) {
    index.apply({
      photoIds: null,
      removedPhotoIds: [],
      tags: true,
      folders: true,
      settings: false,
      searches: false,
    });
  }
  return { ok: problems.every((problem) => problem.repaired), problems };
}

/** A folder that could not be listed, as `index` names it: its photos keep what is known of them. */
export function unreadableFolder(folder: {
  path: string;
  code: string;
}): IndexSummary['failed'][number] {
  return {
    path: folder.path,
    code: 'unreadable',
    message: `The folder ${folder.path} cannot be read (${folder.code}). Allow Tagroll to open it, then index again; what is known of its photos is kept.`,
  };
}
