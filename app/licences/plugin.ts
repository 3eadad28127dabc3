import type { Plugin } from 'vite';
import { LICENCES_PATH } from '../../shared/licences.ts';
import { collectLicences, packageOfModule } from './collect.ts';

/** Puts the licences of everything that ships beside the window's files, by what really went into them. */
export function licencesPlugin(projectPath: string): Plugin {
  return {
    name: 'tagroll-licences',
    apply: 'build',
    generateBundle() {
      const inWindow = new Set<string>();
      for (const id of this.getModuleIds()) {
        const name = packageOfModule(id);
        if (name !== null) inWindow.add(name);
      }
      this.emitFile({
        type: 'asset',
        fileName: LICENCES_PATH.slice(1),
        source: JSON.stringify(collectLicences(projectPath, inWindow)),
      });
    },
  };
}
