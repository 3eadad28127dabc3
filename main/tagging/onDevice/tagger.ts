import { type Confidence, LEAST_CONFIDENCE, tidyConfidence } from './confidence.ts';
import { type CropStatistics, measureCrop } from './crop.ts';
import { findMaker } from './makers.ts';
import { sunAltitude } from './moment.ts';
import { measureRaster, type RasterStatistics } from './raster.ts';
import * as capture from './rules/capture.ts';
import * as colour from './rules/colour.ts';
import { blurry, closeUp, document } from './rules/composition.ts';
import * as device from './rules/device.ts';
import * as light from './rules/light.ts';
import { screenshot } from './rules/screenshot.ts';
import { season } from './rules/season.ts';
import * as shape from './rules/shape.ts';
import { goldenHour, night } from './rules/sky.ts';
import type { OnDeviceTag, TaggerInput } from './types.ts';
import { VOCABULARY } from './vocabulary.ts';

type Verdicts = Map<string, Confidence>;

/**
 * The on-device tags of a picture: those whose rule is at least 25 sure, in the order of the
 * vocabulary, each label once. The same input always gives the same tags. A raster or crop without
 * pixels only silences the rules that need it.
 */
export function tagPicture(input: TaggerInput): OnDeviceTag[] {
  const verdicts: Verdicts = new Map();
  const raster = measureRaster(input.raster);
  const crop = measureCrop(input.crop);
  if (raster) judgePixels(verdicts, raster, crop);
  if (crop) verdicts.set('blurry', blurry(crop));
  judgeShape(verdicts, input);
  judgeMoment(verdicts, input);
  judgeCapture(verdicts, input);
  const tags: OnDeviceTag[] = [];
  for (const { label } of VOCABULARY) {
    const confidence = tidyConfidence(verdicts.get(label) ?? 0);
    if (confidence >= LEAST_CONFIDENCE) tags.push({ label, confidence });
  }
  return tags;
}

function judgePixels(
  verdicts: Verdicts,
  raster: RasterStatistics,
  crop: CropStatistics | null,
): void {
  verdicts.set('dark', light.dark(raster));
  verdicts.set('bright', light.bright(raster));
  verdicts.set('high-contrast', light.highContrast(raster));
  verdicts.set('low-contrast', light.lowContrast(raster, crop));
  verdicts.set('backlit', light.backlit(raster));
  for (const { name, confidence } of colour.dominantColours(raster)) verdicts.set(name, confidence);
  verdicts.set('vivid', colour.vivid(raster));
  verdicts.set('muted', colour.muted(raster));
  verdicts.set('black-and-white', colour.blackAndWhite(raster));
  verdicts.set('sepia', colour.sepia(raster));
  if (crop) verdicts.set('document', document(raster, crop));
}

function judgeShape(verdicts: Verdicts, input: TaggerInput): void {
  verdicts.set('upright', shape.upright(input));
  verdicts.set('wide', shape.wide(input));
  verdicts.set('square', shape.square(input));
  verdicts.set('panorama', shape.panorama(input));
  verdicts.set('screenshot', screenshot(input));
  verdicts.set('close-up', closeUp(input.metadata.subjectDistanceMetres));
}

function judgeMoment(verdicts: Verdicts, { metadata }: TaggerInput): void {
  const sun = sunAltitude(metadata);
  verdicts.set('golden-hour', goldenHour(sun));
  verdicts.set('night', night(metadata, sun));
  const found = season(metadata);
  if (found) verdicts.set(found.season, found.confidence);
}

function judgeCapture(verdicts: Verdicts, { metadata }: TaggerInput): void {
  const { cameraMake, cameraModel } = metadata;
  verdicts.set('flash', capture.flash(metadata.flashFired));
  verdicts.set('long-exposure', capture.longExposure(metadata.exposureSeconds));
  verdicts.set('selfie-camera', capture.selfieCamera(metadata.lens));
  const scan = capture.scanner(metadata);
  verdicts.set('scanner', scan);
  const maker = findMaker(cameraMake, cameraModel);
  if (maker === null) return;
  verdicts.set(maker.label, 100);
  verdicts.set('drone', device.drone(maker, cameraModel));
  if (scan > 0) return;
  verdicts.set('phone', device.phone(maker, cameraModel));
  verdicts.set('camera', device.camera(maker, cameraModel));
}
