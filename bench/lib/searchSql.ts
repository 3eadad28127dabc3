/** What the index answers, asked of the database: the usual joins with the indexes that are there. */
import { all, get, type ReadableDB } from '../../main/library/database.ts';

export type SqlQuestion = {
  readonly kind: 'tag' | 'and' | 'facets' | 'word';
  /** Ids of tags; for `facets` of the photos of the first one. */
  readonly tags: readonly number[];
  readonly word: string;
  /** Confidence, 0..100. */
  readonly threshold: number;
};

const TAGGED = `SELECT photo_tag.photo_id AS id FROM label JOIN photo_tag ON photo_tag.label_id = label.id
    WHERE label.tag_id = ? AND photo_tag.confidence >= ?
  UNION
  SELECT photo.id FROM label JOIN picture_tag ON picture_tag.label_id = label.id
    JOIN photo ON photo.picture_id = picture_tag.picture_id
    WHERE label.tag_id = ? AND picture_tag.confidence >= ?`;

const FIRST = 'ORDER BY taken_at DESC, id LIMIT 200';

function firstAndCount(db: ReadableDB, where: string, ...values: unknown[]): void {
  get(db, `SELECT COUNT(*) FROM photo WHERE ${where}`, ...values);
  all(db, `SELECT id FROM photo WHERE ${where} ${FIRST}`, ...values);
}

export const SQL_QUESTIONS: Readonly<
  Record<SqlQuestion['kind'], (db: ReadableDB, question: SqlQuestion) => void>
> = {
  tag(db, { tags: [tag], threshold }) {
    firstAndCount(db, `id IN (${TAGGED})`, tag, threshold, tag, threshold);
  },
  and(db, { tags: [first, second], threshold }) {
    const values = [first, threshold, first, threshold, second, threshold, second, threshold];
    firstAndCount(db, `id IN (${TAGGED}) AND id IN (${TAGGED})`, ...values);
  },
  facets(db, { tags: [tag], threshold }) {
    all(
      db,
      `WITH result AS MATERIALIZED (${TAGGED})
       SELECT tag_id, COUNT(DISTINCT id) FROM (
         SELECT label.tag_id, result.id FROM result JOIN photo_tag ON photo_tag.photo_id = result.id
           JOIN label ON label.id = photo_tag.label_id WHERE photo_tag.confidence >= ?
         UNION ALL
         SELECT label.tag_id, result.id FROM result JOIN photo ON photo.id = result.id
           JOIN picture_tag ON picture_tag.picture_id = photo.picture_id
           JOIN label ON label.id = picture_tag.label_id WHERE picture_tag.confidence >= ?)
       GROUP BY tag_id ORDER BY 2 DESC LIMIT 50`,
      ...[tag, threshold, tag, threshold, threshold, threshold],
    );
  },
  word(db, { word }) {
    firstAndCount(db, `name_key LIKE ?`, `%${word}%`);
  },
};
