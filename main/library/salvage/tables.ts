/**
 * The tables of a damaged library, row by row, as far as they can be read. Where a page is damaged that leads to
 * others, those are found by what is on them: pages that no tree reaches, whose every row is one of the table.
 */
import { openInMemory } from '../database.ts';
import { migrate } from '../migrate.ts';
import type { PageFile } from './pageFile.ts';
import type { Value } from './record.ts';
import { freePages, rowsOfPage, type TreeKind, type TreeRow, walkTree } from './trees.ts';

export type Row = Readonly<Record<string, Value>>;

export type DamagedTables = {
  /**
   * Reads a table, or an index of `INDEXES`. `isSound` tells rows of it from others and from garbage; `row`
   * hears those it accepts. `fromRowid`: only newer rows. Answers whether its tree could be read to its end.
   */
  read(
    table: string,
    options: {
      readonly isSound: (row: Row) => boolean;
      readonly row: (row: Row) => void;
      readonly fromRowid?: number;
    },
  ): boolean;
  /** Pages of what was read so far that cannot be read, or only in parts. */
  readonly badPages: ReadonlySet<number>;
};

type Layout = {
  readonly kind: TreeKind;
  /** In the order of the record. */
  readonly columns: readonly string[];
  /** The column that is the row's id. */
  readonly rowidColumn: string | null;
};

/** Indexes that hold a second copy of what counts of a table, with their columns. */
const INDEXES: Readonly<Record<string, readonly string[]>> = {
  photo_tag_label: ['label_id', 'photo_id'],
};

type Tree = { readonly name: string; readonly root: number; readonly kind: TreeKind };

export function openTables(file: PageFile): DamagedTables {
  const layouts = readLayouts();
  for (const [name, columns] of Object.entries(INDEXES)) {
    layouts.set(name, { kind: 'key', columns, rowidColumn: null });
  }
  const badPages = new Set<number>();
  const trees = findTrees(file);
  let strays: readonly number[] | null = null;

  const toRow = (layout: Layout, { rowid, values }: TreeRow): Row | null => {
    if (values.length > layout.columns.length) return null;
    const row: Record<string, Value> = {};
    for (const [index, column] of layout.columns.entries()) row[column] = values[index] ?? null;
    if (layout.rowidColumn !== null) row[layout.rowidColumn] = rowid;
    return row;
  };

  return {
    badPages,
    read(table, { isSound, row: tell, fromRowid = 0 }) {
      const layout = layouts.get(table);
      if (!layout) throw new Error(`No such table: ${table}`);
      const tree = trees.find(({ name, kind }) => name === table && kind === layout.kind);
      let isWhole = tree !== undefined;
      if (tree) {
        walkTree(file, tree.root, {
          kind: layout.kind,
          fromRowid,
          row: (found) => {
            const row = toRow(layout, found);
            if (row && isSound(row)) tell(row);
          },
          bad: (page) => {
            isWhole = false;
            badPages.add(page);
          },
        });
      }
      // Of rows that short it cannot be told whose they are.
      if (isWhole || table in INDEXES) return isWhole;
      strays ??= findStrays(file, trees);
      for (const page of strays) {
        const rows = rowsOfPage(file, page, layout.kind)?.map((found) =>
          found.rowid < fromRowid ? null : toRow(layout, found),
        );
        const isOurs = rows?.every((row) => row === null || isSound(row)) ?? false;
        if (isOurs) for (const row of rows ?? []) if (row) tell(row);
      }
      return false;
    },
  };
}

/** How tables lie on disk: the key first where there is no row id. */
function readLayouts(): Map<string, Layout> {
  const db = openInMemory();
  try {
    migrate(db);
    type Table = { name: string; wr: 0 | 1 };
    type Column = { name: string; type: string; pk: number };
    const tables = (db.pragma('table_list') as Table[]).filter(
      ({ name }) => !name.includes('sqlite_'),
    );
    return new Map(
      tables.map(({ name, wr }) => {
        const columns = db.pragma(`table_info(${name})`) as Column[];
        const key = columns.filter(({ pk }) => pk > 0).sort((a, b) => a.pk - b.pk);
        const ordered = wr ? [...key, ...columns.filter(({ pk }) => pk === 0)] : columns;
        const isAlias = !wr && key.length === 1 && key[0]?.type === 'INTEGER';
        return [
          name,
          {
            kind: wr ? 'key' : 'rowid',
            columns: ordered.map((column) => column.name),
            rowidColumn: isAlias ? (key[0]?.name ?? null) : null,
          },
        ];
      }),
    );
  } finally {
    db.close();
  }
}

/** Trees by the file's own list; where that begins is damaged, by the pages that look like a part of it. */
function findTrees(file: PageFile): Tree[] {
  const trees = new Map<string, Tree>();
  let isWhole = true;
  const take = ({ values }: TreeRow): void => {
    const tree = asTree(values);
    if (tree) trees.set(tree.name, tree);
  };
  walkTree(file, 1, { kind: 'rowid', row: take, bad: () => (isWhole = false) });
  if (!isWhole) {
    for (let page = 2; page <= file.pageCount; page += 1) {
      const rows = rowsOfPage(file, page, 'rowid');
      if (rows && rows.length > 0 && rows.every(({ values }) => isListed(values)))
        rows.forEach(take);
    }
  }
  return [...trees.values()];
}

const LISTED = new Set<Value>(['table', 'index', 'view', 'trigger']);

function isListed([type, name, table, root, sql, ...others]: readonly Value[]): boolean {
  return (
    LISTED.has(type ?? null) &&
    typeof name === 'string' &&
    typeof table === 'string' &&
    typeof root === 'number' &&
    (typeof sql === 'string' || sql === null) &&
    others.length === 0
  );
}

function asTree(values: readonly Value[]): Tree | null {
  const [type, name, , root, sql] = values;
  if (!isListed(values) || typeof name !== 'string' || typeof root !== 'number' || root < 2)
    return null;
  const isKeyed = type === 'index' || (typeof sql === 'string' && /WITHOUT ROWID\s*$/i.test(sql));
  return { name, root, kind: isKeyed ? 'key' : 'rowid' };
}

/** Pages in use that no known tree reaches. None where it is not known which are in use: they may be old. */
function findStrays(file: PageFile, trees: readonly Tree[]): number[] {
  const known = freePages(file);
  if (!known) return [];
  known.add(1);
  const seen = (page: number): void => void known.add(page);
  const ignore = (): void => undefined;
  walkTree(file, 1, { kind: 'rowid', row: ignore, bad: ignore, seen });
  for (const { root, kind } of trees)
    walkTree(file, root, { kind, row: ignore, bad: ignore, seen });
  const strays: number[] = [];
  for (let page = 2; page <= file.pageCount; page += 1) if (!known.has(page)) strays.push(page);
  return strays;
}
