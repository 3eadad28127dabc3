/** The program under load: the browser door as a process of its own, and calls over its private socket. */
import { readFileSync } from 'node:fs';
import { connectHolder, type Remote } from '../../app/remote.ts';
import { type Door, type Place, startDoor } from '../e2e/door.ts';

export type Engine = {
  readonly door: Door;
  readonly client: Remote['client'];
  readonly pid: number;
  /** Aborted once it is gone. */
  readonly gone: AbortSignal;
  /** From its start until it answered. */
  readonly startedWithinMs: number;
  /** As a power cut does. */
  kill(): Promise<void>;
  stop(): Promise<void>;
};

const ANSWERS_WITHIN_MS = 60_000;

export async function startEngine(
  place: Place,
  environment: Readonly<Record<string, string>>,
): Promise<Engine> {
  const before = performance.now();
  const door = await startDoor(place, { environment });
  try {
    const remote = await connectHolder(place.libraryPath, ANSWERS_WITHIN_MS);
    return {
      door,
      client: remote.client,
      pid: remote.holder.pid,
      gone: remote.gone,
      startedWithinMs: performance.now() - before,
      async kill() {
        // Both at once: the door would start the engine again, and the engine would close in good order.
        const ended = door.kill();
        endHolder(remote.holder.pid, place.libraryPath);
        await ended;
        remote.close();
      },
      async stop() {
        remote.close();
        await door.stop();
      },
    };
  } catch (error) {
    await door.kill();
    throw error;
  }
}

/** Ends the process that holds a library as a power cut does, unless its number has another owner by now. */
export function endHolder(pid: number, libraryPath: string): void {
  try {
    if (process.platform === 'linux') {
      const command = readFileSync(`/proc/${pid}/cmdline`, 'utf8');
      if (!command.includes(libraryPath)) return;
    }
    process.kill(pid, 'SIGKILL');
  } catch {
    // It is gone already.
  }
}

/** Resident memory of a process in bytes; null where the system does not tell, or it is gone. */
export function residentBytes(pid: number): number | null {
  try {
    const kilobytes = /VmRSS:\s*(\d+) kB/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1];
    return kilobytes === undefined ? null : Number(kilobytes) * 1024;
  } catch {
    return null;
  }
}
