/**
 * Everything a window or the command line can ask of the engine, in one place. The engine implements
 * it in `main/api/router.ts`; clients are typed by it. Inputs are validated, outputs are only typed:
 * validating large outputs costs more than making them.
 */
import { oc, type } from '@orpc/contract';
import { z } from 'zod';
import { backupsContract } from './backupsContract.ts';
import type { EngineEvent } from './events.ts';
import { exchangeContract } from './exchangeContract.ts';
import type {
  BrowsedFolder,
  CheckProblem,
  FacetGroups,
  FolderNode,
  IndexSummary,
  LibraryCounts,
  Photo,
  PhotoDetail,
  PhotoTile,
  Problem,
  Progress,
  QueryHint,
  Root,
  Suggestion,
  TagCount,
  TagNames,
} from './model.ts';
import { searchesContract } from './searchesContract.ts';
import type { Settings } from './settings.ts';
import { linksContract, servicesContract, taggingContract } from './taggingContract.ts';

const threshold = z.number().int().min(0).max(100);
const photoIds = z.array(z.number().int().positive()).max(1_000_000);
const search = z.object({
  query: z.string().max(20_000),
  threshold: threshold.default(0),
  sort: z.enum(['taken', 'added', 'name', 'confidence']).default('taken'),
  ascending: z.boolean().default(false),
});
/** Which photos an action is for: named ones, or all that a query finds. */
const target = z.union([
  z.object({ photoIds }),
  z.object({ query: z.string().max(20_000), threshold: threshold.default(0) }),
]);

export const contract = {
  library: {
    /** Who and what answers: for the title, the settings page and `open`. */
    status: oc.output(
      type<{
        libraryPath: string;
        version: string;
        platform: string;
        counts: LibraryCounts;
        progress: Progress;
      }>(),
    ),
    /** Scans roots (all when none are named) and waits until every photo under them is indexed. */
    index: oc
      .input(z.object({ rootIds: z.array(z.number().int()).optional() }))
      .output(type<IndexSummary>()),
    /** Live events until the caller stops listening. */
    events: oc.output(type<AsyncIterable<EngineEvent>>()),
    /** Stops and continues reading photos; browsing goes on. Kept until changed. */
    setPaused: oc.input(z.object({ paused: z.boolean() })).output(type<void>()),
    check: oc.output(type<{ ok: boolean; problems: CheckProblem[] }>()),
    problems: oc
      .input(
        z.object({
          limit: z.number().int().min(1).max(5000).default(500),
          offset: z.number().int().min(0).default(0),
        }),
      )
      .output(type<{ total: number; problems: Problem[] }>()),
    /** Reads failed photos again: all, or the named ones. */
    retryProblems: oc
      .input(z.object({ photoIds: photoIds.optional() }))
      .output(type<{ photos: number }>()),
    /** Counts, then deletes the rows of missing photos. The only way anything is forgotten, besides removing a root. */
    forgetMissing: oc
      .input(z.object({ dryRun: z.boolean() }))
      .output(type<{ photos: number; withEvidence: number }>()),
  },
  folders: {
    list: oc.output(type<{ roots: Root[] }>()),
    tree: oc.output(type<{ folders: FolderNode[] }>()),
    /** Adds roots; scanning starts in the background. */
    add: oc
      .input(z.object({ paths: z.array(z.string().min(1)).min(1) }))
      .output(type<{ roots: Root[] }>()),
    /** Files stay. `forget` deletes what is known of the photos; otherwise it waits for the folder to be added again. */
    remove: oc
      .input(z.object({ rootId: z.number().int(), forget: z.boolean() }))
      .output(type<{ photos: number }>()),
    setPaused: oc
      .input(z.object({ rootId: z.number().int(), paused: z.boolean() }))
      .output(type<void>()),
    /** Re-bases a root after comparing 20 files. */
    relocate: oc
      .input(z.object({ rootId: z.number().int(), path: z.string().min(1) }))
      .output(type<{ root: Root }>()),
    rescan: oc.input(z.object({ rootId: z.number().int().optional() })).output(type<void>()),
    /** Folders of this machine for the folder picker of the browser door. Null starts at the home folder. */
    browse: oc
      .input(z.object({ path: z.string().nullable(), hidden: z.boolean().default(false) }))
      .output(type<BrowsedFolder>()),
  },
  photos: {
    /** A page of whole photos. The window uses the binary result of `media` instead. */
    search: oc
      .input(
        search.extend({
          limit: z.number().int().min(0).max(1_000_000).default(200),
          offset: z.number().int().min(0).default(0),
        }),
      )
      .output(type<{ total: number; milliseconds: number; photos: Photo[] }>()),
    /** What the grid draws, in the order of `ids`; ids that are gone are left out. */
    tiles: oc.input(z.object({ ids: photoIds.max(1000) })).output(type<{ tiles: PhotoTile[] }>()),
    detail: oc.input(z.object({ id: z.number().int() })).output(type<PhotoDetail>()),
    /** Photos a person looks at: they are indexed first. */
    onScreen: oc.input(z.object({ ids: photoIds.max(2000) })).output(type<void>()),
    setFavorite: oc
      .input(z.object({ target, favorite: z.boolean() }))
      .output(type<{ photos: number; undo: number | null }>()),
    /** Moves a missing photo's own tags, rejections and favourite to this photo. */
    adoptEvidence: oc
      .input(z.object({ fromId: z.number().int(), toId: z.number().int() }))
      .output(type<{ undo: number | null }>()),
    /** Opens the file manager at the photo. */
    showInFolder: oc.input(z.object({ id: z.number().int() })).output(type<void>()),
    /** Opens it at a file that belongs to a photo; `id` as in `PhotoDetail.companions`. */
    showCompanion: oc.input(z.object({ id: z.number().int() })).output(type<void>()),
    /**
     * The file's place, for a door that hands it to the system (trash, drag and drop); `belonging`: files
     * that go with it, as RAW files behind it and its sidecars.
     */
    filePath: oc
      .input(z.object({ id: z.number().int() }))
      .output(type<{ path: string; belonging: readonly string[] }>()),
  },
  tags: {
    /**
     * What is in the result of a query: all tags, most first; `groups` of what else its photos have in
     * common, at most `limit` values each; `hints` at tags that are not in the library.
     */
    facets: oc
      .input(
        z.object({
          query: z.string().max(20_000),
          threshold: threshold.default(0),
          limit: z.number().int().min(1).max(10_000).default(50),
        }),
      )
      .output(
        type<{
          total: number;
          tags: TagCount[];
          groups: FacetGroups;
          hints: QueryHint[];
          counts: LibraryCounts;
          milliseconds: number;
        }>(),
      ),
    /** Photos of the result in each of these folders and below them, in their order. */
    folderCounts: oc
      .input(
        z.object({
          query: z.string().max(20_000),
          threshold: threshold.default(0),
          folderIds: z.array(z.number().int()).max(5000),
        }),
      )
      .output(type<{ counts: readonly number[] }>()),
    /** What services call their types of tags, by type; ours are named by the window. */
    typeNames: oc.output(type<{ types: Record<string, TagNames> }>()),
    suggest: oc
      .input(
        z.object({
          text: z.string().max(1000),
          language: z.enum(['en', 'zh']),
          limit: z.number().int().min(1).max(50).default(12),
        }),
      )
      .output(type<{ suggestions: Suggestion[] }>()),
    /** Adds, removes or rejects a tag by name (either language) or id. `undo` is null when nothing changed. */
    label: oc
      .input(
        z.object({
          action: z.enum(['add', 'remove', 'reject', 'unreject']),
          tag: z.union([z.string().trim().min(1).max(200), z.number().int()]),
          language: z.enum(['en', 'zh']).default('en'),
          target,
        }),
      )
      .output(type<{ photos: number; undo: number | null; tagId: number | null }>()),
    /** Takes back one action; answers the number of photos it touched and how to redo it. */
    undo: oc
      .input(z.object({ undo: z.number().int() }))
      .output(type<{ photos: number; undo: number | null }>()),
  },
  searches: searchesContract,
  backups: backupsContract,
  exchange: exchangeContract,
  links: linksContract,
  services: servicesContract,
  tagging: taggingContract,
  settings: {
    get: oc.output(type<{ settings: Settings }>()),
    set: oc
      .input(z.object({ key: z.string(), value: z.unknown() }))
      .output(type<{ settings: Settings }>()),
  },
};

export type Contract = typeof contract;
