/** Pictures of things with words on them. */
import { createRandom } from './random.ts';
import type { Frame } from './scenes.ts';

/** A page of text: lines of grey words, as a scanner sees them. */
export function page({ width, height, seed }: Frame): string {
  const random = createRandom(seed);
  const margin = width * 0.12;
  let words = '';
  for (let y = height * 0.12, line = 0; y < height * 0.88; y += height * 0.022, line += 1) {
    if (line % 9 === 8) continue;
    const end = line % 9 === 7 ? width * 0.55 : width - margin;
    for (let x = margin; x < end; ) {
      const length = Math.min(random.between(0.02, 0.09) * width, end - x);
      words += `<rect x="${x.toFixed(1)}" y="${y.toFixed(1)}" width="${length.toFixed(1)}" height="${(height * 0.009).toFixed(1)}" fill="#2b2b2b"/>`;
      x += length + width * 0.012;
    }
  }
  return `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}"><rect width="${width}" height="${height}" fill="#fbfaf5"/><rect x="${margin}" y="${height * 0.07}" width="${width * 0.4}" height="${height * 0.02}" fill="#111"/>${words}</svg>`;
}

/** A program's window: flat colours, sharp edges, no noise. */
export function screenshot({ width, height, seed }: Frame): string {
  const random = createRandom(seed);
  let cells = '';
  for (let row = 0; row < 8; row += 1) {
    cells += `<rect x="300" y="${130 + row * 84}" width="${width - 360}" height="64" rx="8" fill="#ffffff"/><circle cx="340" cy="${162 + row * 84}" r="16" fill="${random.pick(['#3b82f6', '#10b981', '#f59e0b', '#ef4444'])}"/><rect x="380" y="${146 + row * 84}" width="${random.between(200, 520)}" height="10" fill="#374151"/><rect x="380" y="${168 + row * 84}" width="${random.between(300, 760)}" height="8" fill="#9ca3af"/>`;
  }
  const side = Array.from(
    { length: 9 },
    (_, row) =>
      `<rect x="28" y="${120 + row * 44}" width="${random.between(90, 190)}" height="10" fill="#cbd5e1"/>`,
  ).join('');
  return `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}"><rect width="${width}" height="${height}" fill="#f3f4f6"/><rect width="${width}" height="56" fill="#1f2937"/><rect x="24" y="22" width="160" height="12" fill="#f9fafb"/><rect y="56" width="256" height="${height}" fill="#334155"/>${side}${cells}</svg>`;
}
