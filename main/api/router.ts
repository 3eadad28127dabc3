/** The contract, implemented: the engine's table of contents. */
import { setImmediate as nextTurn } from 'node:timers/promises';
import { TagrollError } from '../../shared/errors.ts';
import type { Photo } from '../../shared/model.ts';
import type { Settings } from '../../shared/settings.ts';
import type { EngineParts } from '../engineParts.ts';
import { browseFolders } from '../folders/browse.ts';
import { belongingFiles } from '../library/belongings.ts';
import { companionPath } from '../library/companions.ts';
import type { ReadableDB } from '../library/database.ts';
import { photoDetail, photoFile, photosByIds, photoTiles } from '../library/photos.ts';
import { countMissing, listProblems } from '../library/problems.ts';
import { folderTree } from '../library/roots.ts';
import { readSetting } from '../library/settings.ts';
import { namesOfTypes } from '../library/tags.ts';
import { createBackupsRouter } from './backupsRouter.ts';
import { createBuilder } from './builder.ts';
import { createExchangeRouter } from './exchangeRouter.ts';
import { createLinksRouter } from './linksRouter.ts';
import { createSearchesRouter } from './searchesRouter.ts';
import { createServicesRouter } from './servicesRouter.ts';
import { createTaggingRouter } from './taggingRouter.ts';

type Target = { photoIds: number[] } | { query: string; threshold: number };

export type Router = ReturnType<typeof createRouter>;

export function createRouter(parts: EngineParts) {
  const { db, writer, index, folders, events, now } = parts;
  const builder = createBuilder(parts);

  const idsOf = (target: Target): readonly number[] => {
    if ('photoIds' in target) return target.photoIds;
    const { ids } = index.result({ ...target, sort: 'taken', ascending: false });
    return [...ids];
  };
  /** What a window shows is written without a word to anybody: it is read when it is asked for. */
  const settingsNow = (): Settings => ({ ...parts.settings(), view: readSetting(db, 'view') });
  /** Tags are loaded a moment after the start; what depends on them waits. */
  const withTags = async (): Promise<void> => index.ready;

  return builder.router({
    library: {
      status: builder.library.status.handler(() => parts.status()),
      index: builder.library.index.handler(({ input, signal }) =>
        parts.indexRoots(input.rootIds ?? null, signal),
      ),
      events: builder.library.events.handler(({ signal }) => events.subscribe(signal)),
      setPaused: builder.library.setPaused.handler(async ({ input }) => {
        await writer.run('setSetting', { key: 'indexingPaused', value: input.paused });
      }),
      check: builder.library.check.handler(() => parts.check()),
      problems: builder.library.problems.handler(({ input }) => listProblems(db, input)),
      retryProblems: builder.library.retryProblems.handler(async ({ input }) => {
        const answer = await writer.run('retryProblems', { photoIds: input.photoIds ?? null });
        parts.wake();
        return answer;
      }),
      forgetMissing: builder.library.forgetMissing.handler(({ input }) =>
        input.dryRun ? countMissing(db) : writer.run('forgetMissing', null),
      ),
    },
    folders: {
      list: builder.folders.list.handler(() => ({ roots: folders.roots() })),
      tree: builder.folders.tree.handler(() => ({ folders: folderTree(db) })),
      add: builder.folders.add.handler(async ({ input }) => ({
        roots: await folders.add(input.paths),
      })),
      remove: builder.folders.remove.handler(({ input }) =>
        folders.remove(input.rootId, input.forget),
      ),
      setPaused: builder.folders.setPaused.handler(({ input }) =>
        folders.setPaused(input.rootId, input.paused),
      ),
      relocate: builder.folders.relocate.handler(async ({ input }) => ({
        root: await folders.relocate(input.rootId, input.path),
      })),
      rescan: builder.folders.rescan.handler(async ({ input }) => {
        await folders.rescan(input.rootId === undefined ? null : [input.rootId]);
      }),
      browse: builder.folders.browse.handler(({ input }) =>
        browseFolders(input.path, input.hidden),
      ),
    },
    photos: {
      search: builder.photos.search.handler(async ({ input }) => {
        await withTags();
        const startedMs = performance.now();
        const { ids, total } = index.result(input, input.offset + input.limit);
        const page = [...ids.subarray(input.offset, input.offset + input.limit)];
        const milliseconds = elapsed(startedMs);
        return { total, milliseconds, photos: await photosInSteps(db, page) };
      }),
      tiles: builder.photos.tiles.handler(({ input }) => ({ tiles: photoTiles(db, input.ids) })),
      detail: builder.photos.detail.handler(({ input }) => {
        const detail = photoDetail(db, input.id);
        if (!detail) throw gone(input.id);
        return detail;
      }),
      onScreen: builder.photos.onScreen.handler(({ input }) => parts.setOnScreen(input.ids)),
      setFavorite: builder.photos.setFavorite.handler(async ({ input }) => {
        await withTags();
        return writer.run('setFavorite', {
          photoIds: idsOf(input.target),
          favorite: input.favorite,
          now: now(),
        });
      }),
      adoptEvidence: builder.photos.adoptEvidence.handler(({ input }) =>
        writer.run('adoptEvidence', { ...input, now: now() }),
      ),
      showInFolder: builder.photos.showInFolder.handler(async ({ input }) => {
        const file = photoFile(db, input.id);
        if (!file) throw gone(input.id);
        await parts.revealFile(file.path);
      }),
      showCompanion: builder.photos.showCompanion.handler(async ({ input }) => {
        const path = companionPath(db, input.id);
        if (!path) {
          const message = 'The file is no longer beside its photo. Open the photo again.';
          throw new TagrollError('not_found', message, { id: input.id });
        }
        await parts.revealFile(path);
      }),
      filePath: builder.photos.filePath.handler(({ input }) => {
        const file = photoFile(db, input.id);
        if (!file) throw gone(input.id);
        const belonging = belongingFiles(db, input.id).map((path) => path.toString('utf8'));
        return { path: file.path.toString('utf8'), belonging };
      }),
    },
    tags: {
      facets: builder.tags.facets.handler(async ({ input }) => {
        await withTags();
        const startedMs = performance.now();
        const { query, threshold, limit } = input;
        const { tags, hints, ...rest } = index.facets(query, threshold, limit);
        return { ...rest, tags: [...tags], hints: [...hints], milliseconds: elapsed(startedMs) };
      }),
      folderCounts: builder.tags.folderCounts.handler(async ({ input }) => {
        await withTags();
        return { counts: index.folderCounts(input.query, input.threshold, input.folderIds) };
      }),
      typeNames: builder.tags.typeNames.handler(() => ({ types: namesOfTypes(db) })),
      suggest: builder.tags.suggest.handler(async ({ input }) => {
        await withTags();
        return { suggestions: [...index.suggest(input.text, input.language, input.limit)] };
      }),
      label: builder.tags.label.handler(async ({ input }) => {
        await withTags();
        return writer.run('applyLabel', {
          action: input.action,
          tag: input.tag,
          language: input.language,
          photoIds: idsOf(input.target),
          now: now(),
        });
      }),
      undo: builder.tags.undo.handler(({ input }) =>
        writer.run('undo', { undo: input.undo, now: now() }),
      ),
    },
    searches: createSearchesRouter(builder, parts),
    services: createServicesRouter(builder, parts),
    tagging: createTaggingRouter(builder, parts, async (target) => {
      await withTags();
      return idsOf(target);
    }),
    links: createLinksRouter(builder, parts),
    backups: createBackupsRouter(builder, parts),
    exchange: createExchangeRouter(builder, parts),
    settings: {
      get: builder.settings.get.handler(() => ({ settings: settingsNow() })),
      set: builder.settings.set.handler(async ({ input }) => {
        await writer.run('setSetting', { key: input.key, value: input.value });
        return { settings: settingsNow() };
      }),
    },
  });
}

/** Photos read at a time: a long page must not hold up what others ask. */
const PHOTOS_A_TURN = 500;

async function photosInSteps(db: ReadableDB, ids: readonly number[]): Promise<Photo[]> {
  const photos: Photo[] = [];
  for (let at = 0; at < ids.length; at += PHOTOS_A_TURN) {
    if (at > 0) await nextTurn();
    for (const photo of photosByIds(db, ids.slice(at, at + PHOTOS_A_TURN))) photos.push(photo);
  }
  return photos;
}

/** Milliseconds since, to a hundredth. */
function elapsed(startedMs: number): number {
  return Math.round((performance.now() - startedMs) * 100) / 100;
}

function gone(id: number): TagrollError {
  return new TagrollError('not_found', `Photo ${id} is no longer in the library.`, { id });
}
