import { useCallback } from 'react';
import { useTranslation } from '../i18n/index.ts';
import { useSettings } from '../settings/queries.ts';
import { createStore, useStore } from '../state/store.ts';

/** What has to be known of a photo before anything of it is shown. */
export type MaybeSensitive = { readonly id: number; readonly sensitive: boolean };

/** Photos that the person chose to see. Kept by nobody: closing the window forgets them. */
const revealed = createStore<ReadonlySet<number>>(new Set());

/** Whether a photo is blurred: it is sensitive, such photos are blurred, and the person did not uncover it. */
export function isVeiled(
  photo: MaybeSensitive,
  blurs: boolean,
  uncovered: ReadonlySet<number>,
): boolean {
  return blurs && photo.sensitive && !uncovered.has(photo.id);
}

/** What a key or an eye does to some photos: uncovers them while one is blurred, else blurs them again. */
export function afterToggle(
  photos: readonly MaybeSensitive[],
  uncovered: ReadonlySet<number>,
): ReadonlySet<number> {
  const sensitive = photos.filter((photo) => photo.sensitive).map(({ id }) => id);
  if (sensitive.some((id) => !uncovered.has(id))) return new Set([...uncovered, ...sensitive]);
  return new Set([...uncovered].filter((id) => !sensitive.includes(id)));
}

/** Shows a sensitive photo until the window closes. */
export function uncover(photoId: number): void {
  revealed.set(new Set([...revealed.get(), photoId]));
}

/** Shows sensitive photos, or blurs them again when all of them are shown. Answers whether there were any. */
export function toggleVeil(photos: readonly MaybeSensitive[]): boolean {
  if (!photos.some((photo) => photo.sensitive)) return false;
  revealed.set(afterToggle(photos, revealed.get()));
  return true;
}

/** Tells which photos are blurred now; a new function whenever that may have changed. */
export function useVeil(): (photo: MaybeSensitive) => boolean {
  const { 'sensitive.blur': blurs } = useSettings();
  const uncovered = useStore(revealed);
  return useCallback((photo) => isVeiled(photo, blurs, uncovered), [blurs, uncovered]);
}

/** The name of a photo as it is said of its picture: with the word that it is blurred, where it is. */
export function useSpokenName(photo: MaybeSensitive & { readonly name: string }): string {
  const { t } = useTranslation();
  const veiled = useVeil()(photo);
  return veiled ? t('sensitive.veiledName', { name: photo.name }) : photo.name;
}
