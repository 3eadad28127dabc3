/** What the preload may ask the main process for. Nothing else crosses. */
export const CHANNELS = {
  chooseFolder: 'tagroll:choose-folder',
  trash: 'tagroll:trash',
  askPort: 'tagroll:ask-port',
  port: 'tagroll:port',
  /** To the page: the person pressed back or forward on a mouse or a keyboard. */
  step: 'tagroll:step',
} as const;

/** Which way a person wants to go through what was shown. */
export type Step = 'back' | 'forward';

/** What became of photos that were to be moved to the trash. */
export type TrashResult = {
  readonly trashed: number;
  readonly failed: readonly { readonly path: string; readonly message: string }[];
};
