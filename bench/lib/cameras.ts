/** Cameras and places of the benchmark's photos. */

export type Camera = {
  readonly make: string;
  readonly model: string;
  readonly lens: string;
};

export const CAMERAS: readonly [Camera, ...Camera[]] = [
  { make: 'Apple', model: 'iPhone 12 Pro', lens: 'iPhone 12 Pro back camera 4.2mm f/1.6' },
  { make: 'Apple', model: 'iPhone 6', lens: 'iPhone 6 back camera 4.15mm f/2.2' },
  { make: 'Google', model: 'Pixel 8', lens: 'Pixel 8 back camera 6.9mm f/1.68' },
  { make: 'samsung', model: 'SM-G991B', lens: 'SM-G991B back camera 5.4mm f/1.8' },
  { make: 'Canon', model: 'Canon EOS 70D', lens: 'EF-S18-135mm f/3.5-5.6 IS STM' },
  { make: 'NIKON CORPORATION', model: 'NIKON D750', lens: '24.0-120.0 mm f/4.0' },
  { make: 'SONY', model: 'ILCE-7M3', lens: 'FE 24-105mm F4 G OSS' },
  { make: 'FUJIFILM', model: 'X-T4', lens: 'XF16-55mmF2.8 R LM WR' },
];

/** Latitude, longitude and hours from Greenwich. */
export const TOWNS: readonly [
  readonly [number, number, number],
  ...(readonly [number, number, number])[],
] = [
  [52.52, 13.4, 1],
  [48.85, 2.35, 1],
  [35.68, 139.69, 9],
  [31.23, 121.47, 8],
  [40.71, -74.0, -5],
  [-33.87, 151.21, 10],
  [59.33, 18.06, 1],
  [-22.9, -43.2, -3],
];
