/** Figures as people read them on a terminal. */

/** "1,234.5". */
export function number(value: number): string {
  return value.toLocaleString('en');
}

/** "27 s", "12 min", "1.5 h". */
export function duration(seconds: number): string {
  if (seconds < 90) return `${Math.ceil(seconds)} s`;
  if (seconds < 5400) return `${Math.round(seconds / 60)} min`;
  return `${Math.round(seconds / 360) / 10} h`;
}

/** "CNY 1.50"; small sums keep the digits that say something. */
export function moneyText(amount: number, currency: string): string {
  const digits = amount !== 0 && Math.abs(amount) < 1 ? 4 : 2;
  return `${currency} ${amount.toLocaleString('en', { minimumFractionDigits: 2, maximumFractionDigits: digits })}`;
}

/** "80 MB" (a megabyte is 10^6 bytes). */
export function sizeText(bytes: number): string {
  if (bytes < 1000) return `${bytes} bytes`;
  if (bytes < 1e6) return `${number(Math.round(bytes / 1000))} kB`;
  return bytes < 1e9
    ? `${number(Math.round(bytes / 1e5) / 10)} MB`
    : `${number(Math.round(bytes / 1e8) / 10)} GB`;
}
