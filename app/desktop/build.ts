/**
 * Bundles what a package needs beside the window's files: the Electron main process and its preload in
 * `dist/desktop`, and in `dist/engine` every module that runs in a process or thread of its own, flat, so
 * that each finds its siblings, and the Node that they run in. A checkout only needs the first two: `--desktop-only`.
 */
import { chmodSync, copyFileSync, mkdirSync, writeFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build, type InlineConfig } from 'vite';
import { startedModules } from './startedModules.ts';

const projectPath = join(dirname(fileURLToPath(import.meta.url)), '..', '..');
const output = join(projectPath, 'dist');

/** Native modules and other programs stay packages: a bundle cannot hold them. */
const NATIVE = [
  'better-sqlite3',
  'sharp',
  'exiftool-vendored.pl',
  'exiftool-vendored.exe',
  'libheif-js/libheif-wasm/libheif.js',
  '@jsquash/jxl/codec/dec/jxl_dec.js',
  '@cornerstonejs/codec-openjpeg/decodewasmjs',
];

function inputs(paths: readonly string[]): Record<string, string> {
  const named = Object.fromEntries(paths.map((path) => [basename(path, '.ts'), path]));
  if (Object.keys(named).length !== paths.length) {
    throw new Error(
      `Two of these have the same name, and would overwrite each other: ${paths.join(', ')}`,
    );
  }
  return named;
}

function bundle(options: {
  readonly input: Record<string, string>;
  readonly folder: string;
  readonly external: readonly string[];
  readonly format: 'es' | 'cjs';
  readonly emptyFolder: boolean;
}): InlineConfig {
  const extension = options.format === 'es' ? 'js' : 'cjs';
  return {
    configFile: false,
    root: projectPath,
    logLevel: 'warn',
    publicDir: false,
    ssr: { noExternal: true, external: [...options.external] },
    build: {
      ssr: true,
      target: 'node24',
      outDir: join(output, options.folder),
      emptyOutDir: options.emptyFolder,
      minify: false,
      rolldownOptions: {
        input: options.input,
        external: [...options.external],
        output: {
          format: options.format,
          entryFileNames: `[name].${extension}`,
          // Shared code lies beside the entries: what it starts, it looks for beside itself.
          chunkFileNames: `shared-[hash].${extension}`,
        },
      },
    },
  };
}

async function buildDesktop(): Promise<void> {
  const desktop = join(projectPath, 'app', 'desktop');
  const common = { folder: 'desktop', external: ['electron'] };
  await build(
    bundle({
      ...common,
      input: { main: join(desktop, 'main.ts') },
      format: 'es',
      emptyFolder: true,
    }),
  );
  // A sandboxed preload is a script, not a module.
  await build(
    bundle({
      ...common,
      input: { preload: join(desktop, 'preload.ts') },
      format: 'cjs',
      emptyFolder: false,
    }),
  );
}

async function buildEngine(): Promise<void> {
  const main = join(projectPath, 'main');
  const entries = [
    join(main, 'process.ts'),
    join(projectPath, 'app', 'cli.ts'),
    ...startedModules(main),
  ];
  await build(
    bundle({
      input: inputs(entries),
      folder: 'engine',
      external: NATIVE,
      format: 'es',
      emptyFolder: true,
    }),
  );
  // The package's own package.json stays in the archive, out of a plain Node's sight.
  writeFileSync(join(output, 'engine', 'package.json'), '{ "type": "module" }\n');
}

/** The Node that runs this is the one that was tested: it goes into the package. */
function copyNode(): void {
  const folder = join(output, 'node', 'bin');
  mkdirSync(folder, { recursive: true });
  const target = join(folder, process.platform === 'win32' ? 'node.exe' : 'node');
  copyFileSync(process.execPath, target);
  chmodSync(target, 0o755);
}

await buildDesktop();
if (!process.argv.includes('--desktop-only')) {
  await buildEngine();
  copyNode();
}
