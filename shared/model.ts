/**
 * The things Tagroll talks about, as plain readonly data that crosses every boundary unchanged.
 */

/** Languages of the interface and of tag names. */
export type Language = 'en' | 'zh';

export const LANGUAGES: readonly Language[] = ['en', 'zh'];

/**
 * What is known of a photo. When several apply, the later one wins:
 * `ok` < `pending` < `unsupported` < `failed` < `missing` < `offline`.
 */
export type PhotoState = 'ok' | 'pending' | 'unsupported' | 'failed' | 'missing' | 'offline';

/** Where the date of a photo comes from, most trustworthy first. */
export type TakenAtSource = 'exif' | 'xmp' | 'gps' | 'filename' | 'mtime';

/** Why a photo could not be read. A code never changes its meaning: other tools match on it. */
export type FailureCode =
  | 'empty_file'
  | 'not_an_image'
  | 'damaged'
  | 'too_large'
  | 'unreadable'
  | 'vanished'
  | 'decoder_crashed'
  | 'timed_out'
  | 'out_of_memory';

/** Who says that a tag is on a photo. Cloud services use their own id. */
export type SourceId = 'me' | 'file' | 'on-device' | (string & {});

/** The group a tag is listed under. Services may bring further types of their own. */
export type TagType =
  | 'light'
  | 'colour'
  | 'composition'
  | 'capture'
  | 'mine'
  /** Of a service that tells no types. */
  | 'thing'
  | 'sensitivity'
  | (string & {});

/** A tag's names. At least one language is present. */
export type TagNames = { readonly en?: string; readonly zh?: string };

/** A place in the displayed picture, all values 0..1 from its top left corner. */
export type Box = {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
  /** 0..100. */
  readonly confidence: number;
};

/** One tag on one photo, as one source sees it. */
export type TagEntry = {
  readonly id: number;
  readonly names: TagNames;
  readonly type: TagType;
  readonly source: SourceId;
  /** 0..100, decimals kept; 100 for a person's own tags. */
  readonly confidence: number;
  readonly boxes?: readonly Box[];
  /** The person said that this tag is wrong here: it matches no query. */
  readonly rejected?: true;
  /** The picture was edited since a service answered: from an earlier version of it. */
  readonly earlier?: true;
};

/** A tag with the number of photos that carry it in some result. */
export type TagCount = {
  readonly id: number;
  readonly names: TagNames;
  readonly type: TagType;
  readonly count: number;
};

/** One value that photos of a result have in common. */
export type FacetValue = {
  /** What is shown: a name as it is, `2019`, `2019-07`, or a source's id. */
  readonly text: string;
  /**
   * Joined to the query it leaves `count` photos. Only of services that is not so where the query has
   * tags or words: `source:` is about those then.
   */
  readonly term: string;
  readonly count: number;
};

/** The values of one kind, most photos first. */
export type FacetGroup = {
  readonly values: readonly FacetValue[];
  /** How many there are; `values` may be the first of them. */
  readonly total: number;
};

/** What the photos of a result have in common besides tags. */
export type FacetGroups = {
  /** With what lies below them; `text` is the absolute path. */
  readonly folders: FacetGroup;
  /** Latest first, all of them. */
  readonly years: FacetGroup;
  /** Latest first, all of them: the density of a timeline. */
  readonly months: FacetGroup;
  /** Photos without a date. */
  readonly undated: number;
  /** With those whose name holds the name, as `camera:` finds them. */
  readonly cameras: FacetGroup;
  readonly lenses: FacetGroup;
  readonly formats: FacetGroup;
  /** Who gave a tag that counts under the lens; never a moderation service. */
  readonly services: FacetGroup;
};

/** A tag of a query that the library does not have. */
export type QueryHint = {
  /** UTF-16 units of the value in the query. */
  readonly position: number;
  readonly length: number;
  /** The name as written. */
  readonly name: string;
  /** The nearest name that is there; null without one. */
  readonly suggestion: string | null;
  /** Replaces the marked text. Null without a suggestion. */
  readonly replacement: string | null;
};

/** A photo as the command line prints it and the inspector shows it. */
export type Photo = {
  readonly id: number;
  /** Absolute; bytes that are not UTF-8 are shown as U+FFFD. */
  readonly path: string;
  /** SHA-256 of the bytes, hexadecimal. */
  readonly fileHash: string | null;
  /** SHA-256 of the picture without its metadata, hexadecimal. */
  readonly imageHash: string | null;
  /** Wall-clock time `YYYY-MM-DDTHH:MM:SS`. */
  readonly takenAt: string | null;
  readonly takenAtSource: TakenAtSource | null;
  readonly utcOffsetMinutes: number | null;
  /** Pixels as displayed, orientation applied. */
  readonly width: number | null;
  readonly height: number | null;
  /** Maker and model as the file says them. */
  readonly camera: string | null;
  readonly lens: string | null;
  /** Decimal degrees, north and east positive. */
  readonly latitude: number | null;
  readonly longitude: number | null;
  readonly state: PhotoState;
  /** One entry per tag and source, most confident first. */
  readonly tags: readonly TagEntry[];
};

/** What the inspector shows beyond `Photo`. */
export type PhotoDetail = Photo & {
  readonly name: string;
  readonly folderId: number;
  /** Path of the root folder that holds the photo. */
  readonly rootPath: string;
  readonly favorite: boolean;
  /** A moderation service found it sensitive, at the person's threshold (docs/rules.md 3). */
  readonly sensitive: boolean;
  readonly sizeBytes: number;
  readonly modifiedAtMs: number;
  readonly addedAtMs: number;
  readonly format: string | null;
  /** The file's extension says another format than its content. */
  readonly wrongExtension: boolean;
  readonly exposureSeconds: number | null;
  readonly fNumber: number | null;
  readonly iso: number | null;
  readonly focalLengthMm: number | null;
  readonly altitudeMetres: number | null;
  readonly failure: Failure | null;
  /** Other places where the same picture lies. */
  readonly duplicates: readonly { readonly id: number; readonly path: string }[];
  /** A RAW file's largest embedded picture, pixels as displayed; null: the file's own picture is shown. */
  readonly shown: { readonly width: number; readonly height: number } | null;
  /** Other files of the same shot: the RAW file behind a JPEG, or the JPEG in front of it. */
  readonly stack: readonly StackFile[];
  /** Videos, sidecars and sounds that belong to the photo, or to a file of its stack, by their names. */
  readonly companions: readonly Companion[];
  /** What a person did to missing photos with the same picture: offered with one click. */
  readonly evidenceOffered: readonly EvidenceOffer[];
};

/** A photo that is shown together with another one as one. */
export type StackFile = {
  readonly id: number;
  readonly name: string;
  readonly path: string;
  readonly format: string | null;
  readonly sizeBytes: number;
  /** It stands for the others. */
  readonly isFront: boolean;
};

/** A file that belongs to a photo without being one. */
export type Companion = {
  readonly id: number;
  readonly name: string;
  readonly path: string;
  readonly kind: 'video' | 'sidecar' | 'sound';
  readonly sizeBytes: number;
};

/** A missing photo's own tags, rejections and favourite, which can be moved to this one. */
export type EvidenceOffer = {
  readonly photoId: number;
  readonly path: string;
  readonly tags: number;
  readonly favorite: boolean;
};

/** A failed or unsupported photo's reason. `message` is for logs; people read the code's sentence. */
export type Failure = { readonly code: FailureCode | 'unsupported'; readonly message: string };

/** What the grid needs to draw one photo. */
export type PhotoTile = {
  readonly id: number;
  readonly name: string;
  readonly state: PhotoState;
  readonly takenAt: string | null;
  /** Base64 ThumbHash, shown until the thumbnail is there. */
  readonly thumbHash: string | null;
  /** Part of the thumbnail's address, so that an edited picture is fetched anew; null: no thumbnail yet. */
  readonly imageHash: string | null;
  /** An embedded thumbnail can stand in until the real one is made. */
  readonly hasEmbedded: boolean;
  readonly favorite: boolean;
  readonly failureCode: Failure['code'] | null;
  /** RAW files that stand behind it. */
  readonly stackedFiles: number;
  /** A moderation service found it sensitive, at the person's threshold (docs/rules.md 3). */
  readonly sensitive: boolean;
};

/** How changes under a root reach Tagroll. */
export type WatchState =
  /** Changes arrive at once. */
  | 'watching'
  /** The watcher cannot serve this root: rescans on a timer. */
  | 'timed'
  /** Not started yet, or the root is offline. */
  | 'off';

/** A folder that the person added. */
export type Root = {
  readonly id: number;
  readonly path: string;
  readonly state: 'online' | 'offline' | 'paused';
  readonly photos: number;
  readonly watch: WatchState;
  /** Why `watch` is `timed`, where it is known. */
  readonly watchReason: 'watch_limit' | 'network' | 'watch_failed' | null;
  readonly lastScanAtMs: number | null;
};

/** A folder in the sidebar's tree. Roots have no parent. */
export type FolderNode = {
  readonly id: number;
  readonly parentId: number | null;
  readonly rootId: number;
  readonly name: string;
  readonly path: string;
  /** Photos in this folder and below it. */
  readonly photos: number;
  readonly offline: boolean;
  /** Nothing of this folder and below is ever uploaded; said of the folder itself. */
  readonly neverUpload: boolean;
};

/** Live figures of the status line. */
export type Progress = {
  /** What the engine is busy with. */
  readonly phase: 'idle' | 'scanning' | 'reading' | 'indexing' | 'paused';
  /** Photos that are known, missing ones left out. */
  readonly found: number;
  /** Photos whose second pass is done, failed ones included. */
  readonly indexed: number;
  /** Photos whose second pass is not done yet. */
  readonly pending: number;
  /** Over the last ten seconds. */
  readonly photosPerSecond: number;
  /** Null until a rate is known. */
  readonly secondsLeft: number | null;
  readonly failed: number;
  readonly unsupported: number;
};

/** The fixed views above the tags and folders, with their counts. */
export type LibraryCounts = {
  readonly all: number;
  readonly recent: number;
  readonly untagged: number;
  readonly favorites: number;
  readonly problems: number;
  readonly missing: number;
};

/** A photo that could not be read, or has no picture yet, with its reason. */
export type Problem = {
  readonly photoId: number;
  readonly path: string;
  readonly state: 'failed' | 'unsupported';
  readonly failure: Failure;
};

/** What one `index` run found and did, in files. `found = added + changed + moved + unchanged`. */
export type IndexSummary = {
  readonly found: number;
  readonly added: number;
  readonly changed: number;
  readonly moved: number;
  readonly missing: number;
  readonly unchanged: number;
  /** Files that are no candidates: outside `found`. */
  readonly skipped: number;
  readonly failed: readonly {
    readonly path: string;
    readonly code: string;
    readonly message: string;
  }[];
  readonly seconds: number;
};

export type Sort = 'taken' | 'added' | 'name' | 'confidence';

/** What the window and the command line ask for. */
export type SearchRequest = {
  readonly query: string;
  /** The confidence lens, whole 0..100. */
  readonly threshold: number;
  readonly sort: Sort;
  readonly ascending: boolean;
};

/** A person's action on tags of some photos. */
export type LabelAction = 'add' | 'remove' | 'reject';

/** Something to offer while a person types. */
export type Suggestion = {
  readonly kind: 'tag' | 'folder' | 'camera' | 'date' | 'key';
  /** What is shown. */
  readonly text: string;
  /** The other language's name, or the folder's path. */
  readonly detail: string | null;
  /** What replaces the word under the cursor. */
  readonly insert: string;
  readonly count: number | null;
};

/** Something that `check` found. */
export type CheckProblem = {
  readonly code: string;
  readonly message: string;
  readonly repaired: boolean;
};

/** A folder of the machine, for the browser door's folder picker. */
export type BrowsedFolder = {
  readonly path: string;
  readonly parent: string | null;
  readonly folders: readonly {
    readonly name: string;
    readonly path: string;
    readonly hidden: boolean;
  }[];
};
