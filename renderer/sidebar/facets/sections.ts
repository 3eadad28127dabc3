/** Which parts of the library pane are open, kept with the library. */
import { saveSetting, useSettings } from '../../settings/queries.ts';
import { createStore } from '../../state/store.ts';

/** The parts of the pane that unfold. */
export type SectionId =
  | 'tags'
  | 'dates'
  | 'folders'
  | 'cameras'
  | 'lenses'
  | 'services'
  | 'formats';

/** More are not kept: types of tags come from services, and nobody needs to remember all that ever were. */
const KEPT_SECTIONS = 400;

/** Whether a part is open, by id; ids of tag groups are `tags.` and the type. */
export function useSections(): {
  readonly isOpen: (id: string) => boolean;
  readonly toggle: (id: string) => void;
} {
  const sections = useSettings()['sidebar.sections'];
  return {
    isOpen: (id) => sections[id] ?? true,
    toggle: (id) => void saveSetting('sidebar.sections', toggled(sections, id)),
  };
}

/** The parts after one was opened or closed. Open is what all are by themselves, so only closed ones are kept. */
export function toggled(
  sections: Readonly<Record<string, boolean>>,
  id: string,
): Record<string, boolean> {
  const { [id]: open = true, ...others } = sections;
  const kept = Object.fromEntries(Object.entries(others).slice(1 - KEPT_SECTIONS));
  return open ? { ...kept, [id]: false } : kept;
}

const wanted = createStore<SectionId | null>(null);

/** The next drawer that opens shows this part. */
export function showSection(id: SectionId): void {
  wanted.set(id);
}

/** The part that a drawer was opened for; told once. */
export function takeWantedSection(): SectionId | null {
  const id = wanted.get();
  wanted.set(null);
  return id;
}
