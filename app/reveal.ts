import { spawn } from 'node:child_process';
import { dirname } from 'node:path';
import { pathToFileURL } from 'node:url';
import { TagrollError } from '../shared/errors.ts';

/** A program and its arguments. */
export type Command = { readonly file: string; readonly arguments: readonly string[] };

/** How the file manager is opened at a file, best way first. */
export function revealCommands(path: string, platform: NodeJS.Platform): readonly Command[] {
  if (platform === 'darwin') return [{ file: 'open', arguments: ['-R', path] }];
  if (platform === 'win32') return [{ file: 'explorer.exe', arguments: [`/select,${path}`] }];
  const uri = pathToFileURL(path).href.replaceAll(',', '%2C').replaceAll("'", '%27');
  return [
    {
      file: 'gdbus',
      arguments: [
        'call',
        '--session',
        '--dest=org.freedesktop.FileManager1',
        '--object-path=/org/freedesktop/FileManager1',
        '--method=org.freedesktop.FileManager1.ShowItems',
        `['${uri}']`,
        '',
      ],
    },
    { file: 'xdg-open', arguments: [dirname(path)] },
  ];
}

/** How the system's default browser is opened. */
export function browseCommands(url: string, platform: NodeJS.Platform): readonly Command[] {
  if (platform === 'darwin') return [{ file: 'open', arguments: [url] }];
  if (platform === 'win32') {
    return [{ file: 'rundll32.exe', arguments: ['url.dll,FileProtocolHandler', url] }];
  }
  return [{ file: 'xdg-open', arguments: [url] }];
}

/** Opens the file manager at a file. Rejects with the reason when nothing opened. */
export async function revealFile(path: Uint8Array): Promise<void> {
  const text = Buffer.from(path).toString('utf8');
  if (await runFirst(revealCommands(text, process.platform))) return;
  throw new TagrollError(
    'not_supported',
    `No file manager could be opened at ${text}. Open its folder by hand.`,
    { path: text },
  );
}

/** Runs commands until one ends well; false when none did. */
export async function runFirst(commands: readonly Command[]): Promise<boolean> {
  for (const command of commands) {
    if (await run(command)) return true;
  }
  return false;
}

/** Explorer ends with 1 even after it has opened its window. */
const LENIENT = new Set(['explorer.exe']);
/** A program that still runs after this time has opened something. */
const SETTLED_MS = 5000;

function run(command: Command): Promise<boolean> {
  return new Promise((resolve) => {
    const child = spawn(command.file, command.arguments, { stdio: 'ignore', detached: true });
    const settled = setTimeout(() => resolve(true), SETTLED_MS);
    child.once('error', () => {
      clearTimeout(settled);
      resolve(false);
    });
    child.once('exit', (status) => {
      clearTimeout(settled);
      resolve(status === 0 || LENIENT.has(command.file));
    });
    child.unref();
  });
}
