/** Backups of the library, as every side knows them. */

/** Why a backup was made. `replaced`: it is what a restore put aside, so that it can be taken back. */
export type BackupReason = 'hourly' | 'migration' | 'manual' | 'replaced';

/** A finished backup: it was opened and looked through before it got its name. */
export type Backup = {
  /** Absolute path. */
  readonly file: string;
  /** Milliseconds since 1970 UTC. */
  readonly madeAtMs: number;
  readonly reason: BackupReason;
  readonly photos: number;
  readonly bytes: number;
};
