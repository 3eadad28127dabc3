/** The photos of the browser tests: small, of every shape, with colours, dates and cameras that give tags. */
import { type PictureOptions, writePicture } from '../helpers/pictures.ts';

export type AlbumPhoto = PictureOptions & { readonly path: string; readonly seed: number };

const PHONE = { make: 'Apple', model: 'iPhone 12' };
const CAMERA = { make: 'FUJIFILM', model: 'X-T3' };
const UPRIGHT = { width: 240, height: 320 };

const QINGDAO = '2019 Qingdao 青岛';
const GARDEN = '2021 Garden';

/** Newest first, as the grid shows them; of three days, so that one screen holds them all. */
export const ALBUM: readonly AlbumPhoto[] = [
  at(`${GARDEN}/snow.jpg`, '2021:05:08 16:30:00', 1, '#f2f4f7', PHONE),
  at(`${GARDEN}/leaf.jpg`, '2021:05:08 15:00:21', 2, 'hsl(130 60% 32%)', PHONE),
  at(`${GARDEN}/rose.jpg`, '2021:05:08 14:12:02', 3, 'hsl(355 80% 45%)', { ...PHONE, ...UPRIGHT }),
  at(`${GARDEN}/tulip.jpg`, '2021:05:08 14:11:37', 4, 'hsl(357 75% 50%)', PHONE),
  at(`${QINGDAO}/harbour.jpg`, '2019:07:14 23:50:12', 5, 'hsl(215 70% 45%)', CAMERA),
  at(`${QINGDAO}/night.jpg`, '2019:07:14 23:30:01', 6, 'hsl(230 60% 9%)', CAMERA),
  at(`${QINGDAO}/alley.jpg`, '2019:07:14 22:10:44', 7, 'hsl(30 40% 7%)', { ...CAMERA, ...UPRIGHT }),
  at(`${QINGDAO}/sea.jpg`, '2019:07:14 10:15:03', 8, 'hsl(212 80% 48%)', CAMERA),
  at(`${QINGDAO}/海边.jpg`, '2019:07:14 09:58:00', 9, 'hsl(208 80% 50%)', CAMERA),
  at('Scans/valley.png', '1984:10:02 12:00:00', 10, '#8a8a8a', { width: 640, format: 'png' }),
  at('Scans/letter.webp', '1984:10:02 11:00:00', 11, '#fbfaf5', { ...UPRIGHT, format: 'webp' }),
  // Without EXIF: its date is that of the file, here the same day.
  {
    path: 'Scans/lake.tiff',
    seed: 12,
    ground: 'hsl(48 85% 55%)',
    format: 'tiff',
    modifiedAt: new Date('1984-10-02T10:00:00').getTime() / 1000,
  },
];

/** File names of the album, newest first. */
export const ALBUM_NAMES: readonly string[] = ALBUM.map(({ path }) => path.split('/').at(-1) ?? '');

/** Writes the album, or other photos, below a folder. */
export async function writeAlbum(
  folder: string,
  photos: readonly AlbumPhoto[] = ALBUM,
): Promise<void> {
  await Promise.all(photos.map(({ path, ...options }) => writePicture(folder, path, options)));
}

/** Many small photos, for what needs a grid that scrolls. */
export function manyPhotos(count: number): readonly AlbumPhoto[] {
  return Array.from({ length: count }, (_, index) => {
    const day = String((index % 28) + 1).padStart(2, '0');
    const month = String((Math.floor(index / 28) % 12) + 1).padStart(2, '0');
    return {
      path: `many/photo ${String(index + 1).padStart(3, '0')}.jpg`,
      seed: index + 1,
      width: 120,
      height: 90,
      takenAt: `2015:${month}:${day} 12:00:00`,
    };
  });
}

function at(
  path: string,
  takenAt: string,
  seed: number,
  ground: string,
  more: PictureOptions,
): AlbumPhoto {
  return { path, takenAt, ground, ...more, seed };
}
