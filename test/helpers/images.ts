/** Results of passes, as a decode worker would give them. */
import { NO_FACTS } from '../../main/imaging/problems.ts';
import type { HeadFacts, ImageFacts, ImageResult, Metadata } from '../../main/imaging/types.ts';
import { hashOf } from './library.ts';

export const NO_METADATA: Metadata = {
  orientation: 1,
  takenAt: null,
  takenAtSource: null,
  utcOffsetMinutes: null,
  cameraMake: null,
  cameraModel: null,
  lens: null,
  exposureSeconds: null,
  fNumber: null,
  iso: null,
  focalLengthMm: null,
  latitude: null,
  longitude: null,
  altitudeMetres: null,
  software: null,
  flashFired: null,
  subjectDistanceMetres: null,
  fileSource: null,
};

export function headFacts(
  metadata: Partial<Metadata> = {},
  facts: Partial<HeadFacts> = {},
): HeadFacts {
  return {
    format: 'jpeg',
    wrongExtension: false,
    width: null,
    height: null,
    embedded: null,
    ...facts,
    metadata: { ...NO_METADATA, ...metadata },
  };
}

/** A picture that was read without trouble. The same word is the same picture. */
export function imageResult(word: string, facts: Partial<ImageFacts> = {}): ImageResult {
  return {
    failure: null,
    facts: {
      stamp: null,
      fileHash: hashOf(`file ${word}`),
      imageHash: hashOf(word),
      format: 'jpeg',
      wrongExtension: false,
      width: 400,
      height: 300,
      metadata: NO_METADATA,
      thumbHash: Buffer.from([1, 2, 3]),
      tags: [],
      ...facts,
    },
  };
}

/** A file that could not be read at all. */
export function failedResult(code: 'damaged' | 'unreadable' | 'vanished'): ImageResult {
  return {
    failure: { code, message: `The file is ${code}.` },
    facts: NO_FACTS,
  };
}
