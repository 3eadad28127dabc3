/** Which door opens: the desktop app where its binary can be had, else a browser window. */
import { findDesktop, openDesktop } from './electron.ts';
import { hasDisplay, type Opened, type OpenOptions, openInBrowser } from './open.ts';

export type DoorOptions = OpenOptions & {
  /** Never the desktop app. */
  readonly browser: boolean;
};

/** Opens the best door. A port or "no window" only make sense in the browser. */
export async function openTagroll(options: DoorOptions): Promise<Opened> {
  const wantsBrowser = options.browser || options.port !== 0 || !options.window;
  if (wantsBrowser || !hasDisplay(process.env, process.platform)) return openInBrowser(options);
  const desktop = await findDesktop();
  if (desktop.kind === 'found') return openDesktop(desktop.binary, options);
  options.say(
    `The desktop app cannot open here (${desktop.reason}): opening a browser window instead.`,
  );
  return openInBrowser(options);
}
