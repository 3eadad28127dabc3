/** The desktop app: one window on one engine process. */
import { join } from 'node:path';
import {
  app,
  type BrowserWindow,
  dialog,
  ipcMain,
  Menu,
  MessageChannelMain,
  protocol,
  safeStorage,
  session,
} from 'electron';
import { connectEngine } from '../engineClient.ts';
import { type EngineProcess, type EngineState, startEngine } from '../engineProcess.ts';
import { libraryPath } from '../places.ts';
import { CHANNELS } from './channels.ts';
import { chooseFolder, trashPhotos } from './dialogs.ts';
import { menuTemplate } from './menu.ts';
import { desktopPlaces } from './paths.ts';
import { bridgePort } from './portBridge.ts';
import { registerScheme, serveWindow, WAIT_FOR_ENGINE_MS } from './protocol.ts';
import { denyPermissions, handleOwn, hardenApp } from './security.ts';
import { textsFor } from './texts.ts';
import { createVault } from './vault.ts';
import { openWindow, type Trouble } from './window.ts';

let window: BrowserWindow | null = null;
let engine: EngineProcess | null = null;

app.enableSandbox();
registerScheme(protocol);
hardenApp(app);

if (app.requestSingleInstanceLock()) {
  app.on('second-instance', () => {
    if (window?.isMinimized()) window.restore();
    window?.focus();
  });
  app.on('window-all-closed', () => app.quit());
  app.on('will-quit', (event) => {
    if (!engine) return;
    event.preventDefault();
    const running = engine;
    engine = null;
    void running.stop().finally(() => app.quit());
  });
  void app.whenReady().then(run);
} else {
  app.quit();
}

function run(): void {
  const texts = textsFor(app.getLocale());
  const places = desktopPlaces(app, process);
  const running = startEngine({
    ...places.engine,
    libraryPath: libraryPath(
      app.commandLine.getSwitchValue('library') || undefined,
      process.env,
      process.platform,
    ),
    vault: createVault(safeStorage, process.platform),
    onState: (state) => void showState(state),
  });
  engine = running;
  const address = () => running.address(WAIT_FOR_ENGINE_MS);
  const owner = (): BrowserWindow => {
    if (!window) throw new Error('The window is closed.');
    return window;
  };
  denyPermissions(session.defaultSession);
  serveWindow(session.defaultSession, address);
  handleOwn(ipcMain, CHANNELS.chooseFolder, () => chooseFolder(owner(), texts));
  handleOwn(ipcMain, CHANNELS.trash, async (photoIds: unknown) => {
    const to = await address();
    const connection = to ? await connectEngine(to, WAIT_FOR_ENGINE_MS) : null;
    if (!connection) throw new Error('The engine is not running.');
    try {
      return await trashPhotos(owner(), texts, connection.client, photoIds);
    } finally {
      connection.close();
    }
  });
  handleOwn(ipcMain, CHANNELS.askPort, async (_input: undefined, contents) => {
    const to = await address();
    if (!to || contents.isDestroyed()) return;
    const { port1, port2 } = new MessageChannelMain();
    bridgePort(port1, to);
    contents.postMessage(CHANNELS.port, null, [port2]);
  });
  Menu.setApplicationMenu(
    Menu.buildFromTemplate(
      menuTemplate(texts, { isMac: process.platform === 'darwin', isPackaged: app.isPackaged }),
    ),
  );
  window = openWindow({
    preloadPath: places.preloadPath,
    savePath: join(app.getPath('userData'), 'window.json'),
    onTrouble: (troubled, trouble) => void showTrouble(troubled, trouble),
  });
  window.on('closed', () => {
    window = null;
  });

  /** A restart shows in the page, whose connection is lost for a moment; a failure needs a person. */
  async function showState(state: EngineState): Promise<void> {
    // Somebody ended it politely, as `kill` does: that was meant for all of Tagroll.
    if (state.kind === 'stopped') app.quit();
    if (state.kind !== 'failed') return;
    const { response } = await dialog.showMessageBox({
      type: 'error',
      message: texts.engineFailed,
      detail: state.error.message,
      buttons: [texts.tryAgain, texts.quit],
      defaultId: 0,
      cancelId: 1,
    });
    if (response === 0) running.restart();
    else app.quit();
  }

  async function showTrouble(troubled: BrowserWindow, trouble: Trouble): Promise<void> {
    const messages = {
      gone: texts.pageGone,
      broken: texts.pageBroken,
      unresponsive: texts.pageBusy,
    };
    const isGone = trouble === 'gone';
    const { response } = await dialog.showMessageBox(troubled, {
      type: 'warning',
      message: messages[trouble],
      buttons: isGone ? [texts.close] : [texts.wait, texts.reload],
    });
    if (!isGone && response === 1 && !troubled.isDestroyed()) troubled.webContents.reload();
  }
}
