/**
 * The engine as a process of its own, for a door that is no plain Node. It is told its library and the
 * window's files as arguments, says where it answers in one line of JSON, and ends with its parent.
 */
import { parseArgs } from 'node:util';
import { RESTART_STATUS } from '../app/engineMessages.ts';
import { followParent } from '../app/handedDoor.ts';
import { type Host, openHost } from '../app/host.ts';
import { serializeError } from '../shared/errors.ts';
import { createParentVault } from './parentVault.ts';
import type { Vault } from './secrets.ts';
import { endProcess } from './stuck.ts';

const { values } = parseArgs({
  options: {
    library: { type: 'string' },
    renderer: { type: 'string' },
    /** The parent keeps keys in the system's keychain. */
    vault: { type: 'boolean', default: false },
    /** How the one before ended, where it did not mean to, and why. */
    after: { type: 'string' },
    reason: { type: 'string' },
  },
});

const door = followParent(process);
let host: Host | null = null;
let ending = false;

async function end(status: number): Promise<void> {
  if (ending) return;
  ending = true;
  if (host) await door.close();
  await host?.close();
  endProcess(status);
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
    isRestart: values.after !== undefined,
  });
  if (values.after) {
    host.logger.warn('engine started again', { after: values.after, reason: values.reason });
  }
  door.serve(host);
  const { token } = host.engine;
  process.stdout.write(
    `${JSON.stringify({ kind: 'ready', socketPath: host.socket.path, token })}\n`,
  );
} catch (error) {
  process.stdout.write(`${JSON.stringify({ kind: 'failed', error: serializeError(error) })}\n`);
  await end(1);
}
