/** `uploads`: what left this computer. */
import { rename, rm, writeFile } from 'node:fs/promises';
import { TagrollError } from '../../shared/errors.ts';
import type { Upload } from '../../shared/services.ts';
import { uploadsCsv, uploadTime } from '../../shared/uploadsCsv.ts';
import { type Command, type CommandContext, counted } from './command.ts';
import { moneyText, sizeText } from './figures.ts';
import { table } from './table.ts';

/** Uploads asked for at once. */
const PAGE = 5000;

/** The ledger, newest first: of all uploads, or of the photos of a query. */
export function listUploads(query: string | undefined, csvPath: string | undefined): Command {
  return async (context) => {
    const uploads = await allUploads(context, query);
    const json = { uploads: uploads.map(uploadJson) };
    if (csvPath === undefined) return { json, text: uploadsText(uploads) };
    const path = context.resolvePath(csvPath);
    await writeWhole(path, uploadsCsv(uploads));
    return { json, text: `${counted(uploads.length, 'upload')} written to ${path}` };
  };
}

async function allUploads(
  { client, signal }: CommandContext,
  query: string | undefined,
): Promise<readonly Upload[]> {
  const found = new Map<number, Upload>();
  for (let offset = 0; ; offset += PAGE) {
    const { total, uploads } = await client.tagging.uploads(
      { limit: PAGE, offset, ...(query === undefined ? {} : { query }) },
      { signal },
    );
    // While more are sent, a page may begin with what the one before ended with.
    for (const upload of uploads) found.set(upload.id, upload);
    if (uploads.length === 0 || offset + uploads.length >= total) return [...found.values()];
  }
}

/** The fields that other programs may rely on, in their order. */
export function uploadJson(upload: Upload): object {
  const { service, path, bytes, width, height, status, requestId, cost } = upload;
  return { at: uploadTime(upload), service, path, bytes, width, height, status, requestId, cost };
}

function uploadsText(uploads: readonly Upload[]): string {
  if (uploads.length === 0) return 'Nothing was uploaded.';
  const columns = [
    { title: 'When' },
    { title: 'Service' },
    { title: 'Status' },
    { title: 'Sent', align: 'right' },
    { title: 'Picture', align: 'right' },
    { title: 'Cost', align: 'right' },
    { title: 'Request' },
    { title: 'File' },
  ] as const;
  const rows = uploads.map((upload) => [
    uploadTime(upload),
    upload.service,
    upload.code === null ? upload.status : `${upload.status} (${upload.code})`,
    sizeText(upload.bytes),
    `${upload.width}×${upload.height}`,
    upload.cost === null ? 'not set' : moneyText(upload.cost, upload.currency),
    upload.requestId ?? '',
    upload.path ?? 'connection test',
  ]);
  return `${table(columns, rows)}\n${counted(uploads.length, 'upload')}`;
}

/** A file that was there before is only replaced by a complete one. */
async function writeWhole(path: string, text: string): Promise<void> {
  const besidePath = `${path}.${process.pid}.new`;
  try {
    await writeFile(besidePath, text);
    await rename(besidePath, path);
  } catch (error) {
    await rm(besidePath, { force: true });
    const code = error instanceof Error && 'code' in error ? String(error.code) : 'unknown reason';
    throw new TagrollError(
      code === 'ENOSPC' || code === 'EDQUOT' ? 'disk_full' : 'usage',
      `${path} cannot be written (${code}). Name a file in a folder that is there and that you may write to.`,
      { path },
      error,
    );
  }
}
