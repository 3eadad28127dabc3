import { describe, expect, it } from 'vitest';
import { parseExifDate, parseOffset, parseXmpDate, takenAt } from '../../../main/imaging/dates.ts';
import { type ExifFacts, NO_EXIF } from '../../../main/imaging/exif.ts';
import { localWallClock } from '../../../main/imaging/wallClock.ts';

const taken = (exif: Partial<ExifFacts>, rest: { xmp?: string[]; name?: string } = {}) =>
  takenAt({
    exif: { ...NO_EXIF, ...exif },
    xmpDates: rest.xmp ?? [],
    name: Buffer.from(rest.name ?? 'DSC_0001.jpg'),
    mtimeUs: Date.UTC(2024, 4, 6, 7, 8, 9) * 1000,
  });

describe('dates of EXIF', () => {
  it.each([
    ['2019:07:14 18:30:00', '2019-07-14T18:30:00'],
    ['2020-05-06T07:08:09', '2020-05-06T07:08:09'],
    ['1826:06:01 12:00:00', '1826-06-01T12:00:00'],
    ['2107:02:03 04:05:06', '2107-02-03T04:05:06'],
    ['2024:02:29 10:00:00', '2024-02-29T10:00:00'],
    ['2013:7:4 5:06:07', '2013-07-04T05:06:07'],
    ['2013:07:04 05:06', '2013-07-04T05:06:00'],
    ['2022:03:04 23:30:15.987', '2022-03-04T23:30:15'],
    ['2023:02:29 10:00:00', null],
    ['1900:02:29 10:00:00', null],
    ['2021:13:45 25:61:61', null],
    ['2021:12:31 24:00:00', null],
    ['0000:00:00 00:00:00', null],
    ['    :  :     :  :  ', null],
    ['', null],
    ['yesterday', null],
  ])('%j is %s', (text, at) => {
    expect(parseExifDate(text)?.at ?? null).toBe(at);
  });

  it('keeps the wall clock and the offset apart', () => {
    expect(parseExifDate('2020-05-06T07:08:09+09:00')).toEqual({
      at: '2020-05-06T07:08:09',
      utcOffsetMinutes: 540,
    });
  });
});

describe('offsets', () => {
  it.each([
    ['+09:00', 540],
    ['-03:30', -210],
    ['+0530', 330],
    ['Z', 0],
    ['-00:00', 0],
    ['+99:00', null],
    ['   :  ', null],
    [null, null],
  ])('%j is %s minutes', (text, minutes) => {
    expect(parseOffset(text)).toBe(minutes);
  });
});

describe('dates of XMP', () => {
  it.each([
    ['2013-09-23T10:09:46+02:00', '2013-09-23T10:09:46'],
    ['2003-08-31', '2003-08-31T00:00:00'],
    ['1950-07', '1950-07-01T00:00:00'],
    ['1950', '1950-01-01T00:00:00'],
    ['2003-02-31', null],
    ['soon', null],
  ])('%j is %s', (text, at) => {
    expect(parseXmpDate(text)?.at ?? null).toBe(at);
  });
});

describe('the order of trust', () => {
  const gps = { gpsDate: '2019:07:14', gpsTime: [23, 30, 0] };

  it('prefers EXIF, original before digitised, each with its own offset', () => {
    const exif = {
      dateTimeOriginal: '2019:07:14 18:30:00',
      dateTimeDigitized: '2020:01:01 00:00:00',
      offsetTimeOriginal: '+02:00',
      offsetTimeDigitized: '+05:00',
    };
    expect(taken(exif)).toEqual({
      at: '2019-07-14T18:30:00',
      utcOffsetMinutes: 120,
      source: 'exif',
    });
    expect(taken({ ...exif, dateTimeOriginal: '0000:00:00 00:00:00' })).toEqual({
      at: '2020-01-01T00:00:00',
      utcOffsetMinutes: 300,
      source: 'exif',
    });
    expect(
      taken({ dateTimeOriginal: '2019:07:14 18:30:00', offsetTime: '-01:00' })?.utcOffsetMinutes,
    ).toBe(-60);
  });

  it('takes XMP next, and the time of another date of the same day', () => {
    expect(taken({}, { xmp: ['2003-08-31', '2005-12-17T22:03:32Z'] })?.at).toBe(
      '2003-08-31T00:00:00',
    );
    expect(taken({}, { xmp: ['2005-12-17', '2005-12-17T22:03:32Z'] })).toEqual({
      at: '2005-12-17T22:03:32',
      utcOffsetMinutes: 0,
      source: 'xmp',
    });
  });

  it('takes GPS time only with a known offset', () => {
    expect(taken({ ...gps, offsetTime: '+02:00' })).toEqual({
      at: '2019-07-15T01:30:00',
      utcOffsetMinutes: 120,
      source: 'gps',
    });
    expect(taken(gps)?.source).toBe('mtime');
    expect(taken({ ...gps, gpsTime: [24, 0, 0], offsetTime: 'Z' })?.source).toBe('mtime');
  });

  it('ends with the name and the time of the file, which is local', () => {
    expect(taken({}, { name: 'IMG_20190714_183000.jpg' })).toEqual({
      at: '2019-07-14T18:30:00',
      utcOffsetMinutes: null,
      source: 'filename',
    });
    expect(taken({})).toEqual({
      at: localWallClock(Date.UTC(2024, 4, 6, 7, 8, 9)),
      utcOffsetMinutes: null,
      source: 'mtime',
    });
  });

  it('knows when it knows nothing', () => {
    const clues = { exif: NO_EXIF, xmpDates: [], name: Buffer.from('x.jpg'), mtimeUs: null };
    expect(takenAt(clues)).toBeNull();
  });
});
