/** HEIC and everything else in a HEIF container that libvips has no codec for. Turned as the file says. */
import type { ByteSource } from '../byteSource.ts';
import { profileOfPrimaries } from './colourProfiles.ts';
import {
  HEIF,
  type HeifModule,
  libheif,
  OPTION_EIGHT_BITS,
  type Scope,
  withScope,
} from './libheif.ts';
import { createPicture, shrinkFactor } from './picture.ts';
import { checkSize, MAX_PIXELS, UnpackError, type Unpacked } from './types.ts';
import { addYcbcr, type Plane, shrinkPlane, type YcbcrKind } from './ycbcr.ts';

/** Read at a time. */
const STEP_BYTES = 4 * 1024 * 1024;
const MAX_PROFILE_BYTES = 4 * 1024 * 1024;
const MAX_THUMBNAILS = 16;
const MAX_TURNS = 16;
/** An embedded thumbnail shows the same part of the picture up to this difference of its proportions. */
const SAME_SHAPE = 0.01;

/** The primary picture; a thumbnail in the file where that is large enough. */
export function decodeHeic(source: ByteSource, side: number): Promise<Unpacked> {
  return libheif.run((heif) => withScope(heif, (scope) => unpack(heif, scope, source, side)));
}

function unpack(heif: HeifModule, scope: Scope, source: ByteSource, side: number): Unpacked {
  const context = open(heif, scope, source);
  heif._heif_context_get_primary_image_handle(scope.error, context, scope.out);
  scope.check();
  const primary = keepHandle(heif, scope);
  checkSize(
    heif._heif_image_handle_get_width(primary),
    heif._heif_image_handle_get_height(primary),
  );
  const chosen = findThumbnail(heif, scope, context, primary, side) ?? primary;
  const icc = readProfile(heif, scope, chosen) ?? readProfile(heif, scope, primary);
  return { file: decodeItem(heif, scope, chosen, icc, side), damage: null };
}

/** A context that read the file; the bytes stay where they are. */
function open(heif: HeifModule, scope: Scope, source: ByteSource): number {
  const bytes = scope.allocate(source.sizeBytes);
  let at = 0;
  while (at < source.sizeBytes) {
    const part = source.slice(at, Math.min(STEP_BYTES, source.sizeBytes - at));
    if (part.length === 0) break;
    heif.HEAPU8.set(part, bytes + at);
    at += part.length;
  }
  const context = heif._heif_context_alloc();
  scope.defer(() => heif._heif_context_free(context));
  // Also holds for parts whose size only their own headers tell.
  heif._heif_context_set_maximum_image_size_limit(context, Math.floor(Math.sqrt(MAX_PIXELS)));
  heif._heif_context_read_from_memory_without_copy(scope.error, context, bytes, at, 0);
  scope.check();
  return context;
}

function keepHandle(heif: HeifModule, scope: Scope): number {
  const handle = scope.taken();
  scope.defer(() => heif._heif_image_handle_release(handle));
  return handle;
}

/** A thumbnail that has the pixels that are wanted, and shows what the picture shows in the same way. */
function findThumbnail(
  heif: HeifModule,
  scope: Scope,
  context: number,
  primary: number,
  side: number,
): number | null {
  const count = Math.min(heif._heif_image_handle_get_number_of_thumbnails(primary), MAX_THUMBNAILS);
  if (count <= 0) return null;
  const ids = scope.allocate(count * 4);
  const listed = heif._heif_image_handle_get_list_of_thumbnail_IDs(primary, ids, count);
  const shape = shapeOf(heif, primary);
  const turns = turnsOf(heif, scope, context, primary);
  for (let index = 0; index < listed; index += 1) {
    const id = heif.HEAPU32[(ids >> 2) + index] ?? 0;
    heif._heif_image_handle_get_thumbnail(scope.error, primary, id, scope.out);
    // One that cannot be opened is no loss: there is the picture itself.
    if ((heif.HEAPU32[scope.error >> 2] ?? 0) !== 0) continue;
    const thumbnail = keepHandle(heif, scope);
    const long = Math.max(
      heif._heif_image_handle_get_width(thumbnail),
      heif._heif_image_handle_get_height(thumbnail),
    );
    const isSameShape = Math.abs(shapeOf(heif, thumbnail) / shape - 1) < SAME_SHAPE;
    if (long >= side && isSameShape && turnsOf(heif, scope, context, thumbnail) === turns) {
      return thumbnail;
    }
  }
  return null;
}

function shapeOf(heif: HeifModule, handle: number): number {
  return heif._heif_image_handle_get_width(handle) / heif._heif_image_handle_get_height(handle);
}

/** How an item is turned and mirrored, as a text to compare. */
function turnsOf(heif: HeifModule, scope: Scope, context: number, handle: number): string {
  const item = heif._heif_image_handle_get_item_id(handle);
  const properties = scope.allocate(MAX_TURNS * 4);
  const count = heif._heif_item_get_transformation_properties(context, item, properties, MAX_TURNS);
  let turns = '';
  for (let index = 0; index < count; index += 1) {
    const property = heif.HEAPU32[(properties >> 2) + index] ?? 0;
    const type = heif._heif_item_get_property_type(context, item, property);
    if (type === HEIF.propertyRotation) {
      turns += `r${heif._heif_item_get_property_transform_rotation_ccw(context, item, property)}`;
    } else if (type === HEIF.propertyMirror) {
      turns += `m${heif._heif_item_get_property_transform_mirror(context, item, property)}`;
    }
  }
  return turns;
}

/** The file's own profile, else the one that its number stands for; null: sRGB. */
function readProfile(heif: HeifModule, scope: Scope, handle: number): Buffer | null {
  const bytes = heif._heif_image_handle_get_raw_color_profile_size(handle);
  if (bytes <= 0 || bytes > MAX_PROFILE_BYTES) {
    heif._heif_image_handle_get_nclx_color_profile(scope.error, handle, scope.out);
    return profileOfPrimaries(takeNclx(heif, scope)?.primaries ?? 0);
  }
  const place = scope.allocate(bytes);
  heif._heif_image_handle_get_raw_color_profile(scope.error, handle, place);
  scope.check();
  return Buffer.from(heif.HEAPU8.subarray(place, place + bytes));
}

function decodeItem(
  heif: HeifModule,
  scope: Scope,
  handle: number,
  icc: Buffer | null,
  side: number,
): Buffer {
  const width = heif._heif_image_handle_get_width(handle);
  const height = heif._heif_image_handle_get_height(handle);
  checkSize(width, height);
  const factor = shrinkFactor(width, height, side);
  const hasAlpha = heif._heif_image_handle_has_alpha_channel(handle) !== 0;
  const isPlain = !hasAlpha && heif._heif_image_handle_get_luma_bits_per_pixel(handle) === 8;
  if (factor > 1 && isPlain) {
    const image = decodeAs(heif, scope, handle, HEIF.asStored, HEIF.asStored);
    const planes = ycbcrPlanes(heif, scope, image, factor);
    if (planes) {
      const [luma] = planes;
      const options = { width: luma.width, height: luma.height, kind: 'rgb', icc, side } as const;
      const picture = createPicture(options);
      addYcbcr(picture, planes, ycbcrKind(heif, scope, image));
      return picture.finish();
    }
  }
  const chroma = hasAlpha ? HEIF.chromaRgba : HEIF.chromaRgb;
  const image = decodeAs(heif, scope, handle, HEIF.colorspaceRgb, chroma);
  const plane = planeOf(heif, scope, image, HEIF.channelInterleaved);
  const { bytes, start, stride } = plane;
  const size = { width: plane.width, height: plane.height };
  const picture = createPicture({ ...size, kind: 'rgb', hasAlpha, icc, side });
  for (let y = 0; y < size.height; y += 1) picture.addRow(y, bytes, start + y * stride);
  return picture.finish();
}

function decodeAs(
  heif: HeifModule,
  scope: Scope,
  handle: number,
  colorspace: number,
  chroma: number,
): number {
  const options = heif._heif_decoding_options_alloc();
  scope.defer(() => heif._heif_decoding_options_free(options));
  heif.HEAPU8[options + OPTION_EIGHT_BITS] = 1;
  heif._heif_decode_image(scope.error, handle, scope.out, colorspace, chroma, options);
  scope.check();
  const image = scope.taken();
  scope.defer(() => heif._heif_image_release(image));
  return image;
}

/** The three planes, made the same size; null where the picture is kept in another way. */
function ycbcrPlanes(
  heif: HeifModule,
  scope: Scope,
  image: number,
  factor: number,
): readonly [Plane, Plane, Plane] | null {
  if (heif._heif_image_get_colorspace(image) !== HEIF.colorspaceYcbcr) return null;
  const shrink = (channel: number): Plane | null => {
    if (heif._heif_image_has_channel(image, channel) === 0) return null;
    if (heif._heif_image_get_bits_per_pixel_range(image, channel) !== 8) return null;
    const plane = planeOf(heif, scope, image, channel);
    const stepX = factor / sampling(luma.width, plane.width);
    const stepY = factor / sampling(luma.height, plane.height);
    return Number.isInteger(stepX) && Number.isInteger(stepY)
      ? shrinkPlane(plane, stepX, stepY)
      : null;
  };
  const luma = planeOf(heif, scope, image, HEIF.channelY);
  const planes = [HEIF.channelY, HEIF.channelCb, HEIF.channelCr].map(shrink);
  const [y, cb, cr] = planes;
  if (!y || !cb || !cr) return null;
  const isSame = [cb, cr].every((one) => one.width === y.width && one.height === y.height);
  return isSame ? [y, cb, cr] : null;
}

/** Pixels that share one value of colour. */
function sampling(whole: number, part: number): number {
  return Math.round(whole / part);
}

function planeOf(heif: HeifModule, scope: Scope, image: number, channel: number): Plane {
  const start = heif._heif_image_get_plane_readonly2(image, channel, scope.out);
  if (start === 0) throw new UnpackError('damaged', 'a part of the picture is missing');
  return {
    // Growing memory moves: this view is only good until the next call.
    bytes: heif.HEAPU8,
    start,
    stride: scope.taken(),
    width: heif._heif_image_get_width(image, channel),
    height: heif._heif_image_get_height(image, channel),
  };
}

/** As the file or the codec says; else what nearly all cameras do. */
function ycbcrKind(heif: HeifModule, scope: Scope, image: number): YcbcrKind {
  heif._heif_image_get_nclx_color_profile(scope.error, image, scope.out);
  return takeNclx(heif, scope) ?? { matrix: 6, isFullRange: true };
}

/** What the call before it wrote; null where there is none. */
function takeNclx(heif: HeifModule, scope: Scope): (YcbcrKind & { primaries: number }) | null {
  if ((heif.HEAPU32[scope.error >> 2] ?? 0) !== 0) return null;
  const profile = scope.taken();
  scope.defer(() => heif._heif_nclx_color_profile_free(profile));
  return {
    primaries: heif.HEAPU32[(profile >> 2) + 1] ?? 0,
    matrix: heif.HEAPU32[(profile >> 2) + 3] ?? 6,
    isFullRange: heif.HEAPU8[profile + 16] !== 0,
  };
}
