/** What labels mean: the sources' own words with the tags' names and types. */
import type { ExportedWord } from '../exchange/document.ts';
import type { Base } from './base.ts';
import type { DamagedTables } from './tables.ts';
import { isFlag, isId, isText } from './values.ts';

export type Words = {
  /** Labels of people. */
  readonly own: ReadonlySet<number>;
  /** Null for a label that cannot be read on either side. */
  ofLabel(labelId: number): (ExportedWord & { readonly service: string }) | null;
  ofTag(tagId: number): ExportedWord | null;
};

type Label = { readonly service: string; readonly raw: string; readonly tagId: number };
type Tag = { type: string; readonly names: { en?: string; zh?: string } };

const HAN = /\p{Script=Han}/u;

/** Reads labels and tags of both sides; the damaged one is asked for what the sound one does not have. */
export function readWords(damaged: DamagedTables, base: Base): Words {
  const labels = new Map<number, Label>();
  const tags = new Map<number, Tag>();
  const tagOf = (id: number): Tag => {
    const known = tags.get(id) ?? { type: 'thing', names: {} };
    tags.set(id, known);
    return known;
  };
  for (const row of base.all<Label & { id: number }>(
    'SELECT id, service_id AS service, raw, tag_id AS tagId FROM label',
  )) {
    labels.set(row.id, row);
  }
  for (const { id, type } of base.all<{ id: number; type: string }>('SELECT id, type FROM tag')) {
    tagOf(id).type = type;
  }
  for (const { tagId, language, name } of base.all<{
    tagId: number;
    language: 'en' | 'zh';
    name: string;
  }>('SELECT tag_id AS tagId, language, name FROM tag_name WHERE alias = 0')) {
    tagOf(tagId).names[language] = name;
  }
  const known = { labels: new Set(labels.keys()), tags: new Set(tags.keys()) };
  damaged.read('tag', {
    isSound: ({ id, type, created_at: at }) =>
      isId(id) && isText(type) && /^[\w-]{1,40}$/.test(type) && typeof at === 'number',
    row: ({ id, type }) => {
      if (known.tags.has(Number(id))) return;
      tagOf(Number(id)).type = String(type);
    },
  });
  damaged.read('tag_name', {
    isSound: (row) =>
      isId(row['tag_id']) &&
      isText(row['name']) &&
      row['name'] !== '' &&
      isText(row['name_key']) &&
      (row['language'] === 'en' || row['language'] === 'zh') &&
      (row['space'] === 'common' || row['space'] === 'device' || row['space'] === 'sensitivity') &&
      isFlag(row['alias']),
    row: (row) => {
      const language = row['language'] === 'en' ? 'en' : 'zh';
      const { names } = tagOf(Number(row['tag_id']));
      if (row['alias'] === 0) names[language] ??= String(row['name']);
    },
  });
  damaged.read('label', {
    isSound: ({ id, service_id: service, raw, tag_id: tagId }) =>
      isId(id) && isText(service) && service !== '' && isText(raw) && raw !== '' && isId(tagId),
    row: ({ id, service_id: service, raw, tag_id: tagId }) => {
      if (known.labels.has(Number(id))) return;
      labels.set(Number(id), { service: String(service), raw: String(raw), tagId: Number(tagId) });
    },
  });
  const ofTag = new Map<number, string>();
  for (const { raw, tagId } of labels.values()) if (!ofTag.has(tagId)) ofTag.set(tagId, raw);
  const word = (raw: string, tagId: number): ExportedWord => {
    const { type, names } = tags.get(tagId) ?? { type: 'thing', names: {} };
    const isNamed = names.en !== undefined || names.zh !== undefined;
    return { raw, type, names: isNamed ? { ...names } : { [HAN.test(raw) ? 'zh' : 'en']: raw } };
  };
  return {
    own: new Set([...labels].flatMap(([id, { service }]) => (service === 'me' ? [id] : []))),
    ofLabel(labelId) {
      const label = labels.get(labelId);
      return label ? { ...word(label.raw, label.tagId), service: label.service } : null;
    },
    ofTag(tagId) {
      const tag = tags.get(tagId);
      const raw = ofTag.get(tagId) ?? tag?.names.en ?? tag?.names.zh;
      return raw === undefined ? null : word(raw, tagId);
    },
  };
}
