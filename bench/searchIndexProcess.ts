/** The index without an engine around it: what following a write costs, and the same questions in SQL. */

import type { LibraryChanges } from '../main/library/changes.ts';
import { type Library, openLibrary } from '../main/library/open.ts';
import { createSearchIndex } from '../main/search/index.ts';
import type { SearchIndex } from '../main/search/types.ts';
import { answerQuestions } from './lib/asking.ts';
import { SQL_QUESTIONS, type SqlQuestion } from './lib/searchSql.ts';

export type IndexTable = {
  open(input: { readonly libraryPath: string }): Promise<{
    /** Names of tags, the most usual first, with their photos. */
    readonly tags: readonly {
      readonly id: number;
      readonly name: string;
      readonly count: number;
    }[];
  }>;
  /** Tags so many photos; milliseconds that the index took to follow, without the write itself. */
  tagPhotos(input: { readonly tag: string; readonly photoIds: readonly number[] }): Promise<number>;
  /** The same questions in SQL, in milliseconds. */
  sql(questions: readonly SqlQuestion[]): readonly number[];
  close(input: null): Promise<void>;
};

let library: Library | null = null;
let index: SearchIndex | null = null;
let followedMs = 0;

function follow(changes: LibraryChanges): void {
  const startedMs = performance.now();
  index?.apply(changes);
  followedMs += performance.now() - startedMs;
}

async function close(): Promise<void> {
  await index?.close();
  await library?.close();
  library = null;
  index = null;
}

const handlers: IndexTable = {
  async open({ libraryPath }) {
    library = await openLibrary({ path: libraryPath, now: Date.now, onChanges: follow });
    const { db, snapshotPath } = library;
    index = createSearchIndex({ db, now: Date.now, snapshot: { path: snapshotPath } });
    await index.ready;
    const { tags } = index.facets('', 0);
    return {
      tags: tags.map(({ id, names, count }) => ({ id, name: names.en ?? names.zh ?? '', count })),
    };
  },
  async tagPhotos({ tag, photoIds }) {
    if (!library || !index) throw new Error('No library is open.');
    followedMs = 0;
    await library.writer.run('applyLabel', {
      action: 'add',
      tag,
      language: 'en',
      photoIds: [...photoIds],
      now: Date.now(),
    });
    await index.ready;
    return followedMs;
  },
  sql(questions) {
    return questions.map((question) => {
      if (!library) throw new Error('No library is open.');
      const startedMs = performance.now();
      SQL_QUESTIONS[question.kind](library.db, question);
      return performance.now() - startedMs;
    });
  },
  close,
};

answerQuestions(handlers, close);
