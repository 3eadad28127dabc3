/** Reads what was typed the way CLI users expect a query language with a leading `-` to be read. */
import { type Command, InvalidArgumentError, type Option } from 'commander';

/**
 * Puts the options that `command` knows first and everything else behind `--`, so that a query such as
 * `-has:gps` is no unknown option. `words` are those after the command's name.
 */
export function queryLast(words: readonly string[], command: Command): readonly string[] {
  const known = knownOptions(command);
  const options: string[] = [];
  const positionals: string[] = [];
  for (let index = 0; index < words.length; index += 1) {
    const word = words[index] ?? '';
    if (word === '--') {
      positionals.push(...words.slice(index + 1));
      break;
    }
    const option = known.get(word.startsWith('--') ? (word.split('=')[0] ?? word) : word);
    if (!option) {
      positionals.push(word);
      continue;
    }
    options.push(word);
    const value = words[index + 1];
    if (option.required && !word.includes('=') && value !== undefined) {
      options.push(value);
      index += 1;
    }
  }
  return positionals.length === 0 ? options : [...options, '--', ...positionals];
}

function knownOptions(command: Command): ReadonlyMap<string, Pick<Option, 'required'>> {
  const known = new Map<string, Pick<Option, 'required'>>([
    ['-h', { required: false }],
    ['--help', { required: false }],
  ]);
  for (let at: Command | null = command; at; at = at.parent) {
    for (const option of at.options) {
      if (option.short) known.set(option.short, option);
      if (option.long) known.set(option.long, option);
    }
  }
  return known;
}

/** A reader of whole numbers from `low` to `high`. */
export function wholeNumber(low: number, high: number): (text: string) => number {
  return (text) => {
    const value = Number(text);
    if (!/^\d+$/.test(text) || value < low || value > high) {
      throw new InvalidArgumentError(`It must be a whole number from ${low} to ${high}.`);
    }
    return value;
  };
}
