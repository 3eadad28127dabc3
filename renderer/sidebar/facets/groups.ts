/** The groups of values that are lists: what each is called in a query and on screen. */
import type { FacetGroups } from '../../../shared/model.ts';

export type GroupId = Extract<keyof FacetGroups, 'cameras' | 'lenses' | 'services' | 'formats'>;

export type GroupKind = {
  readonly id: GroupId;
  /** Its key in the query language. */
  readonly key: 'camera' | 'lens' | 'source' | 'type';
};

/** From top to bottom. */
export const GROUPS: readonly GroupKind[] = [
  { id: 'cameras', key: 'camera' },
  { id: 'lenses', key: 'lens' },
  { id: 'services', key: 'source' },
  { id: 'formats', key: 'type' },
];
