import type { Root } from '../../shared/model.ts';
import type { Settings } from '../../shared/settings.ts';
import type { Format } from '../i18n/format.ts';
import type { Translate } from '../i18n/index.ts';

/** How changes under a folder are noticed, in a sentence with its reason. */
export function watchText(root: Root, settings: Settings, t: Translate, format: Format): string {
  if (root.watch !== 'timed') return t(`folders.watch.${root.watch}`);
  const minutes =
    root.watchReason === 'network'
      ? settings['rescan.networkMinutes']
      : settings['rescan.timedMinutes'];
  return t(`folders.watch.${root.watchReason ?? 'timed'}`, {
    minutes: format.duration(minutes * 60),
  });
}
