/** Names of tags in two languages: the calls of `shared/taggingContract.ts` under `links`. */
import type { EngineParts } from '../engineParts.ts';
import { linkSuggestions } from '../library/tagging/links.ts';
import type { RouterBuilder } from './builder.ts';

export function createLinksRouter(builder: RouterBuilder, parts: EngineParts) {
  const { db, writer, index, now } = parts;
  const { links } = builder;
  return {
    suggestions: links.suggestions.handler(async () => {
      await index.ready;
      const { tags } = index.facets('', 0);
      const photoCounts = new Map(tags.map((tag) => [tag.id, tag.count]));
      return { suggestions: linkSuggestions(db, photoCounts) };
    }),
    link: links.link.handler(({ input }) => writer.run('linkTags', { ...input, now: now() })),
    unlink: links.unlink.handler(({ input }) => writer.run('unlinkTags', { ...input, now: now() })),
    dismiss: links.dismiss.handler(({ input }) =>
      writer.run('dismissLink', { ...input, now: now() }),
    ),
  };
}
