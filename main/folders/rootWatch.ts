/** How changes under one root reach Tagroll: its watcher where one can serve, else the timer alone. */
import type { Notice } from '../../shared/events.ts';
import type { Root, WatchState } from '../../shared/model.ts';
import type { RootRow } from '../library/roots.ts';
import type { Logger } from '../log.ts';
import { identifyPlace } from './identity.ts';
import type { FolderRequest } from './walk.ts';
import { type DirtyFolder, type RootWatcher, watchRoot } from './watch.ts';

export type WatchReason = NonNullable<Root['watchReason']>;

export type RootWatch = {
  readonly state: WatchState;
  /** Why the state is `timed`. */
  readonly reason: WatchReason | null;
  close(): Promise<void>;
};

const NOTICES = {
  network: 'watch_network',
  watch_limit: 'watch_limit',
  watch_failed: 'watch_failed',
} as const satisfies Record<WatchReason, Notice['code']>;

export function createRootWatch(options: {
  readonly root: RootRow;
  readonly libraryPath: Buffer;
  readonly logger: Logger;
  readonly onNotice: (notice: Notice) => void;
  /** State or reason changed. */
  readonly onState: () => void;
  readonly onDirty: (folders: readonly FolderRequest[]) => void;
  readonly onReady: () => void;
}): RootWatch {
  const { root, logger } = options;
  const rootPath = root.path.toString('utf8');
  let state: WatchState = 'off';
  let reason: WatchReason | null = null;
  let watcher: RootWatcher | null = null;
  let closed = false;

  const fallBack = (why: WatchReason, message: string): void => {
    if (closed || reason !== null) return;
    state = 'timed';
    reason = why;
    logger.warn('watching falls back to timed rescans', { path: rootPath, reason: why, message });
    options.onNotice({ code: NOTICES[why], data: { rootId: root.id, path: rootPath } });
    options.onState();
  };

  const start = async (): Promise<void> => {
    const { isNetwork } = await identifyPlace(root.path);
    if (closed) return;
    if (isNetwork) return fallBack('network', 'other computers can change it unheard');
    if (!Buffer.from(rootPath).equals(root.path)) {
      return fallBack('watch_failed', 'its name is not UTF-8');
    }
    watcher = watchRoot({
      rootPath,
      ignore: [options.libraryPath.toString('utf8')],
      onDirty: (folders) => options.onDirty(folders.map(toRequest)),
      onFailure: (why, error) => fallBack(why, error.message),
    });
    const isReady = await watcher.ready;
    if (!isReady || closed || reason !== null) return;
    state = 'watching';
    options.onState();
    options.onReady();
  };
  start().catch((error: unknown) => {
    fallBack('watch_failed', error instanceof Error ? error.message : String(error));
  });

  return {
    get state() {
      return state;
    },
    get reason() {
      return reason;
    },
    async close() {
      closed = true;
      await watcher?.close();
    },
  };
}

function toRequest(folder: DirtyFolder): FolderRequest {
  return {
    path: Buffer.from(folder.path),
    recursive: folder.recursive,
    names: folder.names.map((name) => Buffer.from(name)),
  };
}
