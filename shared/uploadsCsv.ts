/** The ledger of uploads as a table for other programs. */
import { csv } from './csv.ts';
import type { Upload } from './services.ts';

/** One line an upload, in the order in which they are given. */
export function uploadsCsv(uploads: readonly Upload[]): string {
  const names = ['at', 'service', 'path', 'bytes', 'width', 'height', 'status'];
  return csv(
    [...names, 'requestId', 'cost', 'currency', 'code'],
    uploads.map((upload) => [
      uploadTime(upload),
      upload.service,
      upload.path,
      upload.bytes,
      upload.width,
      upload.height,
      upload.status,
      upload.requestId,
      upload.cost,
      upload.currency,
      upload.code,
    ]),
  );
}

/** UTC, as ISO 8601 writes it. */
export function uploadTime({ atMs }: Upload): string {
  return new Date(atMs).toISOString();
}
