/**
 * From what a query says to what is looked up: `source:` and `conf:` are about the same tag entries as
 * the `tag:` and word terms of their AND group, so they are handed down to those terms here. A group
 * (or an alternative) without such a term asks for any tag entry that meets them.
 *
 * An exclusion narrows what it excludes by them (`-tag:dog source:me` excludes what I call a dog), and
 * asks for no entry itself. Alone, `-source:me` means: no tag of mine.
 */
import { isEntryCondition } from './entryTest.ts';
import type { QueryNode, Term } from './tree.ts';

/** Conditions that a tag entry must meet, all of them. */
export type Conditions = readonly QueryNode[];

type TagTerm = Extract<Term, { kind: 'tag' | 'word' | 'box' }>;

export type Plan =
  | { readonly kind: 'all' }
  | { readonly kind: 'and' | 'or'; readonly children: readonly Plan[] }
  | { readonly kind: 'not'; readonly child: Plan }
  /** Any tag entry that meets the conditions. */
  | { readonly kind: 'entry'; readonly conditions: Conditions }
  | { readonly kind: 'tagged'; readonly term: TagTerm; readonly conditions: Conditions }
  | { readonly kind: 'plain'; readonly term: Exclude<Term, TagTerm> };

export function planQuery(tree: QueryNode): Plan {
  return attach(tree, [], false);
}

/** The first tag term that is not excluded, for sorting by confidence. */
export function firstTagTerm(plan: Plan): Extract<Plan, { kind: 'tagged' }> | null {
  switch (plan.kind) {
    case 'tagged':
      return plan.term.kind === 'tag' ? plan : null;
    case 'and':
    case 'or':
      for (const child of plan.children) {
        const found = firstTagTerm(child);
        if (found) return found;
      }
      return null;
    default:
      return null;
  }
}

/** What is said twice is looked for once. */
function distinct(nodes: readonly QueryNode[]): readonly QueryNode[] {
  return [...new Map(nodes.map((node) => [JSON.stringify(node), node])).values()];
}

/** `required`: the conditions ask for an entry here, when no term below takes them. */
function attach(node: QueryNode, conditions: Conditions, required: boolean): Plan {
  switch (node.kind) {
    case 'all':
      return node;
    case 'and':
      return attachGroup(node.children, conditions, required);
    case 'or':
      return {
        kind: 'or',
        children: distinct(node.children).map((child) => attach(child, conditions, required)),
      };
    case 'tag':
    case 'word':
    case 'box':
      return { kind: 'tagged', term: node, conditions };
    default:
      return attachGroup([node], conditions, required);
  }
}

/** Terms side by side; a single one that takes no conditions is such a group too. */
function attachGroup(
  children: readonly QueryNode[],
  inherited: Conditions,
  required: boolean,
): Plan {
  const own = children.filter(isEntryCondition);
  const others = distinct(children.filter((child) => !isEntryCondition(child)));
  const conditions = [...inherited, ...own];
  const taken = others.some((child) => asksForTag(child, true));
  const parts: Plan[] = [];
  if (!taken) parts.push(...standAlone(own, inherited, required));
  for (const child of others) {
    const wants = taken && (required || own.length > 0) && asksForTag(child, true);
    parts.push(attachOne(child, conditions, wants));
  }
  const [only] = parts;
  return parts.length === 1 && only ? only : { kind: 'and', children: parts };
}

function attachOne(child: QueryNode, conditions: Conditions, required: boolean): Plan {
  switch (child.kind) {
    case 'all':
    case 'and':
    case 'or':
    case 'tag':
    case 'word':
    case 'box':
      return attach(child, conditions, required);
    case 'not':
      return { kind: 'not', child: attach(child.child, conditions, false) };
    default:
      return { kind: 'plain', term: child };
  }
}

/** Conditions that no term takes: some entry meets those that are said, none meets an excluded one. */
function standAlone(own: Conditions, inherited: Conditions, required: boolean): Plan[] {
  const said = own.filter((condition) => condition.kind !== 'not');
  const parts: Plan[] = [];
  if (said.length > 0 || (required && inherited.length > 0)) {
    parts.push({ kind: 'entry', conditions: [...inherited, ...said] });
  }
  for (const condition of own) {
    if (condition.kind !== 'not') continue;
    parts.push({ kind: 'not', child: { kind: 'entry', conditions: [condition.child] } });
  }
  return parts;
}

function asksForTag(node: QueryNode, positive: boolean): boolean {
  switch (node.kind) {
    case 'tag':
    case 'word':
    case 'box':
      return positive;
    case 'not':
      return asksForTag(node.child, !positive);
    case 'and':
    case 'or':
      return node.children.some((child) => asksForTag(child, positive));
    default:
      return false;
  }
}
