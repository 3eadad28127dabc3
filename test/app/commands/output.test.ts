import { describe, expect, it } from 'vitest';
import { createProgressReporter, progressLine } from '../../../app/commands/progress.ts';
import { photoJson } from '../../../app/commands/search.ts';
import { exitStatus } from '../../../app/commands/status.ts';
import { displayWidth, table } from '../../../app/commands/table.ts';
import type { Photo, Progress } from '../../../shared/model.ts';

describe('tables', () => {
  it('line up where characters are two columns wide', () => {
    const text = table(
      [{ title: 'Tag' }, { title: 'Photos', align: 'right' }],
      [
        ['海边', '1,234'],
        ['beach', '7'],
      ],
    );
    expect(text).toBe('Tag    Photos\n海边    1,234\nbeach       7');
    expect(text.split('\n').map(displayWidth)).toEqual([13, 13, 13]);
  });

  it.each([
    ['abc', 3],
    ['日本', 4],
    ['ｆｕｌｌ', 8],
    ['e\u0301', 1],
    ['👍', 2],
    ['한국', 4],
    ['', 0],
  ])('%s takes %i columns', (text, columns) => {
    expect(displayWidth(text)).toBe(columns);
  });

  it('show names that would move the cursor', () => {
    expect(table([{ title: 'File' }], [['a\nb\u001B[2Jc']])).toBe('File\na\uFFFDb\uFFFD[2Jc');
  });
});

const progress: Progress = {
  phase: 'indexing',
  found: 5000,
  indexed: 1250,
  pending: 3750,
  photosPerSecond: 40.26,
  secondsLeft: 94,
  failed: 2,
  unsupported: 0,
};

describe('progress', () => {
  it('says how far, how fast and how long', () => {
    expect(progressLine(progress)).toBe(
      'Indexing: 1,250 of 5,000 · 40.3 photos/s · 2 min left · 2 not readable',
    );
  });

  it('is a bar that leaves nothing behind on a terminal', () => {
    const written: string[] = [];
    const stream = { isTTY: true, columns: 200, write: (text: string) => written.push(text) };
    const reporter = createProgressReporter(stream, () => 0);
    reporter.show(progress);
    reporter.end();
    expect(written[0]).toContain('██████░░░░░░░░░░░░░░░░░░ Indexing');
    expect(written.at(-1)).toBe('\r\u001B[2K');
  });

  it('is a line every five seconds elsewhere', () => {
    const written: string[] = [];
    let nowMs = 0;
    const reporter = createProgressReporter({ write: (text) => written.push(text) }, () => nowMs);
    for (; nowMs <= 11_000; nowMs += 200) reporter.show(progress);
    reporter.end();
    expect(written).toHaveLength(2);
    expect(written[0]).toMatch(/^Indexing.*\n$/);
  });
});

describe('the document of a photo', () => {
  it('has exactly the fields that are promised, in their order', () => {
    const photo: Photo & { extra: number } = {
      extra: 1,
      tags: [
        {
          earlier: true,
          rejected: true,
          confidence: 91.5,
          source: 'on-device',
          type: 'light',
          names: { en: 'dark', zh: '暗' },
          id: 3,
          boxes: [{ confidence: 9, height: 0.4, width: 0.3, y: 0.2, x: 0.1 }],
        },
      ],
      state: 'ok',
      longitude: 2,
      latitude: 1,
      lens: null,
      camera: 'Canon EOS',
      height: 3,
      width: 4,
      utcOffsetMinutes: 480,
      takenAtSource: 'exif',
      takenAt: '2019-07-14T10:00:00',
      imageHash: 'i',
      fileHash: 'f',
      path: '/a.jpg',
      id: 1,
    };
    expect(JSON.stringify(photoJson(photo))).toBe(
      '{"id":1,"path":"/a.jpg","fileHash":"f","imageHash":"i","takenAt":"2019-07-14T10:00:00","takenAtSource":"exif","utcOffsetMinutes":480,"width":4,"height":3,"camera":"Canon EOS","lens":null,"latitude":1,"longitude":2,"state":"ok","tags":[{"id":3,"names":{"zh":"暗","en":"dark"},"type":"light","source":"on-device","confidence":91.5,"boxes":[{"x":0.1,"y":0.2,"width":0.3,"height":0.4,"confidence":9}],"rejected":true}]}',
    );
  });
});

describe('exit statuses', () => {
  it('tell usage from a library that cannot be opened', () => {
    expect((['usage', 'query_invalid', 'folder_nested'] as const).map(exitStatus)).toEqual([
      2, 2, 2,
    ]);
    expect((['library_newer', 'holder_silent', 'library_locked'] as const).map(exitStatus)).toEqual(
      [3, 3, 3],
    );
    expect(exitStatus('internal')).toBe(1);
  });
});
