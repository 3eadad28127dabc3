/** What the preload may ask the main process for. Nothing else crosses. */
export const CHANNELS = {
  chooseFolder: 'tagroll:choose-folder',
  trash: 'tagroll:trash',
  askPort: 'tagroll:ask-port',
  port: 'tagroll:port',
} as const;

/** What became of photos that were to be moved to the trash. */
export type TrashResult = {
  readonly trashed: number;
  readonly failed: readonly { readonly path: string; readonly message: string }[];
};
