/** The one window: where it was, where it may be, and what happens when its page breaks. */
import { readFileSync, writeFileSync } from 'node:fs';
import { BrowserWindow, nativeTheme, type Rectangle, screen } from 'electron';
import { CHANNELS, type Step } from './channels.ts';
import { WINDOW_URL, webPreferences } from './security.ts';

export type SavedWindow = { readonly bounds: Rectangle; readonly isMaximized: boolean };

const DEFAULT_SIZE = { width: 1440, height: 900 };
const SMALLEST = { width: 600, height: 400 };
/** At least this much of the title bar must be on a screen, in pixels. */
const GRIP = 80;
/** Crashes of the page within a minute after which a person has to decide. */
const MAX_CRASHES = 3;
const CRASHES_WITHIN_MS = 60_000;

const STEPS: ReadonlyMap<string, Step> = new Map([
  ['browser-backward', 'back'],
  ['browser-forward', 'forward'],
]);

/** Bounds that can be seen and grabbed on the screens there are now; null when the saved ones cannot be used. */
export function clampBounds(saved: Rectangle, workAreas: readonly Rectangle[]): Rectangle | null {
  const area = workAreas.find(
    (candidate) =>
      saved.x + saved.width >= candidate.x + GRIP &&
      saved.x <= candidate.x + candidate.width - GRIP &&
      saved.y >= candidate.y &&
      saved.y <= candidate.y + candidate.height - GRIP,
  );
  if (!area) return null;
  return {
    x: saved.x,
    y: saved.y,
    width: Math.min(Math.max(saved.width, SMALLEST.width), area.width),
    height: Math.min(Math.max(saved.height, SMALLEST.height), area.height),
  };
}

/** Where the window was, as `readSaved` wrote it; null when that is not known. */
export function readSaved(path: string): SavedWindow | null {
  try {
    const saved = JSON.parse(readFileSync(path, 'utf8')) as SavedWindow;
    const { x, y, width, height } = saved.bounds;
    return [x, y, width, height].every(Number.isFinite) ? saved : null;
  } catch {
    return null;
  }
}

/** The page broke and was loaded again, broke too often to be loaded again by itself, or does not answer. */
export type Trouble = 'gone' | 'broken' | 'unresponsive';

export type WindowOptions = {
  readonly preloadPath: string;
  /** File that remembers the bounds. */
  readonly savePath: string;
  readonly onTrouble: (window: BrowserWindow, trouble: Trouble) => void;
};

/** Opens the window where it was last. */
export function openWindow(options: WindowOptions): BrowserWindow {
  const saved = readSaved(options.savePath);
  const workAreas = screen.getAllDisplays().map((display) => display.workArea);
  const bounds = saved ? clampBounds(saved.bounds, workAreas) : null;
  const window = new BrowserWindow({
    ...(bounds ?? DEFAULT_SIZE),
    minWidth: SMALLEST.width,
    minHeight: SMALLEST.height,
    show: false,
    title: 'Tagroll',
    backgroundColor: nativeTheme.shouldUseDarkColors ? '#1a1a1a' : '#ffffff',
    webPreferences: webPreferences(options.preloadPath),
  });
  if (saved?.isMaximized) window.maximize();
  window.once('ready-to-show', () => window.show());
  window.on('close', () => {
    const state: SavedWindow = {
      bounds: window.getNormalBounds(),
      isMaximized: window.isMaximized(),
    };
    writeFileSync(options.savePath, JSON.stringify(state));
  });
  // Buttons of mice and keyboards that the system names instead of handing on. Only the page knows its way.
  window.on('app-command', (_event, command) => {
    const step = STEPS.get(command);
    if (step) window.webContents.send(CHANNELS.step, step);
  });
  let lastCrashes: readonly number[] = [];
  window.webContents.on('render-process-gone', (_event, { reason }) => {
    if (reason === 'clean-exit' || window.isDestroyed()) return;
    const now = Date.now();
    lastCrashes = [...lastCrashes.filter((at) => now - at < CRASHES_WITHIN_MS), now];
    // A page that breaks as often as it is loaded is not loaded for ever.
    if (lastCrashes.length > MAX_CRASHES) return options.onTrouble(window, 'broken');
    // Its address says what was shown, and the library keeps where.
    window.webContents.reload();
    options.onTrouble(window, 'gone');
  });
  window.on('unresponsive', () => options.onTrouble(window, 'unresponsive'));
  void window.loadURL(WINDOW_URL);
  return window;
}
