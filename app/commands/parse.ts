/** From the words that were typed to what they ask for. */
import { type Command as Commander, CommanderError } from 'commander';
import { TagrollError } from '../../shared/errors.ts';
import { queryLast } from './arguments.ts';
import { createProgram, type GlobalOptions, type Request } from './program.ts';

export type Parsed =
  | { readonly kind: 'request'; readonly request: Request; readonly options: GlobalOptions }
  /** `--help` or `--version`: what to print. */
  | { readonly kind: 'information'; readonly text: string };

/** Throws a `TagrollError` with code `usage` when the words make no sense. */
export function parseCommandLine(words: readonly string[], version: string): Parsed {
  let request: Request | null = null;
  let printed = '';
  let complaint = '';
  const program = createProgram(version, (asked) => {
    request = asked;
  });
  for (const command of withChildren(program)) {
    command.exitOverride().configureOutput({
      writeOut: (text) => {
        printed += text;
      },
      writeErr: (text) => {
        complaint += text;
      },
    });
  }
  try {
    program.parse(queriesLast(words, program), { from: 'user' });
  } catch (error) {
    if (!(error instanceof CommanderError)) throw error;
    if (error.exitCode === 0) return { kind: 'information', text: printed };
    const text = error.code === 'commander.help' ? complaint : error.message;
    throw new TagrollError('usage', usageText(text), {}, error);
  }
  if (!request) throw new TagrollError('usage', usageText('error: name a command'));
  return { kind: 'request', request, options: program.opts<GlobalOptions>() };
}

/** Whether `--json` was asked for, even where the rest makes no sense. */
export function asksForJson(words: readonly string[]): boolean {
  const end = words.indexOf('--');
  return words.slice(0, end < 0 ? words.length : end).includes('--json');
}

function usageText(text: string): string {
  const short = text.trim().replace(/^error: /, '');
  return short.includes('Usage:')
    ? short
    : `${short}. "tagroll --help" lists the commands.`.replace('..', '.');
}

/** For commands that take a query, a word with a leading `-` that is no option is the query. */
function queriesLast(words: readonly string[], program: Commander): readonly string[] {
  let index = 0;
  while (words[index]?.startsWith('-')) index += words[index] === '--library' ? 2 : 1;
  const command = program.commands.find((candidate) => candidate.name() === words[index]);
  if (command?.registeredArguments[0]?.name() !== 'query') return words;
  return [...words.slice(0, index + 1), ...queryLast(words.slice(index + 1), command)];
}

function withChildren(command: Commander): readonly Commander[] {
  return [command, ...command.commands.flatMap(withChildren)];
}
