/** How changes under one root reach Tagroll: its watcher where one can serve, else the timer alone. */
import type { Notice } from '../../shared/events.ts';
import type { Root, WatchState } from '../../shared/model.ts';
import type { RootRow } from '../library/roots.ts';
import type { Logger } from '../log.ts';
import { type IdentitySystem, identifyPlace } from './identity.ts';
import type { FolderRequest } from './walk.ts';
import { type RootWatcher, type WatchOptions, watchRoot } from './watch.ts';

export type WatchReason = NonNullable<Root['watchReason']>;

export type RootWatch = {
  readonly state: WatchState;
  /** Why the state is `timed`. */
  readonly reason: WatchReason | null;
  /** A scan listed these folders: they are watched from now on. `whole`: it listed all there are. */
  follow(folders: readonly Uint8Array[], whole: boolean): void;
  close(): void;
};

/** More new folders than this are looked at by one scan of the whole. */
const MOST_SINGLE_FOLDERS = 500;

const NOTICES = {
  network: 'watch_network',
  watch_limit: 'watch_limit',
  watch_failed: 'watch_failed',
} as const satisfies Record<WatchReason, Notice['code']>;

export function createRootWatch(options: {
  readonly root: RootRow;
  readonly logger: Logger;
  readonly onNotice: (notice: Notice) => void;
  /** State or reason changed. */
  readonly onState: () => void;
  readonly onDirty: (folders: readonly FolderRequest[]) => void;
  /** The whole root is to be looked at: until now not everything was heard. */
  readonly onUnheard: () => void;
  /** The system and its `fs.watch`, for tests. */
  readonly system?: IdentitySystem;
  readonly watchPath?: WatchOptions['watchPath'];
}): RootWatch {
  const { root, logger } = options;
  let state: WatchState = 'off';
  let reason: WatchReason | null = null;
  let watcher: RootWatcher | null = null;
  let closed = false;

  const fallBack = (why: WatchReason, message: string): void => {
    if (closed || reason !== null) return;
    state = 'timed';
    reason = why;
    logger.warn('watching falls back to timed rescans', {
      path: root.pathText,
      reason: why,
      message,
    });
    options.onNotice({ code: NOTICES[why], data: { rootId: root.id, path: root.pathText } });
    options.onState();
  };

  const start = async (): Promise<void> => {
    const { isNetwork } = await identifyPlace(root.path, options.system);
    if (closed) return;
    if (isNetwork) return fallBack('network', 'other computers change it unheard');
    watcher = watchRoot({
      rootPath: root.path,
      onDirty: options.onDirty,
      onFailure: (why, error) => fallBack(why, error.message),
      ...(options.watchPath ? { watchPath: options.watchPath } : {}),
    });
  };
  /** Follows one list after the other. */
  let following = start();

  const followNow = async (folders: readonly Uint8Array[], whole: boolean): Promise<void> => {
    const fresh = (await watcher?.follow(folders, whole)) ?? [];
    if (closed || reason !== null) return;
    const isFirst = state === 'off';
    if (isFirst) {
      state = 'watching';
      options.onState();
    }
    if (isFirst || fresh.length > MOST_SINGLE_FOLDERS) options.onUnheard();
    else if (fresh.length > 0) {
      options.onDirty(fresh.map((path) => ({ path, recursive: false })));
    }
  };

  return {
    get state() {
      return state;
    },
    get reason() {
      return reason;
    },
    follow(folders, whole) {
      following = following
        .then(() => (closed ? undefined : followNow(folders, whole)))
        .catch((error: unknown) => {
          fallBack('watch_failed', error instanceof Error ? error.message : String(error));
        });
    },
    close() {
      closed = true;
      watcher?.close();
    },
  };
}
