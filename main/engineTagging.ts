import { join } from 'node:path';
import type { Settings } from '../shared/settings.ts';
import type { EventHub } from './api/events.ts';
import type { ImagingPool } from './imaging/types.ts';
import type { Library } from './library/open.ts';
import { createSpareRoom } from './library/spareRoom.ts';
import type { Logger } from './log.ts';
import type { Accounts } from './tagging/accounts.ts';
import { createTagging, type Tagging } from './tagging/queue.ts';

/** Cloud tagging with what the engine has for it. */
export function openTagging(engine: {
  readonly library: Library;
  readonly pool: ImagingPool;
  readonly accounts: Accounts;
  readonly settings: () => Settings;
  readonly events: EventHub;
  readonly logger: Logger;
  readonly fetch: typeof fetch;
  readonly now: () => number;
  readonly live: boolean;
  readonly onFileChanged: (photoId: number) => void;
}): Tagging {
  const { library, events } = engine;
  return createTagging({
    ...engine,
    db: library.db,
    writer: library.writer,
    spare: createSpareRoom(join(library.path, 'spare-room')),
    onChanged: () => events.taggingChanged(),
    onNotice: (notice) => events.notice(notice),
  });
}
