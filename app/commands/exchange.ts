/** `export` and `import`. */
import { TagrollError } from '../../shared/errors.ts';
import { type Command, counted } from './command.ts';
import { table } from './table.ts';

/** Writes what is known of photos to a file for other programs, or to bring it back one day. */
export function exportPhotos(query: string | undefined, file: string): Command {
  return async ({ client, resolvePath, signal }) => {
    if (!/\.(json|csv)$/i.test(file)) {
      throw new TagrollError('usage', `--to ${file}: choose a file that ends in .json or .csv.`);
    }
    const path = resolvePath(file);
    const done = await client.exchange.export({ query: query ?? null, file: path }, { signal });
    return { json: done, text: `${counted(done.written, 'photo')} written to ${path}.` };
  };
}

/** Brings back what `export` wrote. */
export function importFile(file: string): Command {
  return async ({ client, resolvePath, signal }) => {
    const path = resolvePath(file);
    const { written, failed } = await client.exchange.bringBack({ file: path }, { signal });
    const done = `${written.toLocaleString('en')} ${written === 1 ? 'entry' : 'entries'} brought back from ${path}.`;
    const rows = failed.map((failure) => [failure.code, failure.message]);
    const text =
      failed.length === 0
        ? done
        : `${done}\n${table([{ title: 'Code' }, { title: 'Detail' }], rows)}`;
    return { json: { written, failed }, text, hasFailures: failed.length > 0 };
  };
}
