/** Size and turn of an item of a HEIF file. */
import type { ByteSource } from './byteSource.ts';
import type { Chunk } from './chunks.ts';

/** First mirrored left to right if at all, then turned: every row of turns and mirrors comes to that. */
export type Turn = {
  readonly isMirrored: boolean;
  /** 0..3, against the clock. */
  readonly quarterTurns: number;
};

export type HeifShape = {
  /** Before it is turned; null where the item does not tell. */
  readonly width: number | null;
  readonly height: number | null;
  readonly turn: Turn;
};

export const UPRIGHT: Turn = { isMirrored: false, quarterTurns: 0 };
/** EXIF's numbers by quarter turns against the clock. */
const ORIENTATIONS = [1, 8, 3, 6] as const;
const MIRRORED_ORIENTATIONS = [2, 5, 4, 7] as const;

/** What the item's properties come to. */
export function shapeOf(source: ByteSource, properties: readonly Chunk[]): HeifShape {
  let width: number | null = null;
  let height: number | null = null;
  let isMirrored = false;
  let quarterTurns = 0;
  for (const property of properties) {
    const body = source.slice(property.bodyStart, Math.min(property.bodyBytes, 40));
    if (property.type === 'ispe' && body.length >= 12) {
      width = body.readUInt32BE(4);
      height = body.readUInt32BE(8);
    } else if (property.type === 'clap' && body.length >= 16) {
      // The part of the coded picture that is shown.
      width = Math.round(body.readUInt32BE(0) / (body.readUInt32BE(4) || 1));
      height = Math.round(body.readUInt32BE(8) / (body.readUInt32BE(12) || 1));
    } else if (property.type === 'irot') {
      quarterTurns = (quarterTurns + ((body[0] ?? 0) & 3)) % 4;
    } else if (property.type === 'imir') {
      // Turning first and mirroring then is mirroring first and turning the other way round then.
      const isUpsideDown = ((body[0] ?? 0) & 1) === 0;
      quarterTurns = ((isUpsideDown ? 2 : 0) + 4 - quarterTurns) % 4;
      isMirrored = !isMirrored;
    }
  }
  return { width, height, turn: { isMirrored, quarterTurns } };
}

/** Whether two turns come to the same. */
export function isSameTurn(one: Turn, other: Turn): boolean {
  return one.isMirrored === other.isMirrored && one.quarterTurns === other.quarterTurns;
}

/** Width and height change places. */
export function isOnItsSide({ quarterTurns }: Turn): boolean {
  return quarterTurns % 2 === 1;
}

/** EXIF's number of a turn, 1..8. */
export function orientationOf({ isMirrored, quarterTurns }: Turn): number {
  return (isMirrored ? MIRRORED_ORIENTATIONS : ORIENTATIONS)[quarterTurns] ?? 1;
}
