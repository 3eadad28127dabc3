/** First parts of query keys, so that an event can make all queries of a subject stale. */
export const queryKeys = {
  facets: ['facets'],
  suggestions: ['suggestions'],
  tree: ['tree'],
  roots: ['roots'],
  problems: ['problems'],
  status: ['status'],
  settings: ['settings'],
  detail: ['detail'],
  services: ['services'],
  tagging: ['tagging'],
  estimate: ['estimate'],
  uploads: ['uploads'],
  runs: ['runs'],
  links: ['links'],
  typeNames: ['typeNames'],
  searches: ['searches'],
  backups: ['backups'],
  searchCounts: ['searchCounts'],
  recentSearches: ['recentSearches'],
} as const;

export type QuerySubject = keyof typeof queryKeys;
