/** The packages that hold exiftool itself: each exports the path of its program, on its own systems. */
declare module 'exiftool-vendored.pl' {
  const path: string;
  export = path;
}
declare module 'exiftool-vendored.exe' {
  const path: string;
  export = path;
}
