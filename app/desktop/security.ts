/** Nothing but our own page, and it may do little: the checklist of Electron's security guide in one place. */
import type {
  App,
  IpcMain,
  IpcMainInvokeEvent,
  Session,
  WebContents,
  WebPreferences,
} from 'electron';

/** The only page there is. */
export const WINDOW_URL = 'tagroll://window/';

/** Whether an address belongs to our own window. */
export function isOwnUrl(address: string): boolean {
  if (!URL.canParse(address)) return false;
  const url = new URL(address);
  return url.protocol === 'tagroll:' && url.host === 'window';
}

/** What every window of ours is made with. */
export function webPreferences(preloadPath: string): WebPreferences {
  return {
    preload: preloadPath,
    sandbox: true,
    contextIsolation: true,
    nodeIntegration: false,
    nodeIntegrationInWorker: false,
    nodeIntegrationInSubFrames: false,
    webSecurity: true,
    allowRunningInsecureContent: false,
    webviewTag: false,
    navigateOnDragDrop: false,
    spellcheck: false,
  };
}

/** Denies navigation, new windows and webviews in every page that is ever made. */
export function hardenApp(app: App): void {
  app.on('web-contents-created', (_event, contents: WebContents) => {
    contents.on('will-navigate', (event) => {
      if (!isOwnUrl(event.url)) event.preventDefault();
    });
    contents.on('will-redirect', (event) => {
      if (!isOwnUrl(event.url)) event.preventDefault();
    });
    contents.on('will-frame-navigate', (event) => {
      if (!isOwnUrl(event.url)) event.preventDefault();
    });
    contents.on('will-attach-webview', (event) => event.preventDefault());
    contents.setWindowOpenHandler(() => ({ action: 'deny' }));
  });
}

/** Denies camera, microphone, place, notifications, devices: the window needs none of them. */
export function denyPermissions(session: Session): void {
  session.setPermissionRequestHandler((_contents, permission, answer) =>
    answer(permission === 'clipboard-sanitized-write' || permission === 'fullscreen'),
  );
  session.setPermissionCheckHandler(
    (_contents, permission) =>
      permission === 'clipboard-sanitized-write' || permission === 'fullscreen',
  );
  session.setDevicePermissionHandler(() => false);
}

/** Answers a call of the preload, but only to our own top frame. */
export function handleOwn<Input, Output>(
  ipcMain: IpcMain,
  channel: string,
  answer: (input: Input, contents: WebContents) => Promise<Output> | Output,
): void {
  ipcMain.handle(channel, (event, input: Input) => {
    assertOwnSender(event);
    return answer(input, event.sender);
  });
}

function assertOwnSender(event: IpcMainInvokeEvent): void {
  const frame = event.senderFrame;
  if (!frame || frame !== event.sender.mainFrame || !isOwnUrl(frame.url)) {
    throw new Error(`A page that is not Tagroll's asked: ${frame?.url ?? 'unknown'}`);
  }
}
