/** What the pool and its decode workers say to each other. */
import type { SerializedError } from '../../shared/errors.ts';
import type { RawHelp } from './rawPicture.ts';
import type { ImageFailure, ImageResult, UploadRequest, UploadResult } from './types.ts';

export type WorkerRequest =
  | {
      readonly kind: 'index';
      readonly id: number;
      readonly path: Uint8Array;
      /** False: facts only. */
      readonly decode: boolean;
      readonly memoryLimitBytes: number;
      readonly help: RawHelp | null;
    }
  | {
      readonly kind: 'preview';
      readonly id: number;
      readonly path: Uint8Array;
      readonly target: string;
      readonly memoryLimitBytes: number;
      readonly help: RawHelp | null;
    }
  | {
      readonly kind: 'stand-in';
      readonly id: number;
      readonly path: Uint8Array;
      readonly memoryLimitBytes: number;
    }
  | {
      readonly kind: 'upload';
      readonly id: number;
      readonly path: Uint8Array;
      readonly request: UploadRequest;
      readonly memoryLimitBytes: number;
      readonly help: RawHelp | null;
    };

/** What a request came to; whatever was wrong with the file is in it. */
export type Answered =
  | {
      readonly kind: 'indexed';
      readonly id: number;
      readonly result: ImageResult;
      readonly rssBytes: number;
    }
  | {
      readonly kind: 'previewed';
      readonly id: number;
      readonly failure: ImageFailure | null;
      readonly rssBytes: number;
    }
  | {
      readonly kind: 'stand-in';
      readonly id: number;
      /** Null: the file has none. */
      readonly jpeg: Uint8Array | null;
      readonly rssBytes: number;
    }
  | {
      readonly kind: 'uploadable';
      readonly id: number;
      readonly result: UploadResult;
      readonly rssBytes: number;
    };

export type WorkerReply =
  | { readonly kind: 'ready' }
  | Answered
  /** A RAW file: the same is to be asked again with what exiftool says of it. */
  | { readonly kind: 'help-wanted'; readonly id: number }
  /** Not the file's fault. */
  | { readonly kind: 'failed'; readonly id: number; readonly error: SerializedError }
  /** The worker's last words. */
  | { readonly kind: 'over-memory'; readonly id: number };
