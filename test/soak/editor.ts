/** A person who tags photos and takes tags away. Only what was acknowledged is remembered. */
import type { Random } from '../fuzz/random.ts';
import type { Engine } from './engine.ts';

export type Editor = {
  /** Names of tags that were acknowledged on exactly one photo. */
  readonly kept: ReadonlySet<string>;
  /** Names of tags whose removal was acknowledged. */
  readonly removed: ReadonlySet<string>;
  readonly edits: number;
  /** Edits whose answer never came, because the engine was killed: either way is right. */
  readonly unanswered: number;
  /** One edit. Rejects when the engine goes away meanwhile. */
  step(client: Engine['client']): Promise<void>;
};

const REMOVE_SHARE = 0.15;

export function createEditor(random: Random): Editor {
  const kept = new Map<string, number>();
  const removed = new Set<string>();
  let number = 0;
  let edits = 0;
  let unanswered = 0;

  const attempt = async <Answer>(ask: Promise<Answer>): Promise<Answer> => {
    try {
      return await ask;
    } catch (error) {
      unanswered += 1;
      throw error;
    }
  };

  return {
    get kept() {
      return new Set(kept.keys());
    },
    removed,
    get edits() {
      return edits;
    },
    get unanswered() {
      return unanswered;
    },
    async step(client) {
      const oldest = [...kept].at(random.below(kept.size));
      if (oldest && random.next() < REMOVE_SHARE) {
        const [tag, photoId] = oldest;
        kept.delete(tag);
        const target = { photoIds: [photoId] };
        const { photos } = await attempt(
          client.tags.label({ action: 'remove', tag, language: 'en', target }),
        );
        // The row may have been merged into another: then nothing was removed, and nothing is expected.
        if (photos === 1) removed.add(tag);
        edits += 1;
        return;
      }
      const { total } = await client.photos.search({ ...ALL, limit: 0 });
      if (total === 0) return;
      const page = await client.photos.search({ ...ALL, limit: 1, offset: random.below(total) });
      const [photo] = page.photos;
      if (!photo) return;
      number += 1;
      const tag = `own ${number}`;
      const target = { photoIds: [photo.id] };
      const { photos } = await attempt(
        client.tags.label({ action: 'add', tag, language: 'en', target }),
      );
      if (photos === 1) kept.set(tag, photo.id);
      edits += 1;
      if (random.next() < 0.2) {
        await attempt(client.photos.setFavorite({ target, favorite: random.next() < 0.8 }));
        edits += 1;
      }
    },
  };
}

const ALL = { query: '', threshold: 0, sort: 'added', ascending: false, offset: 0 } as const;
