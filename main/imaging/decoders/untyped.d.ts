/** Packages without types of their own: each is a loader that Emscripten wrote. */

declare module 'libheif-js/libheif-wasm/libheif.js' {
  const load: (options: object) => Promise<unknown>;

  export = load;
}

declare module '@jsquash/jxl/codec/dec/jxl_dec.js' {
  const load: (options: object) => Promise<unknown>;

  export = load;
}

declare module '@cornerstonejs/codec-openjpeg/decodewasmjs' {
  const load: (options: object) => Promise<unknown>;

  export = load;
}
