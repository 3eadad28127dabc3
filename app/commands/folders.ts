/** `index` and `folders`: the folders of the library. */
import { existsSync, realpathSync } from 'node:fs';
import { sep } from 'node:path';
import { TagrollError } from '../../shared/errors.ts';
import type { IndexSummary, Root } from '../../shared/model.ts';
import { type Command, type CommandContext, counted } from './command.ts';
import { table } from './table.ts';

/** Adds folders that are new, then scans them and waits until every photo is indexed. */
export function indexFolders(folders: readonly string[]): Command {
  return async (context) => {
    const { client, signal } = context;
    const rootIds = folders.length === 0 ? undefined : await rootsFor(context, folders);
    const ended = new AbortController();
    const following = followProgress(context, AbortSignal.any([signal, ended.signal]));
    try {
      const summary = await client.library.index(rootIds ? { rootIds } : {}, { signal });
      await noteOffline(context, rootIds);
      return {
        json: indexJson(summary),
        text: indexText(summary),
        hasFailures: summary.failed.length > 0,
      };
    } finally {
      ended.abort();
      await following;
      context.progress.end();
    }
  };
}

/** Lists the folders. */
export const listFolders: Command = async ({ client }) => {
  const { roots } = await client.folders.list();
  const json = {
    folders: roots.map(({ path, state, photos, watch }) => ({ path, state, photos, watch })),
  };
  if (roots.length === 0) {
    return { json, text: 'No folders yet. Add one with: tagroll index FOLDER' };
  }
  const rows = roots.map((root) => [
    root.path,
    root.state,
    root.photos.toLocaleString('en'),
    root.watch,
  ]);
  const columns = [
    { title: 'Folder' },
    { title: 'State' },
    { title: 'Photos', align: 'right' },
    { title: 'Watch' },
  ] as const;
  return { json, text: table(columns, rows) };
};

/** Takes a folder out of the library. Its files stay; what is known of them too, unless `forget`. */
export function removeFolder(folder: string, forget: boolean): Command {
  return async (context) => {
    const root = await knownRoot(context, folder);
    await context.client.folders.remove({ rootId: root.id, forget });
    return listFolders(context);
  };
}

export function setFolderPaused(folder: string, paused: boolean): Command {
  return async (context) => {
    const root = await knownRoot(context, folder);
    await context.client.folders.setPaused({ rootId: root.id, paused });
    return listFolders(context);
  };
}

/** Says where a folder lies now, after it was moved. */
export function relocateFolder(folder: string, destination: string): Command {
  return async (context) => {
    const root = await knownRoot(context, folder);
    const path = context.resolvePath(destination);
    await context.client.folders.relocate({ rootId: root.id, path });
    return listFolders(context);
  };
}

async function rootsFor(context: CommandContext, folders: readonly string[]): Promise<number[]> {
  const paths = [...new Set(folders.map(context.resolvePath))];
  const { roots } = await context.client.folders.list();
  const unknown = paths.filter((path) => !findRoot(roots, path));
  if (unknown.length > 0) await context.client.folders.add({ paths: unknown });
  const { roots: all } = await context.client.folders.list();
  const wanted = paths.map((path) => {
    const root = findRoot(all, path);
    if (!root) throw unknownFolder(path, all);
    return root;
  });
  for (const { id, path, state } of wanted) {
    if (state !== 'paused') continue;
    // Who names it wants it read: a paused folder would be listed, and its photos never read.
    await context.client.folders.setPaused({ rootId: id, paused: false });
    context.progress.note(`${path} was paused and is resumed.`);
  }
  return wanted.map((root) => root.id);
}

/** Nothing of an offline folder is counted: the figures alone would not tell why. */
async function noteOffline(
  { client, progress }: CommandContext,
  rootIds: readonly number[] | undefined,
): Promise<void> {
  const { roots } = await client.folders.list();
  for (const { id, path, state } of roots) {
    if (state !== 'offline' || !(rootIds?.includes(id) ?? true)) continue;
    progress.note(`${path} is offline: it was not counted; what is known of its photos is kept.`);
  }
}

async function knownRoot(context: CommandContext, folder: string): Promise<Root> {
  const path = context.resolvePath(folder);
  const { roots } = await context.client.folders.list();
  const root = findRoot(roots, path);
  if (!root) throw unknownFolder(path, roots);
  return root;
}

/** A folder may be named by another of its names: through a link, or with a separator at its end. */
function findRoot(roots: readonly Root[], path: string): Root | undefined {
  const bare = (name: string): string =>
    name.length > 1 && name.endsWith(sep) ? name.slice(0, -1) : name;
  const real = existsSync(path) ? realpathSync(path) : path;
  return (
    roots.find((root) => bare(root.path) === bare(path)) ??
    roots.find((root) => existsSync(root.path) && realpathSync(root.path) === real)
  );
}

function unknownFolder(path: string, roots: readonly Root[]): TagrollError {
  const known =
    roots.length === 0 ? 'It has none.' : `It has: ${roots.map((root) => root.path).join(', ')}.`;
  return new TagrollError('not_found', `${path} is no folder of this library. ${known}`, { path });
}

/** Shows progress until it is stopped. It only informs: when its events end, the command goes on. */
async function followProgress(context: CommandContext, signal: AbortSignal): Promise<void> {
  try {
    const events = await context.client.library.events(undefined, { signal });
    for await (const event of events) {
      if (signal.aborted) break;
      if (event.type === 'progress') context.progress.show(event.progress);
    }
  } catch (error) {
    if (!signal.aborted) context.progress.note(`Progress cannot be shown: ${String(error)}`);
  }
}

function indexJson(summary: IndexSummary): object {
  const { found, added, changed, moved, missing, unchanged, skipped, failed, seconds } = summary;
  return {
    found,
    added,
    changed,
    moved,
    missing,
    unchanged,
    skipped,
    failed: failed.map(({ path, code, message }) => ({ path, code, message })),
    seconds,
  };
}

function indexText(summary: IndexSummary): string {
  const { found, added, changed, moved, missing, unchanged, skipped, failed, seconds } = summary;
  const number = (value: number): string => value.toLocaleString('en');
  const lines = [
    `${counted(found, 'photo')} found in ${number(seconds)} s: ${number(added)} added, ${number(changed)} changed, ${number(moved)} moved, ${number(unchanged)} unchanged`,
    `${number(missing)} missing, ${counted(skipped, 'other file')} skipped`,
  ];
  if (failed.length > 0) {
    const columns = [{ title: 'Reason' }, { title: 'File' }, { title: 'Detail' }];
    const rows = failed.map(({ path, code, message }) => [code, path, message]);
    lines.push('', `${counted(failed.length, 'photo')} could not be read:`, table(columns, rows));
  }
  return lines.join('\n');
}
