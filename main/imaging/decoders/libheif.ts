/** libheif as far as it is needed: its C functions, which tell what they think of a file. */
import { createProgram, type Program } from './programs.ts';
import { UnpackError } from './types.ts';

/** The functions that are called; pointers are numbers, sizes in bytes. */
export type HeifModule = {
  readonly HEAPU8: Uint8Array;
  readonly HEAPU32: Uint32Array;
  _malloc(bytes: number): number;
  _free(pointer: number): void;
  _heif_context_alloc(): number;
  _heif_context_free(context: number): void;
  _heif_context_set_maximum_image_size_limit(context: number, side: number): void;
  _heif_context_read_from_memory_without_copy(
    error: number,
    context: number,
    bytes: number,
    length: number,
    options: number,
  ): void;
  _heif_context_get_primary_image_handle(error: number, context: number, out: number): void;
  _heif_image_handle_release(handle: number): void;
  _heif_image_handle_get_width(handle: number): number;
  _heif_image_handle_get_height(handle: number): number;
  _heif_image_handle_has_alpha_channel(handle: number): number;
  _heif_image_handle_get_luma_bits_per_pixel(handle: number): number;
  _heif_image_handle_get_item_id(handle: number): number;
  _heif_image_handle_get_raw_color_profile_size(handle: number): number;
  _heif_image_handle_get_raw_color_profile(error: number, handle: number, out: number): void;
  _heif_image_handle_get_number_of_thumbnails(handle: number): number;
  _heif_image_handle_get_list_of_thumbnail_IDs(handle: number, out: number, count: number): number;
  _heif_image_handle_get_thumbnail(error: number, handle: number, id: number, out: number): void;
  _heif_item_get_transformation_properties(
    context: number,
    item: number,
    out: number,
    count: number,
  ): number;
  _heif_item_get_property_type(context: number, item: number, property: number): number;
  _heif_item_get_property_transform_rotation_ccw(
    context: number,
    item: number,
    property: number,
  ): number;
  _heif_item_get_property_transform_mirror(context: number, item: number, property: number): number;
  _heif_decoding_options_alloc(): number;
  _heif_decoding_options_free(options: number): void;
  _heif_decode_image(
    error: number,
    handle: number,
    out: number,
    colorspace: number,
    chroma: number,
    options: number,
  ): void;
  _heif_image_release(image: number): void;
  _heif_image_get_colorspace(image: number): number;
  _heif_image_has_channel(image: number, channel: number): number;
  _heif_image_get_width(image: number, channel: number): number;
  _heif_image_get_height(image: number, channel: number): number;
  _heif_image_get_bits_per_pixel_range(image: number, channel: number): number;
  _heif_image_get_plane_readonly2(image: number, channel: number, strideOut: number): number;
  _heif_image_get_nclx_color_profile(error: number, image: number, out: number): void;
  _heif_image_handle_get_nclx_color_profile(error: number, handle: number, out: number): void;
  _heif_nclx_color_profile_free(profile: number): void;
};

/** Numbers of libheif's enumerations. */
export const HEIF = {
  asStored: 99,
  colorspaceYcbcr: 0,
  colorspaceRgb: 1,
  chromaRgb: 10,
  chromaRgba: 11,
  channelY: 0,
  channelCb: 1,
  channelCr: 2,
  channelRed: 3,
  channelGreen: 4,
  channelBlue: 5,
  channelInterleaved: 10,
  /** The properties `irot` and `imir`. */
  propertyRotation: 0x69726f74,
  propertyMirror: 0x696d6972,
} as const;

/** Where `convert_hdr_to_8bit` lies in `heif_decoding_options`. */
export const OPTION_EIGHT_BITS = 20;

/** Bytes of a `heif_error`: two numbers and a pointer to a text. */
const ERROR_BYTES = 12;
const ERROR_UNSUPPORTED = [3, 4];
/** `Unsupported_feature` also stands for a codec that is not built in. */
const MAX_TEXT_BYTES = 300;

/** libheif, compiled at its first use. */
export const libheif: Program<HeifModule> = createProgram<HeifModule>({
  wasm: () => import.meta.resolve('libheif-js/libheif-wasm/libheif.wasm'),
  load: async (options) => {
    const { default: load } = await import('libheif-js/libheif-wasm/libheif.js');
    return (await load(options)) as HeifModule;
  },
});

/** Space for what libheif writes back, and what was opened, freed together. */
export type Scope = {
  readonly error: number;
  /** Room for a pointer or a size. */
  readonly out: number;
  /** Allocates; freed at the end. */
  allocate(bytes: number): number;
  /** Calls `release` at the end; the last comes first. */
  defer(release: () => void): void;
  /** Rejects with an `UnpackError` where the call before it failed. */
  check(): void;
  /** The number that the call before it wrote to `out`. */
  taken(): number;
};

/** Runs `use` and gives everything back that it opened. */
export function withScope<Result>(heif: HeifModule, use: (scope: Scope) => Result): Result {
  const releases: (() => void)[] = [];
  const allocate = (bytes: number): number => {
    const pointer = heif._malloc(bytes);
    if (pointer === 0) throw new UnpackError('damaged', 'the decoder has no memory left for it');
    releases.push(() => heif._free(pointer));
    return pointer;
  };
  try {
    const error = allocate(ERROR_BYTES);
    const out = allocate(8);
    return use({
      error,
      out,
      allocate,
      defer: (release) => releases.push(release),
      check: () => check(heif, error),
      taken: () => heif.HEAPU32[out >> 2] ?? 0,
    });
  } finally {
    for (const release of releases.reverse()) release();
  }
}

function check(heif: HeifModule, error: number): void {
  const code = heif.HEAPU32[error >> 2] ?? 0;
  if (code === 0) return;
  const text = heif.HEAPU32[(error >> 2) + 2] ?? 0;
  const bytes = heif.HEAPU8.subarray(text, text + MAX_TEXT_BYTES);
  const end = bytes.indexOf(0);
  const message = Buffer.from(bytes.subarray(0, end < 0 ? bytes.length : end)).toString('utf8');
  throw new UnpackError(ERROR_UNSUPPORTED.includes(code) ? 'unsupported' : 'damaged', message);
}
