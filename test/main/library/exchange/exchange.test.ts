import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { ChangeLog } from '../../../../main/library/changes.ts';
import { all, type WritableDB } from '../../../../main/library/database.ts';
import { exportTo, importFrom } from '../../../../main/library/exchange/exchange.ts';
import { withEvidence } from '../../../../main/library/exchange/exportLibrary.ts';
import {
  type OperationInput,
  type OperationName,
  runOperation,
} from '../../../../main/library/operations.ts';
import { photosByIds } from '../../../../main/library/photos.ts';
import { savedSearches } from '../../../../main/library/searches.ts';
import { finishCall, readReply } from '../../../../main/library/tagging/answers.ts';
import type { Writer } from '../../../../main/library/writer.ts';
import { hashOf, NOW } from '../../../helpers/library.ts';
import {
  createTaggingDesk,
  SERVICE,
  serviceTag,
  type TaggingDesk,
  uploadIdsOf,
} from '../../../helpers/tagging.ts';

let folder: string;
let file: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'tagroll-exchange-'));
  file = join(folder, 'library.json');
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const BODY = Buffer.from('{"tags":["海滩 beach"]}');

/** The operations of the writing thread, on a database of this thread. */
function writerOn(db: WritableDB): Writer {
  const run = async <Name extends OperationName>(name: Name, input: OperationInput<Name>) =>
    runOperation(db, name, input, new ChangeLog());
  return { run: run as Writer['run'], close: async () => undefined };
}

type Made = { desk: TaggingDesk; beach: number; copy: number; dog: number };

/** Photos only: a library that a person just pointed at the same files. */
function indexed(): Made {
  const desk = createTaggingDesk();
  const beach = desk.photo('beach.jpg', 'beach');
  const copy = desk.photo('copy.jpg', 'beach');
  const dog = desk.photo('dog.jpg', 'dog');
  return { desk, beach, copy, dog };
}

function answered(desk: TaggingDesk, photoId: number, body: Buffer, confidence: number): void {
  desk.begin([photoId], { again: true });
  const job = desk.nextJob();
  const [uploadId = 0] = uploadIdsOf(desk.reserve([job]));
  const boxes = [{ x: 0.1, y: 0.2, width: 0.5, height: 0.25, confidence }];
  desk.write(finishCall, {
    service: SERVICE,
    now: NOW + Math.round(confidence),
    variant: '',
    answers: [
      {
        uploadId,
        job,
        tags: [
          { ...serviceTag('沙滩', confidence), names: { zh: '沙滩', en: 'beach' }, boxes },
          serviceTag('sea', 61.5),
        ],
        body,
        requestId: `r${confidence}`,
        parameters: { limit: 5 },
      },
    ],
  });
}

/** A library in which a person did everything that can be done. */
async function lived(): Promise<Made> {
  const made = indexed();
  const { desk, beach, copy, dog } = made;
  const writer = writerOn(desk.db);
  answered(desk, beach, Buffer.from([0xff, 0x00, 0x80]), 40.25);
  answered(desk, beach, BODY, 92.75);
  const label = (action: 'add' | 'reject', tag: string, photoIds: number[]) =>
    writer.run('applyLabel', { action, tag, language: 'en', photoIds, now: NOW });
  await label('add', 'Holiday 2019', [beach, dog]);
  await label('add', '家人', [copy]);
  await label('reject', 'sea', [beach]);
  await writer.run('setFavorite', { photoIds: [copy], favorite: true, now: NOW });
  await writer.run('saveSearch', {
    name: 'Beaches',
    query: 'tag:beach',
    threshold: 70,
    sort: 'taken',
    ascending: true,
  });
  return made;
}

function evidence({ desk, beach, copy, dog }: Made) {
  const photos = photosByIds(desk.db, [beach, copy, dog]);
  return withEvidence(desk.db, photos).map(({ id: _id, tags, ...photo }) => ({
    ...photo,
    tags: tags.map(({ id: _tag, ...tag }) => tag),
  }));
}

function replies(db: WritableDB): object[] {
  return all<object>(
    db,
    `SELECT hex(image_hash) AS hash, service_id AS service, received_at AS at, request_id AS request,
            parameters, withdrawn, hex(body) AS body FROM reply ORDER BY received_at`,
  );
}

const exportAll = ({ desk, beach, copy, dog }: Made, to = file): Promise<number> =>
  exportTo({ db: desk.db, photoIds: [beach, copy, dog], query: null, file: to, now: NOW });

const importInto = ({ desk }: Made, from = file) =>
  importFrom({ writer: writerOn(desk.db), file: from, now: NOW });

describe('an export', () => {
  it('brings everything back that a person made, and every paid reply', async () => {
    const before = await lived();
    expect(await exportAll(before)).toBe(3);
    const after = indexed();
    const done = await importInto(after);
    expect(done).toEqual({ written: 5, failed: [] });
    expect(evidence(after)).toEqual(evidence(before));
    expect(replies(after.desk.db)).toEqual(replies(before.desk.db));
    const key = { imageHash: hashOf('beach'), service: SERVICE } as const;
    expect(Buffer.from(readReply(after.desk.db, key)?.body ?? [])).toEqual(BODY);
    expect(savedSearches(after.desk.db)).toMatchObject([
      { name: 'Beaches', query: 'tag:beach', threshold: 70, ascending: true },
    ]);
  });

  it('changes nothing when it is imported again, or into its own library', async () => {
    const made = await lived();
    await exportAll(made);
    const before = [evidence(made), replies(made.desk.db), savedSearches(made.desk.db)];
    await importInto(made);
    await importInto(made);
    expect([evidence(made), replies(made.desk.db), savedSearches(made.desk.db)]).toEqual(before);
  });

  it('is read in any layout', async () => {
    const before = await lived();
    await exportAll(before);
    writeFileSync(file, JSON.stringify(JSON.parse(readFileSync(file, 'utf8')), null, 4));
    const after = indexed();
    await importInto(after);
    expect(evidence(after)).toEqual(evidence(before));
  });

  it('names the photos that are not there, and brings back the others', async () => {
    const before = await lived();
    await exportAll(before);
    const desk = createTaggingDesk();
    const beach = desk.photo('elsewhere/renamed.jpg', 'beach');
    const done = await importFrom({ writer: writerOn(desk.db), file, now: NOW });
    expect(done.failed.map(({ code, path }) => [code, path.split('/').at(-1)])).toEqual([
      ['not_found', 'copy.jpg'],
      ['not_found', 'dog.jpg'],
    ]);
    const [photo] = withEvidence(desk.db, photosByIds(desk.db, [beach]));
    expect(photo?.mine.map((word) => word.raw)).toEqual(['Holiday 2019']);
  });

  it('finds an edited photo by its path', async () => {
    const before = await lived();
    await exportAll(before);
    const desk = createTaggingDesk();
    const dog = desk.photo('dog.jpg', 'another picture');
    await importFrom({ writer: writerOn(desk.db), file, now: NOW });
    const [photo] = withEvidence(desk.db, photosByIds(desk.db, [dog]));
    expect(photo?.mine.map((word) => word.raw)).toEqual(['Holiday 2019']);
  });

  it('keeps an answer that is newer than the one in the file', async () => {
    const before = await lived();
    await exportAll(before);
    const after = indexed();
    answered(after.desk, after.beach, BODY, 99);
    await importInto(after);
    expect(replies(after.desk.db)).toHaveLength(3);
    const scores = photosByIds(after.desk.db, [after.beach])[0]?.tags.map((tag) => tag.confidence);
    expect(scores).toContain(99);
  });

  it.each([
    ['cut off', (text: string) => text.slice(0, text.length - 40)],
    ['no export', () => '{"hello":1}'],
    ['no JSON', () => 'hello'],
    ['of a later Tagroll', (text: string) => text.replace('"version":1', '"version":9')],
    ['with a line that is broken', (text: string) => text.replace('"path":', '"path"')],
  ])('that is %s is refused with its name', async (_, spoil) => {
    await exportAll(await lived());
    writeFileSync(file, spoil(readFileSync(file, 'utf8')));
    await expect(importInto(indexed())).rejects.toMatchObject({
      code: 'import_unusable',
      data: { path: file },
    });
  });

  it('that cannot be written leaves what is there', async () => {
    const made = await lived();
    await expect(exportAll(made, join(folder, 'no', 'x.json'))).rejects.toMatchObject({
      code: 'export_failed',
    });
    await exportAll(made);
    expect(readdirSync(folder)).toEqual(['library.json']);
  });

  it('as a table has a line a photo', async () => {
    const table = join(folder, 'library.csv');
    await exportAll(await lived(), table);
    const lines = readFileSync(table, 'utf8').trimEnd().split('\r\n');
    expect(lines).toHaveLength(4);
    expect(lines[0]).toMatch(/^\uFEFFpath,fileHash,.*,favorite,mine,tags,rejected$/);
    expect(lines[1]).toContain('beach / 沙滩 (tencent-tag 92.8)');
    expect(lines[2]).toContain(',yes,家人,');
  });
});
