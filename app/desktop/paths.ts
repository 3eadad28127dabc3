import { join } from 'node:path';

export type DesktopPlaces = {
  readonly preloadPath: string;
  readonly engine: { readonly node: string; readonly entry: string; readonly rendererPath: string };
};

/**
 * Where the parts lie: in a checkout the engine's sources and the Node that started us; in a package
 * the bundled ones, outside the archive, which a plain Node cannot read.
 */
export function desktopPlaces(
  app: { readonly isPackaged: boolean; getAppPath(): string },
  system: {
    readonly platform: NodeJS.Platform;
    readonly resourcesPath: string;
    readonly env: { readonly TAGROLL_NODE?: string | undefined };
  },
): DesktopPlaces {
  const appPath = app.getAppPath();
  const preloadPath = join(appPath, 'dist', 'desktop', 'preload.cjs');
  if (!app.isPackaged) {
    return {
      preloadPath,
      engine: {
        node: system.env.TAGROLL_NODE ?? 'node',
        entry: join(appPath, 'main', 'process.ts'),
        rendererPath: join(appPath, 'dist', 'renderer'),
      },
    };
  }
  const unpacked = join(system.resourcesPath, 'app.asar.unpacked', 'dist');
  const program = system.platform === 'win32' ? 'node.exe' : 'node';
  return {
    preloadPath,
    engine: {
      node: join(system.resourcesPath, 'node', 'bin', program),
      entry: join(unpacked, 'engine', 'process.js'),
      rendererPath: join(unpacked, 'renderer'),
    },
  };
}
