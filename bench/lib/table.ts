/** The one table that is printed at the end. */

/** A line of the table. Without a bar it is information. */
export type Row = {
  readonly section: string;
  readonly name: string;
  /** Null: it could not be measured, and `note` says why. */
  readonly measured: number | null;
  readonly unit: Unit;
  readonly bar?: Bar;
  readonly note?: string;
};

export type Unit = 's' | 'ms' | '/s' | 'x' | 'MB' | '%' | '';

export type Bar = {
  readonly kind: 'at most' | 'at least';
  readonly value: number;
  /** What we would like beyond the bar. */
  readonly goal?: number;
  /** The figure is of a machine whose bare loop makes 44 thumbnails a second. */
  readonly scaled?: boolean;
};

const HEADINGS = ['section', 'measurement', 'measured', 'scaled', 'bar', '', 'note'];
const RIGHT = new Set([2, 3, 4]);

/** `factor` is this machine's speed: 2 is twice as fast as the one that the bars are for. */
export function formatTable(rows: readonly Row[], factor: number): string {
  const lines = [HEADINGS, ...rows.map((row) => cells(row, factor))];
  const widths = HEADINGS.map((_, column) =>
    lines.reduce((most, line) => Math.max(most, (line[column] ?? '').length), 0),
  );
  const text = lines.map((line) =>
    line
      .map((cell, column) => {
        const width = widths[column] ?? 0;
        return RIGHT.has(column) ? cell.padStart(width) : cell.padEnd(width);
      })
      .join('  ')
      .trimEnd(),
  );
  const [heading = '', ...rest] = text;
  return [heading, widths.map((width) => '-'.repeat(width)).join('  '), ...rest].join('\n');
}

function cells(row: Row, factor: number): string[] {
  const scaled = row.measured !== null && row.bar?.scaled ? scale(row, factor) : null;
  return [
    row.section,
    row.name,
    row.measured === null ? '–' : amount(row.measured, row.unit),
    scaled === null ? '' : amount(scaled, row.unit),
    row.bar ? barText(row.bar, row.unit) : '',
    row.bar ? verdict(row.bar, scaled ?? row.measured) : '',
    row.note ?? '',
  ];
}

/** A machine twice as fast takes half the time, and makes twice as many. */
function scale({ measured, unit }: Row, factor: number): number {
  const value = measured ?? Number.NaN;
  return unit === '/s' ? value / factor : value * factor;
}

function barText(bar: Bar, unit: Unit): string {
  const sign = bar.kind === 'at most' ? '≤' : '≥';
  const goal = bar.goal === undefined ? '' : ` (goal ${bar.goal.toFixed(2)})`;
  return `${sign} ${bar.value}${unit === 'x' ? '' : ` ${unit}`.trimEnd()}${goal}`;
}

/** Whether a value, scaled where its bar asks for it, is within the bar. */
export function verdict(bar: Bar, value: number | null): 'met' | 'MISSED' | 'not measured' {
  if (value === null || Number.isNaN(value)) return 'not measured';
  const met = bar.kind === 'at most' ? value <= bar.value : value >= bar.value;
  return met ? 'met' : 'MISSED';
}

function amount(value: number, unit: Unit): string {
  if (unit === '') return String(value);
  const digits = unit === 's' || unit === 'x' ? 2 : Math.abs(value) < 100 ? 1 : 0;
  return `${value.toFixed(digits)}${unit === 'x' ? '' : ` ${unit}`}`;
}
