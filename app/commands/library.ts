/** `label`, `settings` and `check`. */
import { TagrollError } from '../../shared/errors.ts';
import type { LabelAction } from '../../shared/model.ts';
import type { Settings } from '../../shared/settings.ts';
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
    const { settings: all } =
      key !== undefined && value !== undefined
        ? await client.settings.set({ key, value: parseValue(value) })
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

/** `true`, `null` and numbers are what they look like; anything else is text. */
function parseValue(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}
