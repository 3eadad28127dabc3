import type { Client } from '../engineClient.ts';
import type { ProgressReporter } from './progress.ts';

/** What a command is handed. */
export type CommandContext = {
  readonly client: Client;
  /** Opens the library anew, or waits until its holder has; answers how it is asked from then on. */
  readonly reopen: () => Promise<Client>;
  /** The library is held by another Tagroll, which lives on when this command ends. */
  readonly isRemote: boolean;
  /** Aborted by Ctrl-C. */
  readonly signal: AbortSignal;
  /** A path as the person typed it, made absolute. */
  readonly resolvePath: (path: string) => string;
  readonly progress: ProgressReporter;
  /** Service variables of this command's environment: they win over what is stored, for this command. */
  readonly environment: Readonly<Record<string, string>>;
  /** Asks the person a question that "y" answers with yes; null where nobody sits at a terminal. */
  readonly ask: ((question: string) => Promise<boolean>) | null;
};

/** What a command answers. */
export type Outcome = {
  /** The one document that `--json` prints. */
  readonly json: object;
  /** The same for people. */
  readonly text: string;
  /** True when it is done, but the output lists failures. */
  readonly hasFailures?: boolean;
  /** True when a service refused the account or a quota or budget is used up. */
  readonly isRefused?: boolean;
};

export type Command = (context: CommandContext) => Promise<Outcome>;

/** "1 photo", "1,234 photos". */
export function counted(count: number, noun: string): string {
  return `${count.toLocaleString('en')} ${noun}${count === 1 ? '' : 's'}`;
}
