/** Pictures for the window, with what the engine has for them. */
import type { Settings } from '../shared/settings.ts';
import { createMediaHandler } from './api/media.ts';
import { createImagingPool } from './imaging/pool.ts';
import { createPreviews } from './imaging/previews.ts';
import { createStandIns } from './imaging/standIns.ts';
import type { ImagingPool } from './imaging/types.ts';
import type { Library } from './library/open.ts';
import type { Logger } from './log.ts';
import type { SearchIndex } from './search/types.ts';
import type { Accounts } from './tagging/accounts.ts';
import { createSentPicture } from './tagging/sentPicture.ts';

export type Media = {
  handle(request: Request): Promise<Response>;
  close(): Promise<void>;
};

export function openMedia(engine: {
  readonly library: Library;
  readonly index: SearchIndex;
  readonly pool: ImagingPool;
  readonly accounts: Accounts;
  readonly settings: () => Settings;
  readonly rendererPath: string | null;
  readonly logger: Logger;
  /** Photos have to be read again. */
  readonly wake: () => void;
}): Media {
  const { library, pool, settings, logger } = engine;
  const { db, writer, thumbnailFolder } = library;
  const standIns = createStandIns({
    openPool: () => createImagingPool({ workers: 1, thumbnailFolder, logger, isSecond: true }),
  });
  const handle = createMediaHandler({
    db,
    index: engine.index,
    previews: createPreviews({
      folder: library.previewFolder,
      pool,
      logger,
      limitBytes: () => settings()['imaging.previewCacheMb'] * 1e6,
    }),
    standIns,
    sentPicture: createSentPicture({ pool, accounts: engine.accounts, settings }),
    thumbnailFolder,
    rendererPath: engine.rendererPath,
    onThumbnailMissing: (photoId) => {
      writer
        .run('requeue', { photoIds: [photoId] })
        .then(engine.wake, (error: unknown) =>
          logger.warn('thumbnail not queued', { photoId, error: String(error) }),
        );
    },
  });
  return { handle, close: () => standIns.close() };
}
