/** The words of the command line and what each of them means. */
import { Argument, Command as Commander, Option } from 'commander';
import type { LabelAction, Sort } from '../../shared/model.ts';
import { SERVICE_IDS, type ServiceId } from '../../shared/services.ts';
import { wholeNumber } from './arguments.ts';
import { backUp, restore } from './backups.ts';
import type { Command } from './command.ts';
import { exportPhotos, importFile } from './exchange.ts';
import {
  indexFolders,
  listFolders,
  relocateFolder,
  removeFolder,
  setFolderPaused,
} from './folders.ts';
import { checkLibrary, labelPhotos, settings } from './library.ts';
import { listTags, type SearchOptions, searchPhotos } from './search.ts';
import { listServices, testService } from './services.ts';
import { type TagOptions, tagPhotos } from './tag.ts';
import { listUploads } from './uploads.ts';

/** Options that every command takes. */
export type GlobalOptions = { readonly library?: string; readonly json?: boolean };

export type OpenRequest = {
  readonly browser: boolean;
  readonly port: number | undefined;
  readonly window: boolean;
};

/** What a command line asks for. */
export type Request =
  | { readonly kind: 'command'; readonly command: Command }
  | { readonly kind: 'open'; readonly open: OpenRequest };

const MAX_COUNT = 1_000_000;

/** The program; `ask` hears what was asked for once the words are understood. */
export function createProgram(version: string, ask: (request: Request) => void): Commander {
  const program = new Commander('tagroll')
    .description('Finds your photos by what is in them. No photo leaves this computer unasked.')
    .version(version)
    .option('--library <folder>', 'the library to use')
    .option('--json', 'print exactly one JSON document');
  const run = (command: Command): void => ask({ kind: 'command', command });
  const threshold = (): Option =>
    new Option('--threshold <T>', 'count tags only from this confidence on')
      .argParser(wholeNumber(0, 100))
      .default(0);

  program
    .command('index')
    .argument('[folders...]', 'folders to add; all known ones when left out')
    .description('add folders, scan them, and wait until every photo is indexed')
    .action((folders: string[]) => run(indexFolders(folders)));

  addFolders(program, run);

  program
    .command('search')
    .argument('[query]', 'such as: dog -tag:cat from:2019; all photos when left out')
    .description('find photos')
    .addOption(threshold())
    .option('--limit <N>', 'photos to print', wholeNumber(0, MAX_COUNT), 200)
    .option('--offset <N>', 'photos to skip', wholeNumber(0, Number.MAX_SAFE_INTEGER), 0)
    .addOption(
      new Option('--sort <order>')
        .choices(['taken', 'added', 'name', 'confidence'])
        .default('taken'),
    )
    .option('--ascending', 'oldest, first or least first', false)
    .action((query: string | undefined, options: SearchOptions & { sort: Sort }) =>
      run(searchPhotos(query ?? '', options)),
    );

  program
    .command('tags')
    .description('list the tags of a result with their counts')
    .option('--query <Q>', 'photos to count in; all when left out', '')
    .addOption(threshold())
    .action((options: { query: string; threshold: number }) =>
      run(listTags(options.query, options.threshold)),
    );

  program
    .command('label')
    .addArgument(new Argument('<action>').choices(['add', 'remove', 'reject']))
    .argument('<tag>', 'name in either language')
    .description('add, remove or reject a tag')
    .requiredOption('--query <Q>', 'the photos')
    .action((action: LabelAction, tag: string, options: { query: string }) =>
      run(labelPhotos(action, tag, options.query)),
    );

  addServices(program, run);

  program
    .command('settings')
    .argument('[key]')
    .argument('[value]')
    .description('show all settings or one, or change one')
    .action((key?: string, value?: string) => run(settings(key, value)));

  program
    .command('check')
    .description('look whether the library is sound, and repair what can be')
    .action(() => run(checkLibrary));

  program
    .command('backup')
    .argument('[file]', 'where; among the other backups when left out')
    .description('back the library up: everything but the photos themselves')
    .action((file?: string) => run(backUp(file)));

  program
    .command('restore')
    .argument('<file>', 'a backup')
    .description('put a backup back; what is there now is kept as a backup')
    .action((file: string) => run(restore(file)));

  program
    .command('export')
    .argument('[query]', 'the photos; everything when left out')
    .description('write what is known of photos to a file')
    .requiredOption('--to <file>', 'ends in .json (can be imported) or .csv (for a spreadsheet)')
    .action((query: string | undefined, options: { to: string }) =>
      run(exportPhotos(query, options.to)),
    );

  program
    .command('import')
    .argument('<file>', 'a .json file that export wrote')
    .description('bring back tags, corrections and paid replies')
    .action((file: string) => run(importFile(file)));

  program
    .command('open')
    .description('open the window')
    .option('--browser', 'in a browser, even where the desktop app could open', false)
    .option('--port <N>', 'loopback port; a free one when left out', wholeNumber(1, 65_535))
    .option('--no-window', 'only print the address')
    .action((options: { browser: boolean; port?: number; window: boolean }) =>
      ask({ kind: 'open', open: { ...options, port: options.port } }),
    );
  return program;
}

function addFolders(program: Commander, run: (command: Command) => void): void {
  const folders = program
    .command('folders')
    .description('list the folders of the library')
    .action(() => run(listFolders));
  folders
    .command('remove')
    .argument('<folder>')
    .description('take a folder out of the library; its files stay')
    .option('--forget', 'also forget its tags', false)
    .action((folder: string, options: { forget: boolean }) =>
      run(removeFolder(folder, options.forget)),
    );
  folders
    .command('pause')
    .argument('<folder>')
    .description('stop looking for changes in a folder')
    .action((folder: string) => run(setFolderPaused(folder, true)));
  folders
    .command('resume')
    .argument('<folder>')
    .description('look for changes again')
    .action((folder: string) => run(setFolderPaused(folder, false)));
  folders
    .command('relocate')
    .argument('<old>')
    .argument('<new>')
    .description('say where a folder lies now')
    .action((old: string, destination: string) => run(relocateFolder(old, destination)));
}

function addServices(program: Commander, run: (command: Command) => void): void {
  program
    .command('tag')
    .description('ask a cloud service what is in photos; says first what it costs')
    .addOption(
      new Option('--service <ID>', 'who is asked').choices(SERVICE_IDS).makeOptionMandatory(),
    )
    .option('--query <Q>', 'the photos; all when left out', '')
    .option('--limit <N>', 'most photos', wholeNumber(0, MAX_COUNT))
    .option('--max-calls <N>', 'most calls', wholeNumber(0, MAX_COUNT))
    .option('--again', 'also photos that were answered for before: they cost again', false)
    .option('--dry-run', 'only say what would be sent and what it would cost', false)
    .action((options: TagOptions) => run(tagPhotos(options)));

  const services = program
    .command('services')
    .description('list the cloud services and what they lack')
    .action(() => run(listServices));
  services
    .command('test')
    .addArgument(new Argument('<id>', 'the service').choices(SERVICE_IDS))
    .description('make one real call with a built-in picture')
    .action((id: ServiceId) => run(testService(id)));

  program
    .command('uploads')
    .description('list what left this computer')
    .option('--query <Q>', 'of these photos; everything when left out')
    .option('--csv <file>', 'write it to a file for a spreadsheet')
    .action((options: { query?: string; csv?: string }) =>
      run(listUploads(options.query, options.csv)),
    );
}
