import type { FailureCode, TakenAtSource } from '../../shared/model.ts';

/** Formats told apart by content. `raw` stands for all camera RAW files. */
export type Format =
  | 'jpeg'
  | 'png'
  | 'webp'
  | 'gif'
  | 'tiff'
  | 'avif'
  | 'heic'
  | 'bmp'
  | 'jxl'
  | 'jp2'
  | 'ico'
  | 'psd'
  | 'svg'
  | 'raw';

/** What the file says of itself, already cleaned: impossible values are null. */
export type Metadata = {
  /** EXIF orientation 1..8; outside that, 1. */
  readonly orientation: number;
  /** Wall clock `YYYY-MM-DDTHH:MM:SS` by docs/rules.md 2. */
  readonly takenAt: string | null;
  readonly takenAtSource: TakenAtSource | null;
  readonly utcOffsetMinutes: number | null;
  readonly cameraMake: string | null;
  readonly cameraModel: string | null;
  readonly lens: string | null;
  readonly exposureSeconds: number | null;
  readonly fNumber: number | null;
  readonly iso: number | null;
  readonly focalLengthMm: number | null;
  /** Decimal degrees, north positive, -90..90. */
  readonly latitude: number | null;
  /** Decimal degrees, east positive, -180..180. */
  readonly longitude: number | null;
  readonly altitudeMetres: number | null;
  /** For the on-device tagger; not kept in the library. */
  readonly software: string | null;
  readonly flashFired: boolean | null;
  readonly subjectDistanceMetres: number | null;
  /** EXIF FileSource: 1 film scanner, 2 reflection print scanner, 3 digital camera. */
  readonly fileSource: number | null;
};

/** What the first pass learns from the head of a file. */
export type HeadFacts = {
  /** Null: not a picture, as far as the head tells; the second pass decides. */
  readonly format: Format | null;
  readonly wrongExtension: boolean;
  /** As displayed; null where the head does not hold them. */
  readonly width: number | null;
  readonly height: number | null;
  readonly metadata: Metadata;
  /** An embedded JPEG thumbnail's place in the file, or that of the boxes which tell of a HEIC's thumbnail. */
  readonly embedded: { readonly offset: number; readonly bytes: number } | null;
};

/** Size, time and inode of a file: together the fingerprint of an unchanged one. */
export type FileStamp = {
  readonly sizeBytes: number;
  /** Microseconds since 1970 UTC. */
  readonly mtimeUs: number;
  readonly inode: number;
};

/** A file for a decode worker. */
export type ImageJob = {
  readonly photoId: number;
  /** Absolute path as bytes. */
  readonly path: Uint8Array;
};

/** What the second pass learns. All null or empty where the file did not let itself be read. */
export type ImageFacts = {
  /** Of the file as it was read; differs from the row's when it changed meanwhile. */
  readonly stamp: FileStamp | null;
  /** SHA-256, 32 bytes. */
  readonly fileHash: Uint8Array | null;
  readonly imageHash: Uint8Array | null;
  readonly format: Format | null;
  readonly wrongExtension: boolean;
  /** As displayed. */
  readonly width: number | null;
  readonly height: number | null;
  readonly metadata: Metadata | null;
  readonly thumbHash: Uint8Array | null;
  /** A RAW file's largest JPEG, pixels as displayed: what is shown in its place. Of others left out. */
  readonly shown?: { readonly width: number; readonly height: number };
  /** On-device tags: label of `tagging/onDevice/vocabulary.ts` and confidence 0..100. */
  readonly tags: readonly { readonly label: string; readonly confidence: number }[];
};

/** `unsupported` is a known format without a decoder yet: not a failure, but there is no picture. */
export type ImageFailure = {
  readonly code: FailureCode | 'unsupported';
  readonly message: string;
};

/** A photo's second pass. A damaged file may have facts and a failure. */
export type ImageResult = { readonly facts: ImageFacts; readonly failure: ImageFailure | null };

/** How a picture for a service must be. */
export type UploadRequest = {
  /** SHA-256 of the picture that is meant; a file that shows another one by now is refused. */
  readonly imageHash: Uint8Array;
  /** Long side aimed at, pixels; never more than the service allows. Pictures are not enlarged. */
  readonly longSidePixels: number;
  /** Null: the service names no limit. */
  readonly maxSidePixels: number | null;
  /** Thinner pictures are padded with white to this. */
  readonly minSidePixels: number;
  readonly maxJpegBytes: number;
};

/** A picture for a service, or why there is none. */
export type UploadResult =
  | {
      readonly picture: {
        readonly jpeg: Uint8Array;
        readonly widthPixels: number;
        readonly heightPixels: number;
        /** Where the displayed picture lies in the JPEG, pixels. */
        readonly content: {
          readonly left: number;
          readonly top: number;
          readonly width: number;
          readonly height: number;
        };
        /** Times it was encoded until it fitted. */
        readonly encodes: number;
      };
    }
  | { readonly failure: ImageFailure };

/** Decode workers. A job's promise never rejects because of its file: a bad file is a result. */
export type ImagingPool = {
  /** Hashes, metadata, ThumbHash, on-device tags; the thumbnail is on disk when this resolves. */
  index(job: ImageJob): Promise<ImageResult>;
  /** Makes the 2048-pixel preview at `target`. */
  preview(job: ImageJob, target: string): Promise<ImageFailure | null>;
  /**
   * A JPEG of the small picture inside a HEIC, before everything that waits; null where there is none, or
   * once `signal` says that nobody wants it any more.
   */
  standIn(job: ImageJob, signal: AbortSignal): Promise<Uint8Array | null>;
  /** A JPEG for a service: upright, sRGB, without metadata, within the limits. */
  upload(job: ImageJob, request: UploadRequest): Promise<UploadResult>;
  /** Jobs that can run at once. */
  readonly workers: number;
  /** Stops the workers; waiting jobs reject. */
  close(): Promise<void>;
};
