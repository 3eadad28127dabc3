/** A small library whose rows a test writes by hand. */
import { openInMemory, run, type WritableDB } from '../../../main/library/database.ts';
import { migrate } from '../../../main/library/migrate.ts';
import { foldName } from '../../../main/search/fold.ts';

export const NOW = Date.UTC(2026, 5, 15, 12);
export const DAY_MS = 86_400_000;

export class Fixture {
  readonly db: WritableDB = openInMemory();
  #files = 0;

  constructor() {
    migrate(this.db);
    this.root('/photos');
  }

  root(path: string): number {
    const root = this.#insert(
      'INSERT INTO root (path, path_text, added_at) VALUES (?, ?, 0)',
      Buffer.from(path),
      path,
    );
    return this.folder('', root);
  }

  folder(path: string, root = 1, parent: number | null = null): number {
    return this.#insert(
      'INSERT INTO folder (root_id, parent_id, path, path_text) VALUES (?, ?, ?, ?)',
      root,
      parent,
      Buffer.from(path),
      path,
    );
  }

  /** A photo; `columns` are columns of its row. */
  photo(columns: Record<string, unknown> = {}): number {
    this.#files += 1;
    const name = String(columns['name_text'] ?? `file${this.#files}.jpg`);
    const row: Record<string, unknown> = {
      folder_id: 1,
      name: Buffer.from(`${this.#files} ${name}`),
      name_key: name,
      size_bytes: 1000,
      mtime_us: 0,
      inode: this.#files,
      added_at: NOW - 365 * DAY_MS,
      stage: 2,
      name_text: name,
      ...columns,
    };
    const names = Object.keys(row);
    return this.#insert(
      `INSERT INTO photo (${names.join(', ')}) VALUES (${names.map(() => '?').join(', ')})`,
      ...Object.values(row),
    );
  }

  /** A tag with its label of each source. */
  tag(en: string, zh: string | null = null, type = 'animal'): number {
    const tag = this.#insert('INSERT INTO tag (type, created_at) VALUES (?, 0)', type);
    this.name(tag, 'en', en, type);
    if (zh !== null) this.name(tag, 'zh', zh, type);
    return tag;
  }

  name(tag: number, language: 'en' | 'zh', name: string, type = 'animal', alias = 0): void {
    const space = type === 'sensitivity' || type === 'device' ? type : 'common';
    run(
      this.db,
      'INSERT INTO tag_name VALUES (?, ?, ?, ?, ?, ?)',
      tag,
      language,
      name,
      foldName(name),
      alias,
      space,
    );
  }

  /** A source's label of a tag; its word is the tag's English name. */
  label(source: string, tag: number): number {
    const known = this.db
      .prepare('SELECT id FROM label WHERE service_id = ? AND tag_id = ?')
      .get(source, tag) as { id: number } | undefined;
    return (
      known?.id ??
      this.#insert(
        `INSERT INTO label (service_id, raw, tag_id)
           SELECT ?, name, tag_id FROM tag_name WHERE tag_id = ? AND language = 'en' AND alias = 0`,
        source,
        tag,
      )
    );
  }

  tagPhoto(photo: number, tag: number, source = 'me', confidence = 100): void {
    run(
      this.db,
      'INSERT OR REPLACE INTO photo_tag (photo_id, label_id, confidence) VALUES (?, ?, ?)',
      photo,
      this.label(source, tag),
      confidence,
    );
  }

  picture(): number {
    const hash = Buffer.alloc(32);
    this.#files += 1;
    hash.writeUInt32LE(this.#files);
    return this.#insert('INSERT INTO picture (image_hash) VALUES (?)', hash);
  }

  tagPicture(
    picture: number,
    tag: number,
    source: string,
    confidence: number,
    boxes: unknown = null,
  ): void {
    run(
      this.db,
      'INSERT OR REPLACE INTO picture_tag (picture_id, label_id, confidence, boxes) VALUES (?, ?, ?, ?)',
      picture,
      this.label(source, tag),
      confidence,
      boxes === null ? null : JSON.stringify(boxes),
    );
  }

  reject(photo: number, tag: number): void {
    run(this.db, 'INSERT INTO rejection VALUES (?, ?, 0)', photo, tag);
  }

  #insert(sql: string, ...values: unknown[]): number {
    return Number(run(this.db, sql, ...values).lastInsertRowid);
  }
}
