/** The door of `tagroll open`, as a process of its own. */
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { PROJECT_PATH } from '../../app/places.ts';

const CLI_PATH = join(PROJECT_PATH, 'app', 'cli.ts');

export type Door = {
  readonly process: ChildProcess;
  /** Its address with the token, as soon as it answers. */
  url(): Promise<string>;
  stop(): Promise<void>;
};

export function openDoor(libraryPath: string): Door {
  const door = spawn(
    process.execPath,
    [CLI_PATH, 'open', '--browser', '--no-window', '--json', '--library', libraryPath],
    { stdio: ['ignore', 'pipe', 'inherit'] },
  );
  const ended = once(door, 'exit');
  return {
    process: door,
    url: () => readUrl(door.stdout),
    async stop() {
      door.kill('SIGTERM');
      await ended;
    },
  };
}

/** The one line of JSON that the door prints when it answers. */
async function readUrl(stdout: NodeJS.ReadableStream): Promise<string> {
  let text = '';
  for await (const chunk of stdout) {
    text += String(chunk);
    if (text.includes('\n')) break;
  }
  const answer = JSON.parse(text) as { url?: string };
  if (!answer.url) throw new Error(`The door did not open: ${text}`);
  return answer.url;
}
