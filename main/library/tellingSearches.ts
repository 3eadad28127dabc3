/** Which searches would tell of sensitive photos to whoever looks over a shoulder at the last ones. */
import { TagrollError } from '../../shared/errors.ts';
import { SENSITIVITY_SERVICES } from '../../shared/services.ts';
import { foldName, foldText } from '../search/fold.ts';
import { checkWork } from '../search/limits.ts';
import { parseQuery } from '../search/query.ts';
import type { QueryNode } from '../search/tree.ts';
import { SENSITIVITY_WORDS } from '../tagging/services/sensitivityNames.ts';
import { all, type ReadableDB } from './database.ts';

/** Folded, see `foldName`. */
export type TellingNames = {
  /** What moderation services can say, in every language. */
  readonly words: readonly string[];
  readonly services: ReadonlySet<string>;
};

const HAN = /\p{Script=Han}/u;
const BETWEEN_WORDS = /[^\p{L}\p{N}]+/u;

/** What is known of moderation services: their documents' words, and what they said in this library. */
export function tellingNames(db: ReadableDB): TellingNames {
  const rows = all<{ word: string }>(
    db,
    `SELECT name AS word FROM tag_name JOIN tag ON tag.id = tag_id WHERE tag.type = 'sensitivity'
     UNION SELECT raw FROM label JOIN tag ON tag.id = tag_id WHERE tag.type = 'sensitivity'`,
  );
  const services = all<{ id: string }>(
    db,
    `SELECT DISTINCT service_id AS id FROM label JOIN tag ON tag.id = tag_id
      WHERE tag.type = 'sensitivity'`,
  );
  const words = [...SENSITIVITY_WORDS, ...rows.map((row) => row.word)].map(foldName);
  const ids = [...SENSITIVITY_SERVICES, ...services.map((row) => row.id)].map(foldName);
  return { words: [...new Set(words)].filter((word) => word !== ''), services: new Set(ids) };
}

/** Whether a search would tell of sensitive photos, or cannot be read, so that nobody knows what it tells. */
export function searchTells(query: string, names: TellingNames): boolean {
  const tree = readSearch(query);
  return tree === null || nodeTells(tree, names);
}

/** The same for two searches that are written differently and mean the same; null for none, or one with a mistake. */
export function searchKey(query: string): string | null {
  const tree = readSearch(query);
  if (tree === null || tree.kind === 'all') return null;
  return JSON.stringify(tree, (_, value) => (typeof value === 'string' ? foldText(value) : value));
}

/** Null for a search with a mistake. */
function readSearch(query: string): QueryNode | null {
  try {
    const tree = parseQuery(query);
    checkWork(query);
    return tree;
  } catch (error) {
    if (error instanceof TagrollError && error.code === 'query_invalid') return null;
    throw error;
  }
}

/** What is excluded tells as much as what is asked for. */
function nodeTells(node: QueryNode, names: TellingNames): boolean {
  switch (node.kind) {
    case 'and':
    case 'or':
      return node.children.some((child) => nodeTells(child, names));
    case 'not':
      return nodeTells(node.child, names);
    case 'is':
      return node.what === 'sensitive';
    case 'tag':
    case 'box':
      return textTells(node.name, names);
    case 'word':
      return textTells(node.text, names);
    case 'name':
      return textTells(node.pieces.join(' '), names);
    case 'text':
      return isService(node.text, names) || textTells(node.text, names);
    case 'untagged-by':
      return isService(node.source, names) || textTells(node.source, names);
    default:
      return false;
  }
}

function isService(text: string, names: TellingNames): boolean {
  return names.services.has(foldName(text));
}

/**
 * One of the names as whole words: `fireworks` is none. Chinese has no spaces, so a name of several characters
 * counts anywhere; of one (火) only alone, because most words with it are about something else (火车).
 */
function textTells(text: string, { words }: TellingNames): boolean {
  const folded = foldName(text);
  const spaced = spacedWords(folded);
  return words.some((word) => {
    if (folded === word || spaced.includes(spacedWords(word))) return true;
    return HAN.test(word) && [...word].length > 1 && folded.includes(word);
  });
}

function spacedWords(text: string): string {
  return ` ${text.split(BETWEEN_WORDS).join(' ').trim()} `;
}
