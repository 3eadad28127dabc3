/** The command line: `npm run -s tagroll -- <command>`. */
import { endProcess } from '../main/stuck.ts';
import { runCommandLine } from './commands/run.ts';

process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  // Whoever read the output (such as `head`) has seen enough.
  if (error.code === 'EPIPE') process.exit(0);
  throw error;
});

const status = await runCommandLine(process.argv.slice(2));
// Everything is written and closed: a handle that somebody forgot must not keep the shell waiting.
endProcess(status);
