import type { Metadata } from '../../../imaging/types.ts';
import type { Confidence } from '../confidence.ts';

/** What systems and programs call the files of screenshots, in the languages we met. */
const NAMES =
  /screen[ _-]?shot|screen[ _-]?cap(ture)?|截图|截屏|截圖|屏幕快照|スクリーンショット|スクショ|스크린샷|bildschirmfoto|capture d.?écran|captura de (pantalla|tela|ecr)|schermafbeelding|schermata|skärmavbild|skjermbilde|skærmbillede|снимок экрана|скриншот|zrzut ekranu|ekran (görüntüsü|resmi)/iu;

const PROGRAMS =
  /screenshot|screen capture|snipping|snagit|greenshot|sharex|flameshot|spectacle|ksnip|lightshot|monosnap/i;

/** Screens by their short side, with the long sides that go with it. */
const SCREENS: Readonly<Record<number, readonly number[]>> = {
  480: [800, 854],
  540: [960],
  640: [960, 1136],
  720: [1280, 1520, 1560, 1600, 1612],
  750: [1334],
  768: [1024, 1280, 1366],
  800: [1280],
  828: [1792],
  864: [1536],
  900: [1440, 1600],
  1024: [1280],
  1050: [1680],
  1080: [1920, 2160, 2220, 2280, 2310, 2340, 2376, 2400, 2408, 2412, 2460, 2520],
  1125: [2436],
  1170: [2532],
  1179: [2556],
  1200: [1600, 1920],
  1206: [2622],
  1220: [2712],
  1242: [2208, 2688],
  1260: [2800],
  1284: [2778],
  1290: [2796],
  1320: [2868],
  1344: [2992],
  1440: [2304, 2560, 2880, 2960, 3040, 3088, 3120, 3200, 3440],
  1488: [2266],
  1504: [2256],
  1536: [2048],
  1600: [2560],
  1620: [2160],
  1640: [2360],
  1668: [2224, 2388],
  1800: [2880],
  1824: [2736],
  1864: [2880],
  1964: [3024],
  2000: [3000],
  2048: [2732],
  2160: [3240, 3840],
  2234: [3456],
  2880: [5120],
};

function isScreenSize(width: number, height: number): boolean {
  return SCREENS[Math.min(width, height)]?.includes(Math.max(width, height)) ?? false;
}

/** What the rule looks at. */
export type ScreenshotFacts = {
  readonly name: string;
  readonly format: string;
  readonly width: number;
  readonly height: number;
  readonly metadata: Pick<
    Metadata,
    'software' | 'cameraMake' | 'cameraModel' | 'exposureSeconds' | 'fNumber'
  >;
};

/**
 * A picture of a screen made by the device itself: the file's name says so (95), or the program that
 * wrote it (90), or it is a PNG of exactly a screen's size without any camera (65). A picture with an
 * exposure never is one.
 */
export function screenshot({ name, format, width, height, metadata }: ScreenshotFacts): Confidence {
  if (metadata.exposureSeconds !== null || metadata.fNumber !== null) return 0;
  if (NAMES.test(name.normalize('NFKC'))) return 95;
  if (PROGRAMS.test(metadata.software ?? '')) return 90;
  if (metadata.cameraMake !== null || metadata.cameraModel !== null) return 0;
  return format === 'png' && isScreenSize(width, height) ? 65 : 0;
}
