import { EventEmitter } from 'node:events';
import type { App, IpcMain, Session } from 'electron';
import { describe, expect, it, vi } from 'vitest';

import {
  denyPermissions,
  handleOwn,
  hardenApp,
  isOwnUrl,
  webPreferences,
} from '../../../app/desktop/security.ts';

const FOREIGN = [
  'https://evil.example/',
  'https://evil.example/?next=tagroll://window/',
  'tagroll://window.evil.example/',
  'tagroll://evil@other/',
  'tagroll://other/',
  'file:///etc/passwd',
  'javascript:alert(1)',
  'data:text/html,x',
  'about:blank',
  '',
];

describe('our own page', () => {
  it('is known by scheme and host', () => {
    expect(isOwnUrl('tagroll://window/#q=dog')).toBe(true);
    expect(FOREIGN.filter(isOwnUrl)).toEqual([]);
  });

  it('has no more powers than a web page', () => {
    expect(webPreferences('/preload.cjs')).toMatchObject({
      sandbox: true,
      contextIsolation: true,
      nodeIntegration: false,
      webSecurity: true,
      webviewTag: false,
    });
  });
});

describe('every page', () => {
  let openWindow: ((details: object) => object) | undefined;
  const setWindowOpenHandler = (handler: (details: object) => object): void => {
    openWindow = handler;
  };
  const app = new EventEmitter();
  hardenApp(app as unknown as App);
  const contents = Object.assign(new EventEmitter(), { setWindowOpenHandler });
  app.emit('web-contents-created', {}, contents);

  it.each(['will-navigate', 'will-redirect', 'will-frame-navigate'])('stays ours: %s', (name) => {
    const wanders = (url: string): boolean => {
      const event = { url, preventDefault: vi.fn() };
      contents.emit(name, event);
      return event.preventDefault.mock.calls.length === 0;
    };
    expect(FOREIGN.filter(wanders)).toEqual([]);
    expect(wanders('tagroll://window/#next')).toBe(true);
  });

  it('opens no window and no webview', () => {
    expect(openWindow?.({ url: 'tagroll://window/' })).toEqual({ action: 'deny' });
    const event = { preventDefault: vi.fn() };
    contents.emit('will-attach-webview', event);
    expect(event.preventDefault).toHaveBeenCalledOnce();
  });
});

describe('permissions', () => {
  it('are denied, but for copying and the full screen', () => {
    const session = {
      setPermissionRequestHandler: vi.fn(),
      setPermissionCheckHandler: vi.fn(),
      setDevicePermissionHandler: vi.fn(),
    };
    denyPermissions(session as unknown as Session);
    const [[ask]] = session.setPermissionRequestHandler.mock.calls as [
      [(contents: null, permission: string, answer: (granted: boolean) => void) => void],
    ];
    const granted = ['media', 'geolocation', 'notifications', 'openExternal', 'fullscreen'].filter(
      (permission) => {
        let answer = false;
        ask(null, permission, (given) => {
          answer = given;
        });
        return answer;
      },
    );
    expect(granted).toEqual(['fullscreen']);
    const [[check]] = session.setPermissionCheckHandler.mock.calls as [
      [(contents: null, permission: string) => boolean],
    ];
    expect([check(null, 'midi'), check(null, 'clipboard-sanitized-write')]).toEqual([false, true]);
    const [[device]] = session.setDevicePermissionHandler.mock.calls as [[() => boolean]];
    expect(device()).toBe(false);
  });
});

describe('calls of the preload', () => {
  const handlers = new Map<string, (event: object, input: unknown) => unknown>();
  const ipcMain = {
    handle: (channel: string, handler: (event: object, input: unknown) => unknown) =>
      handlers.set(channel, handler),
  };
  handleOwn(ipcMain as unknown as IpcMain, 'double', (input: number) => input * 2);
  const call = (frame: object | null, top: object | null): unknown => {
    return handlers.get('double')?.({ senderFrame: frame, sender: { mainFrame: top } }, 21);
  };

  it('are answered for our own top frame only', () => {
    const own = { url: 'tagroll://window/' };
    expect(call(own, own)).toBe(42);
    const foreign = { url: 'https://evil.example/' };
    expect(() => call(foreign, foreign)).toThrow('evil.example');
    expect(() => call({ url: 'tagroll://window/frame' }, own)).toThrow("not Tagroll's");
    expect(() => call(null, own)).toThrow("not Tagroll's");
  });
});
