/** Adds up what the two test runners counted: the last line is `N passed, N failed`. */
import { existsSync, readFileSync } from 'node:fs';

type UnitReport = { numPassedTests: number; numFailedTests: number; numPendingTests: number };
type BrowserReport = {
  stats: { expected: number; unexpected: number; flaky: number; skipped: number };
};

const [unitPath = '', browserPath = ''] = process.argv.slice(2);
let passed = 0;
let failed = 0;
let skipped = 0;

if (existsSync(unitPath)) {
  const unit = JSON.parse(readFileSync(unitPath, 'utf8')) as UnitReport;
  passed += unit.numPassedTests;
  failed += unit.numFailedTests;
  skipped += unit.numPendingTests;
} else {
  process.stdout.write('The unit tests left no report.\n');
  failed += 1;
}
if (existsSync(browserPath)) {
  const { stats } = JSON.parse(readFileSync(browserPath, 'utf8')) as BrowserReport;
  passed += stats.expected + stats.flaky;
  failed += stats.unexpected;
  skipped += stats.skipped;
} else {
  process.stdout.write('The browser tests left no report.\n');
  failed += 1;
}
if (skipped > 0) process.stdout.write(`${skipped} skipped, each with its reason above.\n`);
process.stdout.write(`${passed} passed, ${failed} failed\n`);
process.exitCode = failed > 0 ? 1 : 0;
