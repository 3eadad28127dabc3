/** The few abilities that the page has in the desktop app and not in a browser. */
import { contextBridge, ipcRenderer } from 'electron';
import { CHANNELS, type Step, type TrashResult } from './channels.ts';

// The port is for this page alone: it cannot be handed over through the bridge, only posted.
ipcRenderer.on(CHANNELS.port, (event) => window.postMessage('tagroll-port', '*', event.ports));

contextBridge.exposeInMainWorld('tagroll', {
  platform: process.platform,
  port: (): Promise<void> => ipcRenderer.invoke(CHANNELS.askPort),
  chooseFolder: (): Promise<string | null> => ipcRenderer.invoke(CHANNELS.chooseFolder),
  trash: (photoIds: readonly number[]): Promise<TrashResult> =>
    ipcRenderer.invoke(CHANNELS.trash, photoIds),
  onStep: (listener: (step: Step) => void): (() => void) => {
    const hear = (_event: unknown, step: Step): void => listener(step);
    ipcRenderer.on(CHANNELS.step, hear);
    return () => ipcRenderer.off(CHANNELS.step, hear);
  },
});
