/** Closes the doors that Electron leaves open for development, in the packed program. */
import { join } from 'node:path';
import { type FuseConfig, FuseV1Options, FuseVersion, flipFuses } from '@electron/fuses';

/** What electron-builder tells of a packed program. */
export type PackContext = {
  readonly appOutDir: string;
  readonly electronPlatformName: string;
  readonly packager: {
    readonly appInfo: { readonly productFilename: string };
    readonly executableName?: string;
  };
};

/** Nothing is loaded but our archive, unchanged; no switch or variable turns the program into a Node. */
export const FUSES: FuseConfig = {
  version: FuseVersion.V1,
  [FuseV1Options.RunAsNode]: false,
  [FuseV1Options.EnableCookieEncryption]: true,
  [FuseV1Options.EnableNodeOptionsEnvironmentVariable]: false,
  [FuseV1Options.EnableNodeCliInspectArguments]: false,
  [FuseV1Options.EnableEmbeddedAsarIntegrityValidation]: true,
  [FuseV1Options.OnlyLoadAppFromAsar]: true,
  [FuseV1Options.GrantFileProtocolExtraPrivileges]: false,
};

/** The packed program of a system. */
export function programPath(context: PackContext): string {
  const { productFilename } = context.packager.appInfo;
  if (context.electronPlatformName === 'darwin') {
    return join(context.appOutDir, `${productFilename}.app`);
  }
  if (context.electronPlatformName === 'win32') {
    return join(context.appOutDir, `${productFilename}.exe`);
  }
  return join(context.appOutDir, context.packager.executableName ?? productFilename);
}

/** Called by electron-builder before it signs. `TAGROLL_KEEP_FUSES` is for tests, whose program is a stand-in. */
export async function afterPack(context: PackContext): Promise<void> {
  if (process.env['TAGROLL_KEEP_FUSES'] === '1') return;
  await flipFuses(programPath(context), {
    ...FUSES,
    // Changing the program breaks the signature that Apple silicon insists on.
    resetAdHocDarwinSignature: context.electronPlatformName === 'darwin',
  });
}
