/**
 * What a scan found, as it travels from the thread that lists to the thread that writes: a few typed
 * arrays for up to 5,000 files, so that a hundred thousand unchanged files cost no objects.
 */
import type { FileStamp } from '../imaging/types.ts';
import type { CompanionKind } from './companionNames.ts';

/** Files in one batch, so that no write holds the others up for long. */
export const BATCH_FILES = 5000;

/** How a scan met a folder. */
export const FolderFound = {
  /** Its whole content is in the batches. */
  listed: 0,
  /** It is there, and was not asked for. */
  seen: 1,
  /** It could not be read: its photos keep the state they have. */
  unreadable: 2,
  /** It was asked for by name, and is not there. */
  gone: 3,
} as const;
export type FolderFound = (typeof FolderFound)[keyof typeof FolderFound];

export type ScannedFolder = {
  /** Number of the folder within its scan. */
  readonly index: number;
  /** Relative to the root, separated by '/', empty for the root itself. */
  readonly path: Uint8Array;
  readonly found: FolderFound;
};

/** A file that belongs to photos without being one; there are few of them. */
export type ScannedCompanion = {
  readonly folderIndex: number;
  readonly name: Uint8Array;
  readonly kind: CompanionKind;
  readonly sizeBytes: number;
  readonly mtimeUs: number;
};

/** Column-wise files; `nameEnds[i]` is where the name of file i ends in `names`. */
export type ScanBatch = {
  readonly folders: readonly ScannedFolder[];
  readonly files: number;
  readonly names: Uint8Array;
  readonly nameEnds: Uint32Array;
  readonly folderIndexes: Uint32Array;
  readonly sizes: Float64Array;
  readonly mtimesUs: Float64Array;
  readonly inodes: Float64Array;
  /** 1: the file still grows. It is there, but must not be taken yet. */
  readonly growing: Uint8Array;
  readonly companions: readonly ScannedCompanion[];
};

export type ScannedFile = FileStamp & {
  readonly folderIndex: number;
  readonly name: Uint8Array;
  readonly growing: boolean;
};

/** Fills one batch. */
export class BatchBuilder {
  #folders: ScannedFolder[] = [];
  #companions: ScannedCompanion[] = [];
  #files = 0;
  #names = new Uint8Array(64 * 1024);
  #namesLength = 0;
  #nameEnds = new Uint32Array(BATCH_FILES);
  #folderIndexes = new Uint32Array(BATCH_FILES);
  #sizes = new Float64Array(BATCH_FILES);
  #mtimesUs = new Float64Array(BATCH_FILES);
  #inodes = new Float64Array(BATCH_FILES);
  #growing = new Uint8Array(BATCH_FILES);

  get isFull(): boolean {
    const most = Math.max(this.#files, this.#folders.length, this.#companions.length);
    return most >= BATCH_FILES;
  }

  get isEmpty(): boolean {
    return this.#files + this.#folders.length + this.#companions.length === 0;
  }

  addFolder(folder: ScannedFolder): void {
    this.#folders.push(folder);
  }

  addCompanion(companion: ScannedCompanion): void {
    this.#companions.push(companion);
  }

  addFile(folderIndex: number, name: Uint8Array, stamp: FileStamp, growing: boolean): void {
    const end = this.#namesLength + name.length;
    if (end > this.#names.length) {
      const larger = new Uint8Array(Math.max(end, this.#names.length * 2));
      larger.set(this.#names.subarray(0, this.#namesLength));
      this.#names = larger;
    }
    this.#names.set(name, this.#namesLength);
    this.#namesLength = end;
    const at = this.#files++;
    this.#nameEnds[at] = end;
    this.#folderIndexes[at] = folderIndex;
    this.#sizes[at] = stamp.sizeBytes;
    this.#mtimesUs[at] = stamp.mtimeUs;
    this.#inodes[at] = stamp.inode;
    this.#growing[at] = growing ? 1 : 0;
  }

  /** Hands the batch out and starts a new one. */
  take(): ScanBatch {
    const files = this.#files;
    const batch: ScanBatch = {
      folders: this.#folders,
      files,
      names: this.#names.slice(0, this.#namesLength),
      nameEnds: this.#nameEnds.slice(0, files),
      folderIndexes: this.#folderIndexes.slice(0, files),
      sizes: this.#sizes.slice(0, files),
      mtimesUs: this.#mtimesUs.slice(0, files),
      inodes: this.#inodes.slice(0, files),
      growing: this.#growing.slice(0, files),
      companions: this.#companions,
    };
    this.#companions = [];
    this.#folders = [];
    this.#files = 0;
    this.#namesLength = 0;
    return batch;
  }
}

/** The files of a batch, one after the other. */
export function* filesOf(batch: ScanBatch): Generator<ScannedFile> {
  let start = 0;
  for (let at = 0; at < batch.files; at++) {
    const end = batch.nameEnds[at] ?? start;
    yield {
      folderIndex: batch.folderIndexes[at] ?? 0,
      name: batch.names.subarray(start, end),
      sizeBytes: batch.sizes[at] ?? 0,
      mtimeUs: batch.mtimesUs[at] ?? 0,
      inode: batch.inodes[at] ?? 0,
      growing: batch.growing[at] === 1,
    };
    start = end;
  }
}
