import type { Box, SourceId, TagEntry, TagNames, TagType } from '../../shared/model.ts';

/** What one source says about a tag. */
export type TagSource = {
  readonly source: SourceId;
  /** 0..100. */
  readonly confidence: number;
  /** It saw an earlier version of the picture. */
  readonly earlier: boolean;
};

/** One tag of a photo, whoever says it. */
export type TagRow = {
  readonly id: number;
  readonly names: TagNames;
  readonly type: TagType;
  /** The highest of its sources, 0..100. */
  readonly confidence: number;
  /** Most confident first. */
  readonly sources: readonly TagSource[];
  /** Where in the picture it is, as all sources together see it. */
  readonly boxes: readonly Box[];
  /** Every source saw an earlier version of the picture. */
  readonly earlier: boolean;
  /** The person said that it is wrong here. */
  readonly rejected: boolean;
};

export type TagGroups = {
  /** At or above the lens, most confident first. */
  readonly shown: readonly TagRow[];
  /** Below the lens. */
  readonly below: readonly TagRow[];
  /** The person said that they are wrong here. */
  readonly rejected: readonly TagRow[];
  /** What moderation services say, whatever the lens: these are never among the tags. */
  readonly sensitivity: readonly TagRow[];
};

/** Sorts a photo's entries into what the lens shows, what it hides, and what the person rejected. */
export function groupTags(entries: readonly TagEntry[], threshold: number): TagGroups {
  const byTag = new Map<number, TagEntry[]>();
  for (const entry of entries) {
    const known = byTag.get(entry.id);
    if (known) known.push(entry);
    else byTag.set(entry.id, [entry]);
  }
  const groups = {
    shown: [] as TagRow[],
    below: [] as TagRow[],
    rejected: [] as TagRow[],
    sensitivity: [] as TagRow[],
  };
  for (const [id, unsorted] of byTag) {
    const sorted = unsorted.toSorted((left, right) => right.confidence - left.confidence);
    const best = sorted[0];
    if (!best) continue;
    const row: TagRow = {
      id,
      names: best.names,
      type: best.type,
      confidence: best.confidence,
      sources: sorted.map(({ source, confidence, earlier = false }) => ({
        source,
        confidence,
        earlier,
      })),
      boxes: sorted.flatMap(({ boxes = [] }) => boxes),
      earlier: sorted.every((entry) => entry.earlier === true),
      rejected: sorted.some((entry) => entry.rejected === true),
    };
    if (row.type === 'sensitivity') groups.sensitivity.push(row);
    else if (row.rejected) groups.rejected.push(row);
    else if (best.confidence >= threshold) groups.shown.push(row);
    else groups.below.push(row);
  }
  for (const rows of Object.values(groups)) {
    rows.sort((left, right) => right.confidence - left.confidence || left.id - right.id);
  }
  return groups;
}

/** A tag on some of several photos. */
export type CommonTag = { readonly id: number; readonly names: TagNames; readonly count: number };

/** The tags of several photos, those on most of them first; rejected ones and those below the lens are left out. */
export function commonTags(
  photos: readonly { readonly tags: readonly TagEntry[] }[],
  threshold: number,
): CommonTag[] {
  const counts = new Map<number, { names: TagNames; count: number }>();
  for (const photo of photos) {
    for (const row of groupTags(photo.tags, threshold).shown) {
      const known = counts.get(row.id);
      if (known) known.count += 1;
      else counts.set(row.id, { names: row.names, count: 1 });
    }
  }
  return [...counts]
    .map(([id, { names, count }]) => ({ id, names, count }))
    .sort((left, right) => right.count - left.count || left.id - right.id);
}
