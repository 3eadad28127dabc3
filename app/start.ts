/** `npm start`: the desktop app where it can be had, else the same window in a browser. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { endProcess } from '../main/stuck.ts';
import { TagrollError } from '../shared/errors.ts';
import { openTagroll } from './door.ts';
import { libraryPath } from './places.ts';
import { VERSION } from './version.ts';

const HELP = `Usage: npm start -- [options]

  --library FOLDER  the library to open
  --sample          a throw-away library of generated pictures
  --browser         a browser window, even where the desktop app could open
  --no-window       only print the address
  --port N          loopback port; a free one when left out
`;

const say = (line: string): void => {
  process.stdout.write(`${line}\n`);
};

async function start(): Promise<void> {
  const { values } = parseArgs({
    options: {
      library: { type: 'string' },
      sample: { type: 'boolean', default: false },
      browser: { type: 'boolean', default: false },
      'no-window': { type: 'boolean', default: false },
      port: { type: 'string' },
      help: { type: 'boolean', short: 'h', default: false },
      version: { type: 'boolean', default: false },
    },
  });
  if (values.help) return say(HELP);
  if (values.version) return say(VERSION);
  const port = readPort(values.port);
  const stopped = new Promise<void>((resolve) => {
    process.once('SIGINT', () => resolve());
    process.once('SIGTERM', () => resolve());
  });
  const sample = values.sample ? await mkdtemp(join(tmpdir(), 'tagroll-sample-')) : null;
  try {
    if (sample) {
      const { makeSampleLibrary } = await import('./sample.ts');
      await makeSampleLibrary(sample, say);
    }
    const opened = await openTagroll({
      libraryPath: sample
        ? join(sample, 'library')
        : libraryPath(values.library, process.env, process.platform),
      browser: values.browser,
      port,
      window: !values['no-window'],
      say,
    });
    if (values['no-window']) say(`Tagroll is open at ${opened.url}`);
    await Promise.race([stopped, opened.ended]);
    await opened.close();
  } finally {
    if (sample) await rm(sample, { recursive: true, force: true, maxRetries: 5 });
  }
}

function readPort(text: string | undefined): number {
  if (text === undefined) return 0;
  const port = Number(text);
  if (Number.isInteger(port) && port >= 1 && port <= 65_535) return port;
  throw new TagrollError('usage', `--port must be a whole number from 1 to 65535, not ${text}.`);
}

try {
  await start();
  endProcess(0);
} catch (error) {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  process.exit(error instanceof TagrollError && error.code === 'usage' ? 2 : 1);
}
