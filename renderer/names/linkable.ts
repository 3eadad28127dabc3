import type { TagCount, TagNames, TagType } from '../../shared/model.ts';

/** Tags that this computer measures, and labels about sensitive content, stay by themselves. */
const ALONE: readonly TagType[] = ['light', 'colour', 'composition', 'capture', 'sensitivity'];

/** What has to be known of a tag to say what can be done to its names. */
export type NamedTag = { readonly id: number; readonly names: TagNames; readonly type: TagType };

/** The two tags that would become one. */
export type TagPair = { readonly zhTagId: number; readonly enTagId: number };

/** Whether a tag can be one with another one. */
export function mayLink(tag: NamedTag): boolean {
  return !ALONE.includes(tag.type) && (tag.names.en !== undefined || tag.names.zh !== undefined);
}

/** Whether a tag has two names that can be taken apart. */
export function mayUnlink(tag: NamedTag): boolean {
  return mayLink(tag) && tag.names.en !== undefined && tag.names.zh !== undefined;
}

/** Which of two tags brings the Chinese name and which the English one; null when they cannot be one. */
export function pairOf(tag: NamedTag, other: NamedTag): TagPair | null {
  if (tag.id === other.id || !mayLink(tag) || !mayLink(other)) return null;
  if (tag.names.zh !== undefined && other.names.en !== undefined) {
    return { zhTagId: tag.id, enTagId: other.id };
  }
  if (other.names.zh !== undefined && tag.names.en !== undefined) {
    return { zhTagId: other.id, enTagId: tag.id };
  }
  return null;
}

/** The tags that a tag may be one with, most photos first. */
export function linkChoices(tag: NamedTag, tags: readonly TagCount[]): readonly TagCount[] {
  return tags
    .filter((other) => pairOf(tag, other) !== null)
    .toSorted((left, right) => right.count - left.count || left.id - right.id);
}
