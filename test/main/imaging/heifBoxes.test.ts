import { describe, expect, it } from 'vitest';
import { memorySource } from '../../../main/imaging/byteSource.ts';
import { openHeif } from '../../../main/imaging/heifBoxes.ts';
import { writeHeif } from '../../../main/imaging/heifWriter.ts';
import { asThumbnail, box, grid, heifFile, rotation, tile } from '../../helpers/heif.ts';

const open = (file: Buffer) => openHeif(memorySource(file));
const typesOf = (file: Buffer, item: number): string[] =>
  (open(file)?.propertiesOf(item) ?? []).map(({ type }) => type);

describe('the boxes of a HEIF file', () => {
  const items = grid(2, 1, [rotation(1)]);
  const file = heifFile([...items, asThumbnail(tile(), 3)], 3);

  it('tell of items, their places, their properties and what refers to what', () => {
    const boxes = open(file);
    expect(boxes?.primary).toBe(3);
    expect(boxes?.items.map(({ type }) => type)).toEqual(['hvc1', 'hvc1', 'grid', 'hvc1']);
    expect(boxes?.references).toEqual([
      { type: 'dimg', from: 3, to: [1, 2] },
      { type: 'thmb', from: 4, to: [3] },
    ]);
    const { offset = 0, bytes = 0 } = boxes?.places.get(4) ?? {};
    expect(file.subarray(offset, offset + bytes).equals(tile().data)).toBe(true);
    expect(typesOf(file, 3)).toEqual(['ispe', 'irot']);
    expect(typesOf(file, 4)).toEqual(['hvcC', 'ispe']);
    expect(typesOf(file, 99)).toEqual([]);
    const { offset: start = 0 } = boxes?.meta ?? {};
    expect(file.toString('latin1', start + 4, start + 8)).toBe('meta');
  });

  it('are none of a file that has none', () => {
    expect(open(box('ftyp', Buffer.from('heic')))).toBeNull();
    expect(open(Buffer.alloc(0))).toBeNull();
    const empty = open(Buffer.concat([box('ftyp', Buffer.from('heic')), box('meta')]));
    expect(empty).toMatchObject({ items: [], references: [], primary: null });
    expect(empty?.propertiesOf(1)).toEqual([]);
  });

  it('are read in moments however many references and tables a file claims', () => {
    const references = Array.from({ length: 4000 }, () => {
      const body = Buffer.alloc(4 + 8000);
      body.writeUInt16BE(0xffff, 2);
      return box('thmb', body);
    });
    const tables = Array.from({ length: 2000 }, () => {
      const body = Buffer.alloc(8 + 4000, 1);
      body.writeUInt32BE(0, 0);
      body.writeUInt32BE(0xffffffff, 4);
      return box('ipma', body);
    });
    const property = box('ispe', Buffer.alloc(12));
    const meta = box(
      'meta',
      Buffer.alloc(4),
      box('iref', Buffer.alloc(4), ...references),
      box('iprp', box('ipco', property), ...tables),
    );
    const boxes = open(Buffer.concat([box('ftyp', Buffer.from('heic')), meta]));
    const told = boxes?.references.reduce((sum, { to }) => sum + to.length, 0) ?? 0;
    expect(told).toBeLessThanOrEqual(65_536);
    expect(boxes?.propertiesOf(0x0101).length).toBeLessThanOrEqual(16 * 4000);
  });

  it('are what the writer writes', () => {
    const { type, data, properties = [] } = tile([rotation(2)]);
    const alone = writeHeif({ type, data, properties });
    const boxes = open(alone);
    expect(boxes?.items).toMatchObject([{ id: 1, type: 'hvc1' }]);
    expect(typesOf(alone, boxes?.primary ?? 0)).toEqual(['hvcC', 'ispe', 'irot']);
    const { offset = 0, bytes = 0 } = boxes?.places.get(1) ?? {};
    expect(alone.subarray(offset, offset + bytes).equals(data)).toBe(true);
  });
});
