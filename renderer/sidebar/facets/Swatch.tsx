import type { TagCount } from '../../../shared/model.ts';
import styles from './Swatch.module.css';

/** Colours that have one look; others, such as "vivid", have none. */
const COLOURS: ReadonlySet<string> = new Set([
  'red',
  'orange',
  'yellow',
  'green',
  'cyan',
  'blue',
  'purple',
  'pink',
  'brown',
  'black',
  'white',
  'grey',
  'black and white',
  'sepia',
]);

/** The colour of a colour tag's name; null when it is none, or has no look. */
export function colourOf({ type, names }: Pick<TagCount, 'type' | 'names'>): string | null {
  const name = names.en?.toLowerCase() ?? '';
  return type === 'colour' && COLOURS.has(name) ? name : null;
}

/** A small patch of a colour, or its empty place, so that names are in line. */
export function Swatch({ colour }: { readonly colour: string | null }) {
  return <span className={styles['swatch']} data-colour={colour ?? undefined} />;
}
