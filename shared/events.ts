import type { Progress } from './model.ts';

/**
 * What the engine tells every window. Events say what changed, not the new data: a window refetches
 * what it shows. Events of one kind are merged for up to 200 ms before they are sent.
 */
export type EngineEvent =
  /** Photos were added, changed, moved or went missing. `photoIds` is null when there are too many to name. */
  | { readonly type: 'photos-changed'; readonly photoIds: readonly number[] | null }
  /** Tags, names or entries changed: facets and suggestions are stale. */
  | { readonly type: 'tags-changed' }
  /** Roots or the folder tree changed, or a root went on- or offline. */
  | { readonly type: 'folders-changed' }
  | { readonly type: 'settings-changed' }
  /** Saved or recent searches changed. */
  | { readonly type: 'searches-changed' }
  /** A backup was made or taken away. */
  | { readonly type: 'backups-changed' }
  /** A service's account, keys or standing changed. */
  | { readonly type: 'services-changed' }
  /** The work of cloud services went on, stopped or ended: `tagging.status` is stale. At most five a second. */
  | { readonly type: 'tagging-changed' }
  /** At most five a second. */
  | { readonly type: 'progress'; readonly progress: Progress }
  /** Something a person should know that is not about one photo. The window words it by `code`. */
  | { readonly type: 'notice'; readonly notice: Notice };

export type Notice = {
  readonly code:
    | 'watch_limit'
    | 'watch_network'
    | 'watch_failed'
    | 'root_offline'
    | 'root_online'
    | 'disk_full'
    | 'library_read_only'
    | 'scan_failed'
    /** The engine before this one crashed, or did not answer any more and was ended. */
    | 'engine_restarted'
    | 'backup_failed'
    /** The database answered with damage; the next opening looks through it. */
    | 'library_damaged'
    /**
     * The newest backup stands in for a damaged database, which lies at `path` now. From that were added:
     * `changes` of the person and paid `replies`; `waiting` photos with changes are not found yet; `badPages`
     * could not be read whole. Or `unread`: nothing could be.
     */
    | 'library_recovered'
    /** The newest backup stands in for a database that was gone. */
    | 'library_was_gone'
    /** A backup was put back, as asked. */
    | 'library_restored'
    /** The library's own folder is one that `program` copies to a cloud: it can be damaged there. */
    | 'library_synced'
    /** The library's own folder is on another computer's disk: the same. */
    | 'library_on_network'
    /** A service stopped and waits for the person; `data` has its id and the code. */
    | 'service_stopped';
  readonly data: Readonly<Record<string, string | number>>;
};
