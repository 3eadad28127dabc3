/** From a drawing to a photo: grain, age, and the EXIF of its camera. */
import sharp, { type Exif } from 'sharp';
import type { Place, SamplePicture } from './album.ts';

/** Width and height in pixels. */
const SHAPES: Readonly<Record<SamplePicture['shape'], readonly [number, number]>> = {
  wide: [1500, 1000],
  upright: [1000, 1500],
  square: [1200, 1200],
  panorama: [2600, 900],
  screen: [1440, 900],
  page: [1240, 1754],
};
/** Film grain: without it a drawn sky is too smooth to be a photo. */
const GRAIN_SIGMA = 9;

let grain: ReturnType<typeof makeGrain> | null = null;

/** One small piece that repeats. */
async function makeGrain() {
  const input = await sharp({
    create: {
      width: 512,
      height: 512,
      channels: 3,
      background: '#808080',
      noise: { type: 'gaussian', mean: 128, sigma: GRAIN_SIGMA },
    },
  })
    .png()
    .toBuffer();
  return { input, blend: 'soft-light', tile: true } as const;
}

/** One picture as the bytes of its file, with the EXIF of its camera. */
export async function paintPicture(picture: SamplePicture, seed: number): Promise<Buffer> {
  const [width, height] = SHAPES[picture.shape];
  const drawn = Buffer.from(picture.draw({ width, height, seed }));
  if (!picture.takenAt) return sharp(drawn).png().toBuffer();
  const drawing = sharp(drawn).flatten({ background: '#ffffff' });
  if (picture.shape !== 'page') {
    grain ??= makeGrain();
    drawing.composite([await grain]);
  }
  const painted = await drawing.removeAlpha().raw().toBuffer({ resolveWithObject: true });
  let finished = sharp(painted.data, { raw: painted.info });
  if (picture.finish === 'sepia') {
    finished = finished.linear(0.72, 0).recomb([
      [0.393, 0.769, 0.189],
      [0.349, 0.686, 0.168],
      [0.272, 0.534, 0.131],
    ]);
  }
  if (picture.finish === 'grey') finished = finished.grayscale();
  return finished.jpeg({ quality: 86 }).withExif(exifOf(picture, picture.takenAt)).toBuffer();
}

function exifOf(picture: SamplePicture, takenAt: string): Exif {
  const { camera, place } = picture;
  return {
    IFD0: {
      ...(camera ? { Make: camera.make, Model: camera.model } : {}),
      Software: 'Tagroll sample',
    },
    IFD2: {
      DateTimeOriginal: takenAt,
      ...(place ? { OffsetTimeOriginal: place.offset } : {}),
      ...(camera?.lens ? { LensModel: camera.lens } : {}),
      ...(picture.exposure && camera
        ? {
            ExposureTime: picture.exposure,
            FNumber: camera.fNumber,
            FocalLength: camera.focalLength,
            ISOSpeedRatings: String(picture.iso ?? 100),
          }
        : {}),
    },
    ...(place ? { IFD3: gpsOf(place) } : {}),
  };
}

function gpsOf({ latitude, longitude }: Place): Record<string, string> {
  const degrees = (value: number): string => `${Math.round(Math.abs(value) * 1e6)}/1000000 0/1 0/1`;
  return {
    GPSLatitudeRef: latitude < 0 ? 'S' : 'N',
    GPSLatitude: degrees(latitude),
    GPSLongitudeRef: longitude < 0 ? 'W' : 'E',
    GPSLongitude: degrees(longitude),
  };
}
