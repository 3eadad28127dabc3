import { z } from 'zod';

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
  /** Pixels. */
  sidebarWidth: z.number().int().min(200).max(360).default(248),
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
});

export type Settings = z.infer<typeof settingsSchema>;
export type SettingKey = keyof Settings;

export const SETTING_KEYS = Object.keys(settingsSchema.shape) as readonly SettingKey[];
export const DEFAULT_SETTINGS: Settings = settingsSchema.parse({});
