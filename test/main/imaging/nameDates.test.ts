import { describe, expect, it } from 'vitest';
import { dateInName } from '../../../main/imaging/nameDates.ts';
import { localWallClock } from '../../../main/imaging/wallClock.ts';

describe('dates in file names', () => {
  it.each([
    ['IMG_20190714_183000.jpg', '2019-07-14T18:30:00'],
    ['IMG_20190714_183000_1.jpg', '2019-07-14T18:30:00'],
    ['20190714183000.jpg', '2019-07-14T18:30:00'],
    ['PXL_20210518_101500123.jpg', '2021-05-18T10:15:00'],
    ['2019-07-14 18.30.00.jpg', '2019-07-14T18:30:00'],
    ['2019-07-14 18.30.00-2.jpg', '2019-07-14T18:30:00'],
    ['Screenshot_2019-07-14-18-30-00.png', '2019-07-14T18:30:00'],
    ['Screenshot_20190714-183000_Chrome.jpg', '2019-07-14T18:30:00'],
    ['Screenshot 2021-03-04 at 10.22.33 PM.png', '2021-03-04T22:22:33'],
    ['Screen Shot 2021-03-04 at 12.22.33 AM.png', '2021-03-04T00:22:33'],
    ['Screenshot from 2021-03-04 22-10-11.png', '2021-03-04T22:10:11'],
    ['signal-2021-03-04-221011.jpg', '2021-03-04T22:10:11'],
    ['WhatsApp Image 2021-03-04 at 22.10.11.jpeg', '2021-03-04T22:10:11'],
    ['IMG-20190714-WA0001.jpg', '2019-07-14T00:00:00'],
    ['微信图片_20190714183000.jpg', '2019-07-14T18:30:00'],
    ['微信图片_20190714.jpg', '2019-07-14T00:00:00'],
    ['2019_07_14 picnic.jpg', '2019-07-14T00:00:00'],
    ['IMG_20191345_183000.jpg', null],
    ['IMG_20230229_183000.jpg', null],
    ['00000000_000000.jpg', null],
    ['IMG_0001.jpg', null],
    ['DSC01234.jpg', null],
    ['123456789012345678.jpg', null],
    ['2019.jpg', null],
    ['2019-07.14.jpg', null],
  ])('%s is %s', (name, at) => {
    expect(dateInName(Buffer.from(name))).toBe(at);
  });

  it('falls back to the day where the time cannot be', () => {
    expect(dateInName(Buffer.from('20190714_996000.jpg'))).toBe('2019-07-14T00:00:00');
  });

  it('reads milliseconds since 1970 on the local clock', () => {
    const epochMs = 1_563_121_800_123;
    expect(dateInName(Buffer.from(`mmexport${epochMs}.jpg`))).toBe(localWallClock(epochMs));
    expect(dateInName(Buffer.from(`FB_IMG_${epochMs}.jpg`))).toBe(localWallClock(epochMs));
    expect(dateInName(Buffer.from('mmexport0000000000001.jpg'))).toBeNull();
  });

  it('works on bytes that are no UTF-8', () => {
    const name = Buffer.concat([Buffer.from([0xff, 0xe9]), Buffer.from('_20190714_183000.jpg')]);
    expect(dateInName(name)).toBe('2019-07-14T18:30:00');
  });
});
