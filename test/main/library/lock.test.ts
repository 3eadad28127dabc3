import { fork } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { acquireLibrary, readHolder } from '../../../main/library/lock.ts';
import { NOW } from '../../helpers/library.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'tagroll-lock-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

describe('acquireLibrary', () => {
  it('lets one in and tells the next who it is and since when', () => {
    const lock = acquireLibrary(folder, () => NOW);
    expect(() => acquireLibrary(folder, () => NOW)).toThrow(
      expect.objectContaining({
        code: 'library_locked',
        data: { path: folder, pid: process.pid, since: new Date(NOW).toISOString() },
      }) as Error,
    );
    lock.release();
    acquireLibrary(folder, () => NOW).release();
  });

  it('publishes where the holder answers, and forgets it at the end', () => {
    const lock = acquireLibrary(folder, () => NOW);
    expect(readHolder(folder)).toMatchObject({ socketPath: null, token: lock.token });
    lock.publish('/run/tagroll/engine.sock');
    expect(readHolder(folder)?.socketPath).toBe('/run/tagroll/engine.sock');
    lock.release();
    expect(readHolder(folder)).toBeNull();
  });

  it('is free again after the holder was killed', async () => {
    const script = join(folder, 'hold.ts');
    const lockModule = JSON.stringify(join(import.meta.dirname, '../../../main/library/lock.ts'));
    writeFileSync(
      script,
      `import { acquireLibrary } from ${lockModule};
       acquireLibrary(${JSON.stringify(folder)}, Date.now);
       process.send('held');
       setInterval(() => {}, 1000);`,
    );
    const child = fork(script, { execArgv: [] });
    await once(child, 'message');
    expect(() => acquireLibrary(folder, () => NOW)).toThrow(`process ${child.pid}`);
    child.kill('SIGKILL');
    await once(child, 'exit');
    const lock = acquireLibrary(folder, () => NOW);
    expect(readHolder(folder)?.pid).toBe(process.pid);
    lock.release();
  });
});
