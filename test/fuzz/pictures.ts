/** Sound pictures to break, one line a format or kind of it. A new decoder is fuzzed with a line here. */
import { TEN_BIT_HEIC, TRANSPARENT_HEIC } from '../helpers/heif.ts';
import {
  animated,
  bitmap,
  heic,
  icon,
  jpeg2000,
  jpegXl,
  multiPageTiff,
  photoshop,
  raw,
  scene,
} from './writers.ts';

export type FuzzPicture = {
  /** For the table of outcomes. */
  readonly kind: string;
  readonly extension: string;
  make(): Promise<Buffer>;
};

const EXIF = {
  IFD0: { Make: 'Testcam', Model: 'T-1', Software: 'Fuzz' },
  IFD2: { DateTimeOriginal: '2019:08:03 14:00:00', FNumber: '28/10', ISOSpeedRatings: '200' },
  IFD3: { GPSLatitudeRef: 'N', GPSLatitude: '48/1 51/1 30/1' },
} as const;

const XMP = `<?xpacket begin="" id="W5M0MpCehiHzreSzNTczkc9d"?><x:xmpmeta xmlns:x="adobe:ns:meta/">
<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"><rdf:Description
 xmlns:xmp="http://ns.adobe.com/xap/1.0/" xmlns:tiff="http://ns.adobe.com/tiff/1.0/"
 xmp:CreateDate="2019-08-03T14:00:00" tiff:Orientation="6"/></rdf:RDF></x:xmpmeta><?xpacket end="w"?>`;

const camera = () => scene().withExif(EXIF).withXmp(XMP);

export const PICTURES: readonly FuzzPicture[] = [
  {
    kind: 'jpeg',
    extension: 'jpg',
    make: () => camera().jpeg({ quality: 80 }).toBuffer(),
  },
  {
    kind: 'jpeg progressive',
    extension: 'jpeg',
    make: () => camera().withIccProfile('p3').jpeg({ progressive: true }).toBuffer(),
  },
  {
    kind: 'jpeg cmyk',
    extension: 'jpg',
    make: () => scene().toColourspace('cmyk').jpeg().toBuffer(),
  },
  { kind: 'png', extension: 'png', make: () => camera().png().toBuffer() },
  {
    kind: 'png 16 bit',
    extension: 'png',
    make: () => scene().toColourspace('rgb16').png({ progressive: true }).toBuffer(),
  },
  {
    kind: 'png palette',
    extension: 'png',
    make: () => scene().png({ palette: true, colours: 16 }).toBuffer(),
  },
  { kind: 'webp', extension: 'webp', make: () => camera().webp().toBuffer() },
  {
    kind: 'webp lossless',
    extension: 'webp',
    make: () => scene().ensureAlpha(0.5).webp({ lossless: true }).toBuffer(),
  },
  {
    kind: 'webp animated',
    extension: 'webp',
    make: async () => (await animated(3)).webp().toBuffer(),
  },
  { kind: 'gif', extension: 'gif', make: () => scene().gif().toBuffer() },
  {
    kind: 'gif animated',
    extension: 'gif',
    make: async () => (await animated(3)).gif().toBuffer(),
  },
  {
    kind: 'tiff',
    extension: 'tif',
    make: () => camera().tiff({ compression: 'lzw', predictor: 'horizontal' }).toBuffer(),
  },
  {
    kind: 'tiff tiled',
    extension: 'tiff',
    make: () =>
      scene()
        .tiff({ tile: true, tileWidth: 64, tileHeight: 64, compression: 'deflate' })
        .toBuffer(),
  },
  {
    kind: 'tiff jpeg',
    extension: 'tif',
    make: () => scene().tiff({ compression: 'jpeg' }).toBuffer(),
  },
  {
    kind: 'tiff pages',
    extension: 'tif',
    make: async () => multiPageTiff(3),
  },
  {
    kind: 'avif',
    extension: 'avif',
    make: () => camera().avif({ effort: 0 }).toBuffer(),
  },
  { kind: 'heic', extension: 'heic', make: () => heic(false) },
  { kind: 'heic with thumbnail', extension: 'heic', make: () => heic(true) },
  { kind: 'heic transparent', extension: 'heif', make: async () => TRANSPARENT_HEIC },
  { kind: 'heic 10 bit', extension: 'hif', make: async () => TEN_BIT_HEIC },
  { kind: 'bmp', extension: 'bmp', make: async () => bitmap() },
  { kind: 'ico', extension: 'ico', make: icon },
  { kind: 'jxl', extension: 'jxl', make: jpegXl },
  { kind: 'jp2', extension: 'j2k', make: jpeg2000 },
  { kind: 'psd', extension: 'psd', make: async () => photoshop() },
  { kind: 'raw', extension: 'dng', make: raw },
  {
    kind: 'svg',
    extension: 'svg',
    make: async () =>
      Buffer.from('<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"><g/></svg>'),
  },
];
