/** Tables for other programs: RFC 4180, in UTF-8. */

/** A spreadsheet would run a cell that begins like this as a formula. */
const FORMULA = /^[=+\-@\t\r\n＝＋－＠]/u;
/** Where the system's own separator is another one, a cell begins in the middle of ours. */
const INNER_FORMULA = /([;\t])(?=[=+\-@＝＋－＠])/gu;

/** Lines that end in CR LF, the first with the names. */
export function csv(
  names: readonly string[],
  rows: readonly (readonly (string | number | null)[])[],
): string {
  return csvLines([names, ...rows]);
}

/** Lines without names, to follow others. */
export function csvLines(rows: readonly (readonly (string | number | null)[])[]): string {
  return rows.map((row) => `${row.map(cell).join(',')}\r\n`).join('');
}

/** Numbers are numbers, also negative ones; only texts can be formulas. */
function cell(value: string | number | null): string {
  if (value === null) return '';
  if (typeof value === 'number') return String(value);
  const inner = value.replace(INNER_FORMULA, "$1'");
  const safe = FORMULA.test(inner) ? `'${inner}` : inner;
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}
