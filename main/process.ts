/**
 * The engine as a process of its own, for a door that is no plain Node. It is told its library and the
 * window's files as arguments, says where it answers in one line of JSON, and ends with its parent.
 */
import { parseArgs } from 'node:util';
import { type Host, openHost } from '../app/host.ts';
import { serializeError } from '../shared/errors.ts';
import { createParentVault } from './parentVault.ts';
import type { Vault } from './secrets.ts';

const { values } = parseArgs({
  options: {
    library: { type: 'string' },
    renderer: { type: 'string' },
    /** The parent keeps keys in the system's keychain. */
    vault: { type: 'boolean', default: false },
  },
});

/** Any status but 0 would do: the parent only sees that it ended. */
const RESTART_STATUS = 75;

let host: Host | null = null;
let ending = false;

async function end(status: number): Promise<void> {
  if (ending) return;
  ending = true;
  await host?.close();
  process.exit(status);
}

process.once('disconnect', () => void end(0));
process.once('SIGTERM', () => void end(0));
// Ctrl-C in a terminal reaches every process of the group; the parent decides when this one ends.
process.on('SIGINT', () => undefined);

/** Keys go through the channel between the two processes and never over the socket. */
function parentVault(): Vault {
  return createParentVault({
    send: (message) => {
      if (process.connected) process.send?.(message);
    },
    onMessage: (listener) => process.on('message', listener),
  });
}

try {
  if (!values.library || !values.renderer) throw new Error('--library and --renderer are needed.');
  host = await openHost({
    libraryPath: values.library,
    rendererPath: values.renderer,
    live: true,
    vault: values.vault ? parentVault() : null,
    // The parent starts it again, and asks for its new token.
    restart: () => void end(RESTART_STATUS),
  });
  const { token } = host.engine;
  process.stdout.write(
    `${JSON.stringify({ kind: 'ready', socketPath: host.socket.path, token })}\n`,
  );
} catch (error) {
  process.stdout.write(`${JSON.stringify({ kind: 'failed', error: serializeError(error) })}\n`);
  await end(1);
}
