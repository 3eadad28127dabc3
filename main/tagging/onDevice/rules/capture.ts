import type { Metadata } from '../../../imaging/types.ts';
import { type Confidence, fact, ramp } from '../confidence.ts';

/** EXIF says that the flash fired: a fact. */
export function flash(flashFired: boolean | null): Confidence {
  return fact(flashFired === true);
}

/** The shutter was open for half a second: 50 there, 100 from two seconds, 25 at a quarter. */
export function longExposure(exposureSeconds: number | null): Confidence {
  if (exposureSeconds === null || !(exposureSeconds > 0)) return 0;
  return ramp(Math.log2(exposureSeconds), Math.log2(1 / 8), Math.log2(2));
}

/** The lens calls itself the front one, as phones write it. */
export function selfieCamera(lens: string | null): Confidence {
  return lens !== null && /\bfront\b|\bselfie\b|前置/i.test(lens) ? 98 : 0;
}

const SCANNER_MODELS =
  /scan|\bperfection\b|\blide\b|opticfilm|\bls-\d{2,4}\b|noritsu|frontier|\bsp-[23]000\b|pakon|imacon|flextight|officejet|laserjet|\bpsc\b|\bmfc-|\bdcp-/i;
const SCANNER_SOFTWARE =
  /\bscan(ner|ning)?\b|scan$|vuescan|silverfast|scansnap|canoscan|naps2|scangear|camscanner/i;

/**
 * Made by a scanner: EXIF FileSource 1 or 2 says so (100), or the device's name (95), or the program's
 * (90). What has an exposure time or calls itself a digital camera is no scan.
 */
export function scanner(
  facts: Pick<
    Metadata,
    'fileSource' | 'cameraMake' | 'cameraModel' | 'software' | 'exposureSeconds'
  >,
): Confidence {
  if (facts.fileSource === 1 || facts.fileSource === 2) return 100;
  if (facts.fileSource === 3 || facts.exposureSeconds !== null) return 0;
  if (SCANNER_MODELS.test(`${facts.cameraMake ?? ''} ${facts.cameraModel ?? ''}`)) return 95;
  return SCANNER_SOFTWARE.test(facts.software ?? '') ? 90 : 0;
}
