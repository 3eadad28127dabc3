import type { Confidence } from '../confidence.ts';
import type { Maker } from '../makers.ts';

/** The model's name is one of a known series. */
const BY_MODEL: Confidence = 98;
/** The maker builds hardly anything else. */
const BY_MAKER: Confidence = 90;

type Patterns = Partial<Record<Maker['label'], RegExp>>;

/** Phones of makers that build cameras or tablets too. */
const PHONES: Patterns = {
  'maker:apple': /^iphone/i,
  'maker:samsung': /^(sm-[acefgjmnsw]|gt-[ins]|sgh|sch|sph|shv|shw|galaxy (?!tab|camera))/i,
  'maker:sony': /^(xperia|xq-|so-\d|sog|sov|[a-hj]\d{4}$|[lms]t\d\d)/i,
};

/** Cameras of makers that build phones or scanners too. */
const CAMERAS: Patterns = {
  'maker:apple': /quicktake/i,
  'maker:samsung':
    /^(<?digimax|<?kenox|ek-|ev-nx|nx|wb\d|es\d|pl\d|st\d|ex\d|nv\d|samsung techwin)/i,
  'maker:sony': /^(dsc|ilc|ilme|slt|dslr|nex|zv-|mvc|mavica|cyber-?shot|hdr-|dcr-|fdr-)/i,
  'maker:epson': /photopc|r-d1/i,
  'maker:hp': /photosmart (\d{3}\b|[emr]\d{3})/i,
  'maker:kyocera': /finecam|contax|samurai|^fc-/i,
  'maker:toshiba': /^(pdr|sora|allegretto)/i,
};

const TABLETS = /\b(ipad|ipod|tab|tablet|pad|mediapad|matepad)\b/i;
const NOT_CAMERAS = /\bphone\b|scan/i;

/** Taken with a phone, by the maker (90) or the model's series (98). Tablets are neither phone nor camera. */
export function phone(maker: Maker | null, model: string | null): Confidence {
  if (maker === null || TABLETS.test(model ?? '')) return 0;
  if (maker.builds === 'phone') return BY_MAKER;
  return PHONES[maker.label]?.test(model?.trim() ?? '') ? BY_MODEL : 0;
}

/** Taken with a camera in the narrow sense, by the maker (90) or the model's series (98). */
export function camera(maker: Maker | null, model: string | null): Confidence {
  if (maker === null || NOT_CAMERAS.test(model ?? '') || drone(maker, model) > 0) return 0;
  if (maker.builds === 'camera') return BY_MAKER;
  return CAMERAS[maker.label]?.test(model?.trim() ?? '') ? BY_MODEL : 0;
}

const DRONES: Patterns = {
  'maker:dji':
    /^(fc\d{3,4}|m\d{2,3}\w?$|zh20|zenmuse|l[12]d-20c|(dji )?(mavic|phantom|inspire|spark|matrice|air|mini|avata|neo)\b)/i,
  'maker:hasselblad': /^l[123]d-(20|100)c/i,
  'maker:parrot': /anafi|bebop|disco|ar\.? ?drone|sequoia/i,
  'maker:autel': /^x[tl]\d|evo/i,
  'maker:skydio': /./,
  'maker:yuneec': /./,
};
const HANDHELD = /osmo|pocket|action|ronin|^ot\d|^ac\d/i;
/** Makers known for drones whose model tells nothing more. */
const DRONE_MAKERS: ReadonlySet<string> = new Set(['maker:dji', 'maker:parrot', 'maker:autel']);

/** Taken from a drone: a known series (98), or another device of a drone maker that is not handheld (60). */
export function drone(maker: Maker | null, model: string | null): Confidence {
  if (maker === null || HANDHELD.test(model ?? '')) return 0;
  if (DRONES[maker.label]?.test(model?.trim() ?? '')) return BY_MODEL;
  return DRONE_MAKERS.has(maker.label) ? 60 : 0;
}
