/** What a person made beside the photos since the backup, and where folders lie. */
import { SETTING_KEYS, type SettingKey, settingsSchema } from '../../../shared/settings.ts';
import { headSchema } from '../exchange/document.ts';
import { nameText } from '../names.ts';
import type { PhotoPlace } from '../paths.ts';
import type { Base } from './base.ts';
import { jsonOf } from './readReplies.ts';
import type { DamagedTables } from './tables.ts';
import type { ChangedSearch, NewestIds, SalvagedHead } from './types.ts';
import { isBytes, isFlag, isId, isIdOrNone, isText, isTime } from './values.ts';

/** By folder id. */
export type Folders = ReadonlyMap<number, Omit<PhotoPlace, 'name'>>;

type Reading = { readonly damaged: DamagedTables; readonly base: Base; readonly newest: NewestIds };

export function readHead(reading: Reading): { head: SalvagedHead; folders: Folders } {
  const roots = readRoots(reading);
  const { folders, neverUpload } = readFolders(reading, roots.paths);
  return {
    folders,
    head: {
      links: readLinks(reading),
      ...readSearches(reading),
      neverUpload,
      settings: readSettings(reading),
      newRoots: roots.newRoots,
      movedRoots: roots.movedRoots,
    },
  };
}

type Roots = Pick<SalvagedHead, 'newRoots' | 'movedRoots'> & {
  readonly paths: ReadonlyMap<number, Buffer>;
};

function readRoots({ damaged, base, newest }: Reading): Roots {
  const known = base.all<{ id: number; path: Buffer }>('SELECT id, path FROM root');
  const paths = new Map(known.map(({ id, path }) => [id, path]));
  const newRoots: Uint8Array[] = [];
  const movedRoots: { id: number; path: Uint8Array }[] = [];
  damaged.read('root', {
    isSound: (row) =>
      isId(row['id']) &&
      isBytes(row['path']) &&
      row['path'].length > 0 &&
      row['path_text'] === nameText(row['path']) &&
      isFlag(row['removed']) &&
      isTime(row['added_at']),
    row: ({ id, path, removed }) => {
      if (!isId(id) || !isBytes(path)) return;
      const before = paths.get(id);
      paths.set(id, path);
      if (removed === 1 || before?.equals(path)) return;
      if (before && id <= (newest['root'] ?? 0)) movedRoots.push({ id, path });
      else if (!known.some((root) => root.path.equals(path))) newRoots.push(path);
    },
  });
  return { paths, newRoots, movedRoots };
}

type FolderRow = { id: number; rootId: number; path: Buffer; never: 0 | 1 };

function readFolders(
  { damaged, base, newest }: Reading,
  roots: ReadonlyMap<number, Buffer>,
): { folders: Folders; neverUpload: string[] } {
  const folders = new Map<number, Omit<PhotoPlace, 'name'>>();
  const place = ({ id, rootId, path }: FolderRow): void => {
    const rootPath = roots.get(rootId);
    if (rootPath) folders.set(id, { rootPath, folderPath: path });
  };
  const columns = 'id, root_id AS rootId, path';
  for (const row of base.all<FolderRow>(`SELECT ${columns} FROM folder`)) place(row);
  const wasNever = new Set(
    base.all<{ id: number }>('SELECT id FROM folder WHERE never_upload').map(({ id }) => id),
  );
  const neverUpload: string[] = [];
  damaged.read('folder', {
    isSound: (row) =>
      isId(row['id']) &&
      isId(row['root_id']) &&
      isIdOrNone(row['parent_id']) &&
      isBytes(row['path']) &&
      row['path_text'] === nameText(row['path']),
    row: (row) => {
      if (!isId(row['id']) || !isId(row['root_id']) || !isBytes(row['path'])) return;
      const { id, root_id: rootId, path } = row;
      place({ id, rootId, path, never: 0 });
      const rootPath = roots.get(rootId);
      const isNew = id > (newest['folder'] ?? 0) || !wasNever.has(id);
      if (row['never_upload'] !== 1 || !isNew || !rootPath) return;
      const root = nameText(rootPath);
      neverUpload.push(path.length === 0 ? root : `${root.replace(/\/$/, '')}/${nameText(path)}`);
    },
  });
  return { folders, neverUpload };
}

function readLinks({ damaged, base }: Reading): SalvagedHead['links'] {
  const links: SalvagedHead['links'] = [];
  damaged.read('tag_link', {
    isSound: (row) =>
      isText(row['zh_key']) &&
      row['zh_key'] !== '' &&
      isText(row['en_key']) &&
      row['en_key'] !== '' &&
      isFlag(row['linked']) &&
      ['person', 'service', 'dictionary'].includes(String(row['decided_by'])) &&
      isTime(row['decided_at']),
    row: (row) => {
      if (row['decided_by'] !== 'person') return;
      const { zh_key: zh, en_key: en, linked } = row;
      const isKnown = base.has(
        `SELECT 1 FROM tag_link
          WHERE zh_key = ? AND en_key = ? AND linked = ? AND decided_by = 'person'`,
        zh,
        en,
        linked,
      );
      if (!isKnown) links.push({ zh: String(zh), en: String(en), linked: linked === 1 });
    },
  });
  return links;
}

const searchSchema = headSchema.shape.searches.unwrap().element;

function readSearches({
  damaged,
  base,
  newest,
}: Reading): Pick<SalvagedHead, 'newSearches' | 'changedSearches'> {
  const newSearches: SalvagedHead['newSearches'] = [];
  const changedSearches: ChangedSearch[] = [];
  const parse = (row: Readonly<Record<string, unknown>>) =>
    searchSchema.safeParse({ ...row, ascending: row['ascending'] === 1 });
  damaged.read('saved_search', {
    isSound: (row) => isId(row['id']) && isFlag(row['ascending']) && parse(row).success,
    row: (row) => {
      const { data } = parse(row);
      const id = Number(row['id']);
      if (!data) return;
      if (id > (newest['saved_search'] ?? 0)) return void newSearches.push(data);
      const isChanged = base.has(
        `SELECT 1 FROM saved_search WHERE id = ? AND (name <> ? OR query <> ?
            OR threshold IS NOT ? OR sort <> ? OR ascending <> ?)`,
        id,
        data.name,
        data.query,
        data.threshold,
        data.sort,
        data.ascending ? 1 : 0,
      );
      if (isChanged) changedSearches.push({ ...data, id });
    },
  });
  return { newSearches, changedSearches };
}

/** Where the window stood last is no work of anybody. */
const PASSING: ReadonlySet<string> = new Set<SettingKey>(['view']);

function readSettings({ damaged, base }: Reading): SalvagedHead['settings'] {
  const settings: { key: string; value: unknown }[] = [];
  const settingOf = (key: unknown, text: unknown) => {
    if (!isSetting(key) || typeof text !== 'string') return null;
    const parsed = settingsSchema.shape[key].safeParse(jsonOf(text));
    return parsed.success ? { key, value: parsed.data as unknown } : null;
  };
  damaged.read('setting', {
    isSound: ({ key, value }) => settingOf(key, value) !== null,
    row: ({ key, value }) => {
      const setting = settingOf(key, value);
      if (!setting || PASSING.has(setting.key)) return;
      const isKnown = base.has('SELECT 1 FROM setting WHERE key = ? AND value = ?', key, value);
      if (!isKnown) settings.push(setting);
    },
  });
  return settings;
}

function isSetting(key: unknown): key is SettingKey {
  return SETTING_KEYS.some((known) => known === key);
}
