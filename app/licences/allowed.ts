/** Terms under which Tagroll may ship the work of others. Each was read once; a new one wants a decision. */
const ALLOWED: ReadonlySet<string> = new Set([
  '0BSD',
  'Apache-2.0',
  'Artistic-1.0-Perl',
  'blessing',
  'BSD-2-Clause',
  'BSD-3-Clause',
  'CC0-1.0',
  'FTL',
  'HPND',
  'IJG',
  'ISC',
  // Only as libraries that are replaceable files of their own.
  'LGPL-3.0',
  'LGPL-3.0-or-later',
  'libpng-2.0',
  'libtiff',
  'MIT',
  // Cairo, likewise a library of its own.
  'MPL-1.1',
  'Zlib',
]);

/** Whether an SPDX expression can be met: one of the choices of an `OR`, every part of an `AND`. */
export function isAllowed(expression: string): boolean {
  const plain = expression.replace(/[()]/g, ' ').trim();
  return plain
    .split(/\s+OR\s+/)
    .some((choice) => choice.split(/\s+AND\s+/).every((part) => ALLOWED.has(part.trim())));
}
