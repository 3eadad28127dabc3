import { TagrollError } from '../../shared/errors.ts';
import {
  DEFAULT_SETTINGS,
  SETTING_KEYS,
  type SettingKey,
  type Settings,
  settingsSchema,
} from '../../shared/settings.ts';
import type { ChangeLog } from './changes.ts';
import { all, get, type ReadableDB, run, type WritableDB } from './database.ts';

/** All settings; stored ones that no longer parse are as if they were not there. */
export function readSettings(db: ReadableDB): Settings {
  const settings: Record<string, unknown> = { ...DEFAULT_SETTINGS };
  for (const row of all<{ key: string; value: string }>(db, 'SELECT key, value FROM setting')) {
    const key = row.key as SettingKey;
    if (!SETTING_KEYS.includes(key)) continue;
    const parsed = settingsSchema.shape[key].safeParse(parseJson(row.value));
    if (parsed.success) settings[key] = parsed.data;
  }
  return settings as Settings;
}

/** One setting; a stored one that no longer parses is as if it were not there. */
export function readSetting<Key extends SettingKey>(db: ReadableDB, key: Key): Settings[Key] {
  const row = get<{ value: string }>(db, 'SELECT value FROM setting WHERE key = ?', key);
  const parsed = row && settingsSchema.shape[key].safeParse(parseJson(row.value));
  return (parsed?.success ? parsed.data : DEFAULT_SETTINGS[key]) as Settings[Key];
}

/** Writes one setting. Throws `setting_unknown` or `setting_invalid`, which say what is allowed. */
export function setSetting(
  db: WritableDB,
  input: { readonly key: string; readonly value: unknown },
  changes: ChangeLog,
): void {
  const key = input.key as SettingKey;
  if (!SETTING_KEYS.includes(key)) {
    throw new TagrollError(
      'setting_unknown',
      `There is no setting "${input.key}". Known settings: ${SETTING_KEYS.join(', ')}.`,
      { key: input.key },
    );
  }
  const parsed = settingsSchema.shape[key].safeParse(input.value);
  if (!parsed.success) {
    const reason = parsed.error.issues[0]?.message ?? 'it is not valid';
    throw new TagrollError('setting_invalid', `The setting "${key}" cannot be set: ${reason}.`, {
      key,
      reason,
    });
  }
  run(
    db,
    'INSERT INTO setting (key, value) VALUES (?, ?) ON CONFLICT (key) DO UPDATE SET value = excluded.value',
    key,
    JSON.stringify(parsed.data),
  );
  // Written while a person scrolls, for the next start: no window has to know of it now.
  if (key !== 'view') changes.settings();
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
