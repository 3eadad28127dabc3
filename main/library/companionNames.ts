/** Which files beside photos belong to them, by their names. */
import { nameKey } from './names.ts';

export type CompanionKind = 'video' | 'sidecar' | 'sound';

const EXTENSIONS: Readonly<Record<CompanionKind, readonly string[]>> = {
  video: '3gp 3g2 avi insv m2ts m4v mkv mov mp4 mpeg mpg mts webm wmv'.split(' '),
  sidecar: 'aae arp cos dop dxo lrv nksc on1 pp2 pp3 rpp thm vrd xmp'.split(' '),
  sound: ['wav', 'm4a'],
};

const KIND_OF_EXTENSION: ReadonlyMap<string, CompanionKind> = new Map(
  (Object.keys(EXTENSIONS) as CompanionKind[]).flatMap((kind) =>
    EXTENSIONS[kind].map((extension) => [extension, kind] as const),
  ),
);

const DOT = 0x2e;
const LONGEST_EXTENSION = 4;

/** What a file of this name is to a photo; null: nothing, or a photo itself. */
export function companionKind(name: Uint8Array): CompanionKind | null {
  const dot = name.lastIndexOf(DOT);
  if (dot <= 0 || name.length - dot - 1 > LONGEST_EXTENSION) return null;
  const extension = Buffer.from(name.subarray(dot + 1))
    .toString('latin1')
    .toLowerCase();
  return KIND_OF_EXTENSION.get(extension) ?? null;
}

/** A folded name without its last extension. */
export function stemOf(key: string): string {
  const dot = key.lastIndexOf('.');
  return dot > 0 ? key.slice(0, dot) : key;
}

/** The same of a name as bytes. */
export function stemKey(name: Uint8Array): string {
  return stemOf(nameKey(name));
}
