import type { Client } from '../engineClient.ts';
import type { ProgressReporter } from './progress.ts';

/** What a command is handed. */
export type CommandContext = {
  readonly client: Client;
  /** Aborted by Ctrl-C. */
  readonly signal: AbortSignal;
  /** A path as the person typed it, made absolute. */
  readonly resolvePath: (path: string) => string;
  readonly progress: ProgressReporter;
};

/** What a command answers. */
export type Outcome = {
  /** The one document that `--json` prints. */
  readonly json: object;
  /** The same for people. */
  readonly text: string;
  /** True when it is done, but the output lists failures. */
  readonly hasFailures?: boolean;
};

export type Command = (context: CommandContext) => Promise<Outcome>;

/** "1 photo", "1,234 photos". */
export function counted(count: number, noun: string): string {
  return `${count.toLocaleString('en')} ${noun}${count === 1 ? '' : 's'}`;
}
