/** Photos whose names, folders, cameras and tags would be markup, scripts or commands if anything took them so. */
import { openWire, type Wire } from '../helpers/wire.ts';
import type { AlbumPhoto } from './album.ts';

/** Sets a mark that a test looks for, in each way that a page may run something. */
const SCRIPT = '<script>window.hacked=1</script>';
const IMAGE = '<img src=x onerror=window.hacked=1>';
const FRAME = '<iframe srcdoc="<b>hacked">';
/** Turns what follows round, for a name such as `photoexe.jpg`. */
const TURNED = 'turned\u202egpj.exe.jpg';

export const HOSTILE = {
  image: `${IMAGE}.jpg`,
  quoted: `"><svg onload=window.hacked=1>'\`;.jpg`,
  template: `{{constructor.constructor("window.hacked=1")()}} \${window.hacked=1}.jpg`,
  turned: TURNED,
  controls: 'bell\u0007 escape\u001b[31m line\nbreak.jpg',
  formula: '=HYPERLINK("https:evil.example").jpg',
  folder: `${FRAME}javascript:window.hacked=1`,
  camera: `${IMAGE}`,
  tag: `${IMAGE}${SCRIPT}`,
  serviceTag: `<b onmouseover=window.hacked=1>service</b>`,
} as const;

/** Windows has no such names. */
export const HOSTILE_ALBUM: readonly AlbumPhoto[] = [
  HOSTILE.image,
  HOSTILE.quoted,
  HOSTILE.template,
  HOSTILE.turned,
  HOSTILE.controls,
  HOSTILE.formula,
  `${HOSTILE.folder}/inside.jpg`,
].map((path, index) => ({
  path,
  seed: index + 1,
  takenAt: `2021:05:08 1${index}:30:00`,
  make: HOSTILE.camera,
  model: `${HOSTILE.camera}${SCRIPT}`,
  lens: SCRIPT,
}));

/** A service that answers every picture with markup for a tag. */
export async function openHostileService(): Promise<Wire> {
  const wire = await openWire();
  const tag = {
    confidence: '97.00',
    type: IMAGE,
    tag: HOSTILE.serviceTag,
    i18n_tag: { zh: `<i onload=window.hacked=1>服务</i>`, en: HOSTILE.serviceTag },
    i18n_type: { zh: IMAGE, en: IMAGE },
    instances: [],
  };
  wire.answer({ body: { result: { tags: [tag] } } });
  return wire;
}

/** Leads Tagroll to it. */
export function hostileEnvironment(wire: Wire): Readonly<Record<string, string>> {
  return {
    TAGROLL_HUAWEI_ENDPOINT: wire.origin,
    TAGROLL_HUAWEI_PROJECT_ID: 'project',
    TAGROLL_HUAWEI_ACCESS_KEY: 'access',
    TAGROLL_HUAWEI_SECRET_KEY: 'secret',
  };
}
