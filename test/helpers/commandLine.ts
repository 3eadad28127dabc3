/** Runs the command line as people do: a process of its own, with its exit status. */
import { type ChildProcess, spawn } from 'node:child_process';
import { join } from 'node:path';

const cli = join(import.meta.dirname, '..', '..', 'app', 'cli.ts');

export type Ran = {
  readonly status: number | null;
  readonly stdout: string;
  readonly stderr: string;
  /** The one document that `--json` prints. Throws when there is not exactly one. */
  json<Document>(): Document;
};

export type RunOptions = {
  readonly cwd?: string;
  readonly env?: Readonly<Record<string, string>>;
  /** Runs as this user: root may do what others may not. */
  readonly userId?: number;
};

/** Runs `tagroll …words` to its end. */
export function runTagroll(words: readonly string[], options: RunOptions = {}): Promise<Ran> {
  return collect(startTagroll(words, options));
}

/** Starts it and leaves it running. */
export function startTagroll(words: readonly string[], options: RunOptions = {}): ChildProcess {
  const { INIT_CWD: _folder, TAGROLL_LIBRARY: _library, ...env } = process.env;
  return spawn(process.execPath, [cli, ...words], {
    cwd: options.cwd,
    env: { ...env, NODE_NO_WARNINGS: '1', ...options.env },
    ...(options.userId === undefined ? {} : { uid: options.userId }),
    stdio: ['ignore', 'pipe', 'pipe'],
  });
}

/** Waits for its end. */
export function collect(child: ChildProcess): Promise<Ran> {
  return new Promise((resolve, reject) => {
    let stdout = '';
    let stderr = '';
    child.stdout?.setEncoding('utf8').on('data', (text) => {
      stdout += text;
    });
    child.stderr?.setEncoding('utf8').on('data', (text) => {
      stderr += text;
    });
    child.once('error', reject);
    child.once('close', (status) =>
      resolve({ status, stdout, stderr, json: () => JSON.parse(stdout) }),
    );
  });
}
