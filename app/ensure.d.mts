/** What `ensure.mjs` exports, for its tests. */
export const NODE_MAJOR: number;
export function lockStamp(projectPath: string): string;
export function isInstalled(projectPath: string): boolean;
export function writeStamp(projectPath: string): void;
/** Answers whether something was installed. */
export function install(projectPath: string, run?: (projectPath: string) => boolean): boolean;
export function findNode(
  projectPath: string,
  running?: { readonly path: string; readonly version: string },
): string;
