/** What the window's title says. */

import { withoutIsolation } from '../i18n/directions.ts';
import type { Translate } from '../i18n/index.ts';
import { queryWords } from '../search/termText.ts';
import { isActive, LIBRARY_VIEWS } from '../sidebar/libraryViewList.ts';
import type { ViewState } from '../state/viewHash.ts';

/** Characters of what is looked at; taskbars show fewer still. */
const LONGEST = 80;

/** `beach · 2019 – Tagroll`. `photoName` is the name of the photo in the viewer, where there is one. */
export function viewTitle(
  view: ViewState,
  t: Translate,
  exists: (key: string) => boolean,
  photoName: string | null,
): string {
  const looked = shorten(photoName ?? lookedAt(view, t, exists));
  return t('navigation.title', { looked });
}

function lookedAt(view: ViewState, t: Translate, exists: (key: string) => boolean): string {
  if (view.section === 'tagging') return t('sidebar.tagging');
  const known = LIBRARY_VIEWS.find((item) => isActive(item, view));
  if (known) return t(`sidebar.${known.key}`);
  let text = '';
  let goesOn = true;
  for (const { kind, spoken } of queryWords(view.query, t, exists)) {
    text += goesOn || kind === 'or' ? '' : ' · ';
    text += kind === 'or' ? ` ${spoken} ` : spoken;
    goesOn = kind === 'or';
  }
  return text;
}

function shorten(text: string): string {
  // What would break the line, and what would turn the rest of the title round.
  const clean = withoutIsolation(text)
    .replace(/[\p{Cc}\u202a-\u202e\u2066-\u2069]/gu, ' ')
    .trim();
  const characters = [...clean];
  if (characters.length <= LONGEST) return clean;
  return `${characters
    .slice(0, LONGEST - 1)
    .join('')
    .trimEnd()}…`;
}
