import { createInterface } from 'node:readline/promises';

/** A way to ask the person at the terminal; null where there is none. Anything but "y" or "yes" is a no. */
export function askOnTerminal(
  signal: AbortSignal,
): ((question: string) => Promise<boolean>) | null {
  if (!process.stdin.isTTY || !process.stderr.isTTY) return null;
  return async (question) => {
    // The answer to the command goes to stdout; the conversation does not.
    const terminal = createInterface({ input: process.stdin, output: process.stderr });
    // In raw mode the terminal's Ctrl-C comes as a letter.
    terminal.on('SIGINT', () => process.kill(process.pid, 'SIGINT'));
    try {
      const answer = await terminal.question(question, { signal });
      return /^y(es)?$/i.test(answer.trim());
    } finally {
      terminal.close();
    }
  };
}
