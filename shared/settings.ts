import { z } from 'zod';
import { SERVICE_IDS, type ServiceId } from './services.ts';

/** Settings that every cloud service has, under its own id. */
function serviceShape(id: ServiceId) {
  return {
    /** Price of a thousand calls in `currency`; null: not known, and no cost is shown. */
    pricePerThousand: z.number().min(0).max(1_000_000).nullable().default(null),
    /** ISO 4217. */
    currency: z
      .string()
      .regex(/^[A-Z]{3}$/)
      .default('CNY'),
    /** Calls of each calendar month that cost nothing. */
    freeCallsPerMonth: z.number().int().min(0).max(1_000_000_000).default(0),
    /** Most calls of a calendar month; null: no cap. */
    capCalls: z.number().int().min(0).max(1_000_000_000).nullable().default(null),
    /** Most money of a calendar month, in `currency`; null: no cap. */
    capMoney: z.number().min(0).max(1_000_000_000).nullable().default(null),
    /** Calls at the same time. */
    concurrency: z
      .number()
      .int()
      .min(1)
      .max(50)
      .default(id === 'huawei-tagging' ? 5 : 2),
    /** Most calls a second; null: as fast as answers come. */
    callsPerSecond: z.number().min(0.01).max(1000).nullable().default(null),
    timeoutSeconds: z.number().int().min(5).max(600).default(60),
    /** Long side of the picture that is sent, pixels; 0: as large as the service allows. */
    uploadLongSide: z.union([z.literal(0), z.number().int().min(256).max(10_000)]).default(2048),
  };
}

type ServiceShape = ReturnType<typeof serviceShape>;
export type ServiceSettingName = keyof ServiceShape;
type ServiceShapes = {
  [Key in `${ServiceId}.${ServiceSettingName}`]: Key extends `${ServiceId}.${infer Name}`
    ? Name extends ServiceSettingName
      ? ServiceShape[Name]
      : never
    : never;
};

const serviceShapes = Object.fromEntries(
  SERVICE_IDS.flatMap((id) =>
    Object.entries(serviceShape(id)).map(([name, schema]) => [`${id}.${name}`, schema]),
  ),
) as ServiceShapes;

const text = z.string().trim().max(500).default('');
const transport = (usual: 'json' | 'multipart') => z.enum(['json', 'multipart']).default(usual);

/** Characters of the setting `view`. */
export const LONGEST_VIEW = 25_000;

/** Labels of the moderation services that only count as sensitive when the person ticks them. */
export const SENSITIVE_EXTRAS = ['sexy', 'somewhat', 'knife', 'fire', 'flag', 'crowd'] as const;

/**
 * Every setting with its meaning, bounds and default. Stored ones that no longer parse fall back to
 * their default, so that a damaged setting never keeps a library from opening.
 */
export const settingsSchema = z.object({
  /** Language of the window; null follows the system. */
  language: z.enum(['en', 'zh']).nullable().default(null),
  theme: z.enum(['system', 'light', 'dark']).default('system'),
  /** The confidence lens where it was left, whole 0..100. */
  lens: z.number().int().min(0).max(100).default(50),
  /** Row height of the grid as an index into 96, 140, 200, 280, 400 pixels. */
  zoom: z.number().int().min(0).max(4).default(2),
  /**
   * What the window showed last, and where the person stood in it, as the window writes it: the part of an
   * address from `#` on. Empty: nothing yet.
   */
  view: z.string().max(LONGEST_VIEW).default(''),
  /** Pixels. */
  sidebarWidth: z.number().int().min(200).max(360).default(248),
  /** Parts of the library pane that the person opened (true) or closed; the others are open. */
  'sidebar.sections': z
    .record(z.string().max(200), z.boolean())
    .refine((sections) => Object.keys(sections).length <= 500)
    .default({}),
  inspectorOpen: z.boolean().default(true),
  /** Reading photos is paused by the person. */
  indexingPaused: z.boolean().default(false),
  /** Minutes between rescans where the watcher is healthy. */
  'rescan.watchedMinutes': z.number().int().min(1).max(10_080).default(60),
  /** Minutes between rescans where the watcher cannot serve. */
  'rescan.timedMinutes': z.number().int().min(1).max(10_080).default(10),
  /** Minutes between rescans of network folders. */
  'rescan.networkMinutes': z.number().int().min(1).max(10_080).default(60),
  /** Decode workers; 0 means one for each core. */
  'imaging.workers': z.number().int().min(0).max(64).default(0),
  /** Preview cache, megabytes (10^6 bytes). */
  'imaging.previewCacheMb': z.number().int().min(50).max(100_000).default(2000),
  /** The person agreed that keys are kept in a file where there is no keychain. */
  'secrets.keepInFile': z.boolean().default(false),
  'tencent.appId': text,
  'tencent.bucket': text,
  /** Replaces scheme, host and port of the four services; empty: theirs. */
  'tencent.endpoint': text,
  'huawei.authentication': z.enum(['keys', 'token']).default('keys'),
  'huawei.projectId': text,
  'huawei.region': text,
  'huawei.endpoint': text,
  'huawei.user': text,
  'huawei.domain': text,
  'huawei.iamEndpoint': text,
  'tencent-tag.transport': transport('json'),
  'tencent-classify.transport': transport('multipart'),
  'tencent-porn.transport': transport('multipart'),
  /** Up to 20 pictures a request, as one page of the service's documents claims. */
  'tencent-porn.batch': z.boolean().default(false),
  'huawei-tagging.language': z.enum(['zh', 'en']).default('zh'),
  /** The service leaves out tags below this confidence. */
  'huawei-tagging.threshold': z.number().min(0).max(100).default(0),
  /** Most tags of a picture. */
  'huawei-tagging.limit': z.number().int().min(1).max(150).default(150),
  /** Sensitive photos are blurred until they are clicked. */
  'sensitive.blur': z.boolean().default(true),
  /** From this confidence on, whole 0..100. */
  'sensitive.threshold': z.number().int().min(0).max(100).default(80),
  /** Labels that count besides those that always do. */
  'sensitive.extras': z.array(z.enum(SENSITIVE_EXTRAS)).default([]),
  ...serviceShapes,
});

export type Settings = z.infer<typeof settingsSchema>;
export type SettingKey = keyof Settings;

export const SETTING_KEYS = Object.keys(settingsSchema.shape) as readonly SettingKey[];
export const DEFAULT_SETTINGS: Settings = settingsSchema.parse({});

/** One of the settings that every service has. */
export function serviceSetting<Name extends ServiceSettingName>(
  settings: Settings,
  id: ServiceId,
  name: Name,
): z.infer<ServiceShape[Name]> {
  const key: `${ServiceId}.${ServiceSettingName}` = `${id}.${name}`;
  return settings[key] as z.infer<ServiceShape[Name]>;
}
