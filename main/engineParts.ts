import type { CheckProblem, IndexSummary, LibraryCounts, Progress } from '../shared/model.ts';
import type { Settings } from '../shared/settings.ts';
import type { EventHub } from './api/events.ts';
import type { EngineBackups } from './engineBackups.ts';
import type { FolderManager } from './folders/manager.ts';
import type { ReadableDB } from './library/database.ts';
import type { Writer } from './library/writer.ts';
import type { Logger } from './log.ts';
import type { SearchIndex } from './search/types.ts';
import type { SecretStore } from './secrets.ts';
import type { Accounts } from './tagging/accounts.ts';
import type { Tagging } from './tagging/queue.ts';

/** What the router reaches of the engine: its parts, and the few things that need several of them. */
export type EngineParts = {
  readonly db: ReadableDB;
  readonly writer: Writer;
  readonly index: SearchIndex;
  readonly folders: FolderManager;
  readonly events: EventHub;
  readonly logger: Logger;
  readonly now: () => number;
  readonly secrets: SecretStore;
  readonly accounts: Accounts;
  readonly tagging: Tagging;
  readonly backups: Omit<EngineBackups, 'close'>;
  /** A text without any key. */
  readonly redact: (text: string) => string;
  settings(): Settings;
  status(): {
    libraryPath: string;
    version: string;
    platform: string;
    counts: LibraryCounts;
    progress: Progress;
  };
  /** Scans these roots (null: all) and waits until every photo under them is read. */
  indexRoots(rootIds: readonly number[] | null, signal?: AbortSignal): Promise<IndexSummary>;
  check(): Promise<{ ok: boolean; problems: CheckProblem[] }>;
  setOnScreen(photoIds: readonly number[]): void;
  /** There may be photos to read. */
  wake(): void;
  revealFile(path: Uint8Array): Promise<void>;
};
