/** The sound state that a damaged library is compared with. */
import { all, get, openReadable, type ReadableDB } from '../database.ts';

export type Base = {
  /** Rows; none of a table or column that the backup is too old for. */
  all<Row>(sql: string, ...values: unknown[]): Row[];
  has(sql: string, ...values: unknown[]): boolean;
  close(): void;
};

export function openBase(path: string): Base {
  const db = openReadable(path);
  const missing = new Set<string>();
  const ask = <Answer>(sql: string, question: (db: ReadableDB) => Answer): Answer | undefined => {
    if (missing.has(sql)) return undefined;
    try {
      return question(db);
    } catch (error) {
      if (!(error instanceof Error) || !/^no such (table|column)/.test(error.message)) throw error;
      missing.add(sql);
      return undefined;
    }
  };
  return {
    all: <Row>(sql: string, ...values: unknown[]) =>
      ask(sql, (there) => all<Row>(there, sql, ...values)) ?? [],
    has: (sql, ...values) => ask(sql, (there) => get(there, sql, ...values)) !== undefined,
    close: () => db.close(),
  };
}
