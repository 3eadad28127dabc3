/** Which numbers a field takes. */
export type NumberRule = {
  readonly minimum: number;
  readonly maximum: number;
  readonly whole: boolean;
  /** An empty field means that there is none, such as no cap. */
  readonly optional: boolean;
};

/** What was typed: a number, nothing where that is allowed, or why it is neither. */
export type ReadNumber =
  | { readonly value: number | null }
  | { readonly problem: 'number' | 'whole' | 'range' };

/** Numbers with a decimal point, and with commas or spaces between thousands, in any width. */
const NUMBER = /^\d+(?:\.\d+)?$|^\.\d+$/;
const GROUPED = /^\d{1,3}(?:[,\s'’]\d{3})+(?:\.\d+)?$/;

export function readNumber(text: string, rule: NumberRule): ReadNumber {
  const typed = text.normalize('NFKC').trim();
  if (typed === '') return rule.optional ? { value: null } : { problem: 'number' };
  const plain = GROUPED.test(typed) ? typed.replace(/[,\s'’]/g, '') : typed;
  if (!NUMBER.test(plain)) return { problem: /^-\s*[\d.]+$/.test(plain) ? 'range' : 'number' };
  const value = Number(plain);
  if (value < rule.minimum || value > rule.maximum) return { problem: 'range' };
  if (rule.whole && !Number.isInteger(value)) return { problem: 'whole' };
  return { value };
}

/** The number as it is typed. */
export function writeNumber(value: number | null): string {
  if (value === null) return '';
  // Never `1e-7`: that could not be read again.
  return value.toLocaleString('en-US', { useGrouping: false, maximumFractionDigits: 10 });
}
