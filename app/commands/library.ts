/** `label`, `settings` and `check`. */
import { TagrollError } from '../../shared/errors.ts';
import type { LabelAction } from '../../shared/model.ts';
import { ACCOUNT_FIELDS } from '../../shared/services.ts';
import { type SettingKey, type Settings, settingsSchema } from '../../shared/settings.ts';
import { type Command, counted } from './command.ts';
import { table } from './table.ts';

const DONE: Readonly<Record<LabelAction, string>> = {
  add: 'tagged',
  remove: 'untagged',
  reject: 'marked as not',
};

/** Adds, removes or rejects a tag on every photo of a query. */
export function labelPhotos(action: LabelAction, tag: string, query: string): Command {
  return async ({ client, signal }) => {
    const { photos, undo } = await client.tags.label(
      { action, tag, language: /\p{Script=Han}/u.test(tag) ? 'zh' : 'en', target: { query } },
      { signal },
    );
    return {
      json: { photos, undo },
      text: `${counted(photos, 'photo')} ${DONE[action]} "${tag}".`,
    };
  };
}

/** Shows all settings or one, or changes one. */
export function settings(key: string | undefined, value: string | undefined): Command {
  return async ({ client }) => {
    if (key !== undefined) assertNoSecret(key);
    const { settings: all } =
      key !== undefined && value !== undefined
        ? await client.settings.set({ key, value: parseValue(key, value) })
        : await client.settings.get();
    const shown = key === undefined ? all : pick(all, key);
    const rows = Object.entries(shown).map(([name, stored]) => [name, JSON.stringify(stored)]);
    return {
      json: { settings: shown },
      text: table([{ title: 'Setting' }, { title: 'Value' }], rows),
    };
  };
}

/** Looks whether the library is sound, and repairs what it can. */
export const checkLibrary: Command = async ({ client, signal }) => {
  const { ok, problems } = await client.library.check(undefined, { signal });
  const rows = problems.map(({ code, message, repaired }) => [
    repaired ? 'repaired' : 'open',
    code,
    message,
  ]);
  const columns = [{ title: 'State' }, { title: 'Problem' }, { title: 'Detail' }];
  return {
    json: { ok, problems },
    text: problems.length === 0 ? 'The library is sound.' : table(columns, rows),
    hasFailures: problems.some((problem) => !problem.repaired),
  };
};

function pick(all: Settings, key: string): Partial<Settings> {
  const found = Object.entries(all).filter(([name]) => name === key);
  if (found.length === 0) {
    throw new TagrollError(
      'setting_unknown',
      `There is no setting ${key}. There are: ${Object.keys(all).join(', ')}.`,
      { key },
    );
  }
  return Object.fromEntries(found);
}

/** A key on a command line can be read by every user of the machine, and stays in the shell's memory. */
function assertNoSecret(key: string): void {
  const isSecret = Object.entries(ACCOUNT_FIELDS).some(([account, { secret }]) =>
    secret.some((field) => key === `${account}.${field}`),
  );
  if (!isSecret) return;
  throw new TagrollError(
    'setting_unknown',
    `${key} is a key and no setting. Enter it in the window under Settings, Services, or set its variable in the environment.`,
    { key },
  );
}

/**
 * `true`, `null`, numbers and lists are what they look like, where the setting takes them; anything else is
 * text, such as an account's number.
 */
function parseValue(key: string, text: string): unknown {
  const parsed = parseJson(text);
  if (parsed === undefined) return text;
  const schema = settingsSchema.shape[key as SettingKey] ?? null;
  const isText = typeof parsed === 'number' && schema !== null && !schema.safeParse(parsed).success;
  return isText && schema.safeParse(text).success ? text : parsed;
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
