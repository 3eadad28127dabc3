/** One step of a path: its name, and the path up to it. */
export type PathPart = { readonly name: string; readonly path: string };

/** The steps of an absolute path, for either kind of separator; the first one is the root. */
export function pathParts(path: string): PathPart[] {
  const windows = /^[a-z]:|^\\\\/i.test(path);
  const separator = windows ? '\\' : '/';
  const names = path.split(windows ? /[\\/]+/ : /\/+/).filter(Boolean);
  const network = path.startsWith('\\\\') ? '\\\\' : '';
  const parts: PathPart[] = windows ? [] : [{ name: '/', path: '/' }];
  let soFar = network;
  for (const name of names) {
    const before = soFar === '' || soFar.endsWith(separator) ? soFar : soFar + separator;
    soFar = windows ? before + name : `${soFar}/${name}`;
    // A drive alone means "where that drive was last": the root needs its separator.
    parts.push({ name, path: /^[a-z]:$/i.test(soFar) ? `${soFar}\\` : soFar });
  }
  return parts;
}
