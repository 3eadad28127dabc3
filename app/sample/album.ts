/** Which pictures the sample library has: folders, cameras, days and places. */
import { page, screenshot } from './pages.ts';
import {
  balloons,
  city,
  dunes,
  type Frame,
  flower,
  forest,
  mountains,
  PALETTES,
  sea,
  stars,
} from './scenes.ts';

export type Camera = {
  readonly make: string;
  readonly model: string;
  readonly lens?: string;
  readonly fNumber: string;
  readonly focalLength: string;
};

export type Place = {
  readonly latitude: number;
  readonly longitude: number;
  readonly offset: string;
};

export type SamplePicture = {
  readonly folder: string;
  readonly name: string;
  readonly draw: (frame: Frame) => string;
  readonly shape: 'wide' | 'upright' | 'square' | 'panorama' | 'screen' | 'page';
  /** Wall-clock time `YYYY:MM:DD HH:MM:SS`; null leaves the picture without EXIF. */
  readonly takenAt: string | null;
  readonly camera: Camera | null;
  readonly place: Place | null;
  readonly exposure?: string;
  readonly iso?: number;
  readonly finish?: 'sepia' | 'grey';
};

const MIRRORLESS: Camera = {
  make: 'FUJIFILM',
  model: 'X-T3',
  lens: 'XF16-55mmF2.8 R LM WR',
  fNumber: '56/10',
  focalLength: '23/1',
};
const REFLEX: Camera = {
  make: 'NIKON CORPORATION',
  model: 'NIKON D750',
  lens: '24.0-120.0 mm f/4.0',
  fNumber: '8/1',
  focalLength: '35/1',
};
const PHONE: Camera = {
  make: 'Apple',
  model: 'iPhone 12',
  lens: 'iPhone 12 back dual wide camera 4.2mm f/1.6',
  fNumber: '16/10',
  focalLength: '42/10',
};
const CHINESE_PHONE: Camera = {
  make: 'HUAWEI',
  model: 'ELE-AL00',
  fNumber: '18/10',
  focalLength: '56/10',
};
const DRONE: Camera = { make: 'DJI', model: 'FC3170', fNumber: '28/10', focalLength: '45/10' };
const SCANNER: Camera = {
  make: 'EPSON',
  model: 'Perfection V600',
  fNumber: '0/1',
  focalLength: '0/1',
};

const QINGDAO: Place = { latitude: 36.0671, longitude: 120.3826, offset: '+08:00' };
const ALPS: Place = { latitude: 46.5584, longitude: 8.5615, offset: '+02:00' };
const ICELAND: Place = { latitude: 64.1466, longitude: -21.9426, offset: '+00:00' };
const KYOTO: Place = { latitude: 35.0116, longitude: 135.7681, offset: '+09:00' };
const NAMIB: Place = { latitude: -24.7275, longitude: 15.3446, offset: '+02:00' };
const HOME: Place = { latitude: 52.52, longitude: 13.405, offset: '+01:00' };

type Series = Omit<SamplePicture, 'name' | 'draw' | 'shape' | 'takenAt'>;
type Shot = readonly [
  name: string,
  takenAt: string,
  draw: SamplePicture['draw'],
  shape?: SamplePicture['shape'],
  more?: Partial<SamplePicture>,
];

function series(common: Series, shots: readonly Shot[]): readonly SamplePicture[] {
  return shots.map(([name, takenAt, draw, shape, more]) => ({
    ...common,
    name,
    takenAt,
    draw,
    shape: shape ?? 'wide',
    ...more,
  }));
}

const peaks = (palette: keyof typeof PALETTES) => (frame: Frame) =>
  mountains(frame, PALETTES[palette]);
const coast = (palette: keyof typeof PALETTES) => (frame: Frame) => sea(frame, PALETTES[palette]);
const woods = (palette: keyof typeof PALETTES) => (frame: Frame) =>
  forest(frame, PALETTES[palette]);
const streets = (palette: keyof typeof PALETTES, lit: boolean) => (frame: Frame) =>
  city(frame, PALETTES[palette], lit);
const bloom = (petal: string, heart: string, ground: string) => (frame: Frame) =>
  flower(frame, [petal, heart], ground);

/** The whole album, in no special order. */
export const SAMPLE_PICTURES: readonly SamplePicture[] = [
  ...series({ folder: '2016 Alps', camera: REFLEX, place: ALPS, exposure: '1/500', iso: 100 }, [
    ['DSC_0101.jpg', '2016:07:12 05:48:11', peaks('dawn')],
    ['DSC_0107.jpg', '2016:07:12 11:20:45', peaks('day')],
    ['DSC_0112.jpg', '2016:07:12 11:31:02', peaks('day'), 'upright'],
    ['DSC_0119.jpg', '2016:07:12 20:52:33', peaks('golden')],
    ['DSC_0124.jpg', '2016:07:12 06:10:27', peaks('mist')],
    ['DSC_0131.jpg', '2016:07:13 12:02:19', woods('day')],
    ['DSC_0140 panorama.jpg', '2016:07:13 14:44:51', peaks('day'), 'panorama'],
    ['DSC_0155.jpg', '2016:07:13 23:30:00', stars, 'wide', { exposure: '20/1', iso: 3200 }],
  ]),
  ...series(
    { folder: '2017 Iceland', camera: MIRRORLESS, place: ICELAND, exposure: '1/250', iso: 200 },
    [
      ['XT3_2001.jpg', '2017:02:03 10:12:00', peaks('snow')],
      ['XT3_2004.jpg', '2017:02:03 10:40:13', woods('snow')],
      ['XT3_2010.jpg', '2017:02:03 16:58:41', coast('dusk')],
      ['XT3_2017.jpg', '2017:02:03 22:05:09', stars, 'upright', { exposure: '15/1', iso: 6400 }],
      ['XT3_2022.jpg', '2017:02:03 12:31:55', peaks('mist'), 'panorama'],
    ],
  ),
  ...series(
    {
      folder: '2019 Qingdao 青岛',
      camera: CHINESE_PHONE,
      place: QINGDAO,
      exposure: '1/640',
      iso: 50,
    },
    [
      ['IMG_20190714_054210.jpg', '2019:07:14 05:12:10', coast('dawn')],
      ['IMG_20190714_101503.jpg', '2019:07:14 10:15:03', coast('day')],
      ['IMG_20190714_102211.jpg', '2019:07:14 10:22:11', coast('day'), 'upright'],
      ['IMG_20190714_190455.jpg', '2019:07:14 18:58:55', coast('golden')],
      [
        'IMG_20190714_213001.jpg',
        '2019:07:14 21:30:01',
        streets('night', true),
        'wide',
        { exposure: '1/8', iso: 1600 },
      ],
      ['IMG_20190715_090012.jpg', '2019:07:14 09:00:12', streets('town', false)],
      ['IMG_20190715_193310.jpg', '2019:07:15 19:33:10', streets('dusk', true), 'upright'],
      ['海边 日落.jpg', '2019:07:15 18:59:02', coast('golden'), 'panorama'],
    ],
  ),
  ...series({ folder: '2021 Garden', camera: PHONE, place: HOME, exposure: '1/1200', iso: 32 }, [
    ['IMG_3101.jpg', '2021:05:08 14:11:37', bloom('#e8447a', '#f9c74f', '#2f5d3a'), 'square'],
    ['IMG_3102.jpg', '2021:05:08 14:12:02', bloom('#ffffff', '#f4b400', '#3f7d4b')],
    ['IMG_3108.jpg', '2021:05:08 16:40:48', bloom('#7b4bb0', '#f6e27a', '#28482f'), 'square'],
    ['IMG_3115.jpg', '2021:05:08 09:25:30', bloom('#f77f2f', '#5a2a0c', '#4b7f3b'), 'upright'],
    ['IMG_3122.jpg', '2021:05:08 12:00:21', bloom('#d7263d', '#2b0b10', '#33633d')],
    ['IMG_3150.jpg', '2021:10:16 15:02:44', woods('autumn')],
    ['IMG_3151.jpg', '2021:10:16 15:06:10', woods('autumn'), 'upright'],
    [
      'IMG_3160.jpg',
      '2021:12:24 17:30:15',
      streets('night', true),
      'wide',
      { exposure: '1/15', iso: 800 },
    ],
  ]),
  ...series({ folder: '2022 Namib', camera: DRONE, place: NAMIB, exposure: '1/1000', iso: 100 }, [
    ['DJI_0012.jpg', '2022:08:20 07:05:00', dunes],
    ['DJI_0015.jpg', '2022:08:20 07:09:31', dunes, 'panorama'],
    ['DJI_0021.jpg', '2022:08:20 12:40:00', dunes],
    ['DJI_0030.jpg', '2022:08:20 18:01:12', peaks('golden')],
    ['DJI_0044.jpg', '2022:08:20 07:30:45', balloons],
    ['DJI_0045.jpg', '2022:08:20 07:31:20', balloons, 'square'],
  ]),
  ...series(
    { folder: '2023 Kyoto 京都', camera: MIRRORLESS, place: KYOTO, exposure: '1/320', iso: 160 },
    [
      ['XT3_7001.jpg', '2023:04:04 06:02:00', peaks('dawn'), 'upright'],
      ['XT3_7010.jpg', '2023:04:04 11:45:10', bloom('#f7c8d8', '#c2567e', '#8fb7cf')],
      ['XT3_7011.jpg', '2023:04:04 11:46:52', bloom('#fbe3ea', '#d98aa6', '#7aa7c4'), 'upright'],
      ['XT3_7020.jpg', '2023:04:04 18:11:39', streets('golden', false)],
      [
        'XT3_7033.jpg',
        '2023:04:04 20:15:00',
        streets('night', true),
        'upright',
        { exposure: '1/30', iso: 3200 },
      ],
      ['XT3_6990.jpg', '2023:04:04 05:40:08', peaks('dawn'), 'panorama'],
    ],
  ),
  ...series({ folder: 'Scans', camera: SCANNER, place: null }, [
    ['1978 lake.jpg', '1978:08:06 12:00:00', coast('mist'), 'wide', { finish: 'sepia' }],
    ['1981 valley.jpg', '1981:05:17 12:00:00', peaks('mist'), 'square', { finish: 'sepia' }],
    [
      '1984 street.jpg',
      '1984:10:02 12:00:00',
      streets('mist', false),
      'upright',
      { finish: 'grey' },
    ],
    ['1984 hills.jpg', '1984:10:03 12:00:00', peaks('dusk'), 'wide', { finish: 'grey' }],
    ['letter.jpg', '2018:01:14 10:00:00', page, 'page'],
  ]),
  ...series({ folder: 'Screenshots', camera: null, place: null }, [
    ['Screenshot 2020-02-11 at 09.30.12.png', '', screenshot, 'screen', { takenAt: null }],
    ['Screenshot 2020-02-11 at 17.05.44.png', '', screenshot, 'screen', { takenAt: null }],
  ]),
];
