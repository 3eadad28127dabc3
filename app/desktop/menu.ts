import type { MenuItemConstructorOptions } from 'electron';
import type { Texts } from './texts.ts';

/** The application's menu: the system's own entries, so that every usual key does what it does elsewhere. */
export function menuTemplate(
  texts: Texts,
  options: { readonly isMac: boolean; readonly isPackaged: boolean },
): MenuItemConstructorOptions[] {
  const separator: MenuItemConstructorOptions = { type: 'separator' };
  const developer: MenuItemConstructorOptions[] = options.isPackaged
    ? []
    : [separator, { role: 'reload' }, { role: 'toggleDevTools' }];
  return [
    ...(options.isMac ? [{ role: 'appMenu' } as const] : []),
    { label: texts.file, submenu: [options.isMac ? { role: 'close' } : { role: 'quit' }] },
    {
      label: texts.edit,
      // No accelerators for undo and redo: the page has its own, for tags as well as for text.
      submenu: [{ role: 'cut' }, { role: 'copy' }, { role: 'paste' }, { role: 'selectAll' }],
    },
    { label: texts.view, submenu: [{ role: 'togglefullscreen' }, ...developer] },
    { label: texts.window, role: 'windowMenu' },
  ];
}
