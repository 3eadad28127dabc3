import type { EventEmitter } from 'node:events';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeEach, describe, expect, it, vi } from 'vitest';

const made = vi.hoisted(() => ({ windows: [] as FakeWindow[] }));

type FakeWindow = EventEmitter & {
  options: Record<string, unknown>;
  webContents: EventEmitter & {
    reload: ReturnType<typeof vi.fn>;
    send: ReturnType<typeof vi.fn>;
  };
  loadURL: ReturnType<typeof vi.fn>;
  maximize: ReturnType<typeof vi.fn>;
};

vi.mock('electron', async () => {
  const { EventEmitter: Emitter } = await import('node:events');
  class BrowserWindow extends Emitter {
    options: unknown;
    webContents = Object.assign(new Emitter(), { reload: vi.fn(), send: vi.fn() });
    loadURL = vi.fn(async () => undefined);
    maximize = vi.fn();
    show = vi.fn();
    isDestroyed = () => false;
    isMaximized = () => true;
    getNormalBounds = () => ({ x: 5, y: 6, width: 900, height: 700 });
    constructor(options: unknown) {
      super();
      this.options = options;
      made.windows.push(this as unknown as FakeWindow);
    }
  }
  const screen = {
    getAllDisplays: () => [{ workArea: { x: 0, y: 0, width: 1920, height: 1040 } }],
  };
  return { BrowserWindow, screen, nativeTheme: { shouldUseDarkColors: true } };
});

const { clampBounds, openWindow, readSaved } = await import('../../../app/desktop/window.ts');

const folder = mkdtempSync(join(tmpdir(), 'tagroll-window-'));
const savePath = join(folder, 'window.json');
afterAll(() => rmSync(folder, { recursive: true }));
beforeEach(() => {
  made.windows.length = 0;
  rmSync(savePath, { force: true });
});

const screens = [
  { x: 0, y: 25, width: 1440, height: 875 },
  { x: 1440, y: 0, width: 2560, height: 1440 },
];

describe('saved bounds', () => {
  it('are used where they can be seen', () => {
    const bounds = { x: 1500, y: 100, width: 1200, height: 800 };
    expect(clampBounds(bounds, screens)).toEqual(bounds);
  });

  it('shrink to the screen and grow to what the page needs', () => {
    expect(clampBounds({ x: 0, y: 25, width: 9000, height: 9000 }, screens)).toMatchObject({
      width: 1440,
      height: 875,
    });
    expect(clampBounds({ x: 10, y: 30, width: 100, height: 5 }, screens)).toMatchObject({
      width: 600,
      height: 400,
    });
  });

  it.each([
    ['on a screen that was unplugged', { x: 5000, y: 100, width: 800, height: 600 }],
    ['above every screen', { x: 100, y: -300, width: 800, height: 600 }],
    ['with only an edge to be seen', { x: 3990, y: 100, width: 800, height: 600 }],
  ])('are forgotten %s', (_name, bounds) => {
    expect(clampBounds(bounds, screens)).toBeNull();
  });

  it('are read as they were written, and never trusted', () => {
    expect(readSaved(savePath)).toBeNull();
    for (const text of ['', '{', '[]', '{"bounds":{"x":"a"}}', 'null']) {
      writeFileSync(savePath, text);
      expect(readSaved(savePath)).toBeNull();
    }
  });
});

function open(onTrouble: (window: unknown, trouble: string) => void = () => undefined): FakeWindow {
  openWindow({ preloadPath: '/preload.cjs', savePath, onTrouble });
  const [window] = made.windows;
  if (!window) throw new Error('no window');
  return window;
}

describe('the window', () => {
  it('opens on our page, as large as the design, with a dark ground in the dark', () => {
    const window = open();
    expect(window.options).toMatchObject({
      width: 1440,
      height: 900,
      show: false,
      backgroundColor: '#1a1a1a',
    });
    expect(window.loadURL).toHaveBeenCalledWith('tagroll://window/');
  });

  it('opens where it was closed', () => {
    open().emit('close');
    expect(JSON.parse(readFileSync(savePath, 'utf8'))).toMatchObject({ isMaximized: true });
    made.windows.length = 0;
    const again = open();
    expect(again.options).toMatchObject({ x: 5, y: 6, width: 900, height: 700 });
    expect(again.maximize).toHaveBeenCalledOnce();
  });

  it('hands on the buttons for back and forward, and no other', () => {
    const window = open();
    for (const command of ['browser-backward', 'volume-up', 'toString', 'browser-forward']) {
      window.emit('app-command', {}, command);
    }
    expect(window.webContents.send.mock.calls).toEqual([
      ['tagroll:step', 'back'],
      ['tagroll:step', 'forward'],
    ]);
  });

  it('does not load a page for ever that breaks each time, and asks', () => {
    const troubles: string[] = [];
    const window = open((_window, trouble) => troubles.push(trouble));
    for (let count = 0; count < 5; count += 1) {
      window.webContents.emit('render-process-gone', {}, { reason: 'crashed' });
    }
    expect(window.webContents.reload).toHaveBeenCalledTimes(3);
    expect(troubles).toEqual(['gone', 'gone', 'gone', 'broken', 'broken']);
  });

  it('loads a page again that broke, and says so', () => {
    const troubles: string[] = [];
    const window = open((_window, trouble) => troubles.push(trouble));
    window.webContents.emit('render-process-gone', {}, { reason: 'oom' });
    expect(window.webContents.reload).toHaveBeenCalledOnce();
    window.webContents.emit('render-process-gone', {}, { reason: 'clean-exit' });
    expect(window.webContents.reload).toHaveBeenCalledOnce();
    window.emit('unresponsive');
    expect(troubles).toEqual(['gone', 'unresponsive']);
  });
});
