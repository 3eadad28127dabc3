/**
 * Asks the registry for known holes in what ships. A registry that has no such service is no finding; a
 * finding of high or critical weight fails.
 */
import { spawnSync } from 'node:child_process';
import { readAudit } from './readAudit.ts';

const ran = spawnSync('npm', ['audit', '--omit=dev', '--audit-level=high', '--json'], {
  encoding: 'utf8',
  shell: process.platform === 'win32',
  timeout: 120_000,
});
const { failed, text } = readAudit(ran.stdout ?? '', ran.status);
process.stdout.write(`${text}\n`);
process.exit(failed ? 1 : 0);
