/** Texts of others in a table that a spreadsheet opens. */
import { describe, expect, it } from 'vitest';
import { csv } from '../../shared/csv.ts';

/** The cell as it is written. */
function cell(text: string): string {
  return csv(['name'], [[text]]).slice('name\r\n'.length, -2);
}

describe('who names a file or a tag like a formula', () => {
  it('hopes that a spreadsheet runs it: the cell begins with a quote', () => {
    for (const text of [
      '=1+1',
      '+1',
      '-1+cmd',
      '@SUM(1)',
      '\t=1',
      '\r=1',
      '\n=1',
      '＝1',
      '＋1',
      '－1',
      '＠x',
    ]) {
      expect(cell(text).replace(/^"/, ''), text).toMatch(/^'/);
    }
    expect(cell('=HYPERLINK("https://evil.example","x")')).toBe(
      '"\'=HYPERLINK(""https://evil.example"",""x"")"',
    );
  });

  it('hopes for a system whose separator is another one: nothing in the cell begins a formula there', () => {
    for (const separator of [';', '\t']) {
      for (const text of [
        `x${separator}=1+1`,
        `x${separator}@SUM(1)`,
        `a${separator}b${separator}+1`,
      ]) {
        const parts = cell(text).replaceAll('"', '').split(separator);
        expect(
          parts.filter((part) => /^[=+\-@]/.test(part)),
          text,
        ).toEqual([]);
      }
    }
  });

  it('hopes to leave its cell: quotes, commas and line ends stay inside', () => {
    expect(csv(['a', 'b'], [['x","=1', 'y\r\n=2,3']])).toBe('a,b\r\n"x"",""=1","y\r\n=2,3"\r\n');
  });

  it('has an honest name: it is written as it is', () => {
    expect(csv(['a', 'b', 'c'], [['1-2 a=b.jpg', -5, null]])).toBe('a,b,c\r\n1-2 a=b.jpg,-5,\r\n');
  });
});
