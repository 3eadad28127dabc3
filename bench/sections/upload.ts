/** Making pictures ready for a service, against a loop that only resizes and encodes once. */
import type { BareUploadTable } from '../bareUpload.ts';
import { startAsked } from '../lib/asking.ts';
import { AT_ONCE, type Bench } from '../lib/bench.ts';
import { median } from '../lib/statistics.ts';
import type { Row } from '../lib/table.ts';
import type { UploadTable } from '../uploadProcess.ts';

const ROUNDS = 3;
const SIDE_PIXELS = 2048;
/** Photos a round: one takes five times as long as a thumbnail. */
const PHOTOS = 60;
const WARM_UP_PHOTOS = 6;

export async function upload(bench: Bench): Promise<readonly Row[]> {
  const files = bench.photos.files.slice(0, PHOTOS);
  const warmUp = files.slice(0, WARM_UP_PHOTOS);
  const bare: number[] = [];
  const ours: number[] = [];
  let encodes: Record<number, number> = {};
  for (let round = 1; round <= ROUNDS; round += 1) {
    const loop = startAsked<BareUploadTable>(new URL('../bareUpload.ts', import.meta.url));
    const workers = startAsked<UploadTable>(new URL('../uploadProcess.ts', import.meta.url));
    try {
      await loop.ask('run', { files: warmUp, sidePixels: SIDE_PIXELS, atOnce: AT_ONCE });
      const alone = await loop.ask('run', { files, sidePixels: SIDE_PIXELS, atOnce: AT_ONCE });
      bare.push(files.length / alone.seconds);
      await workers.ask('run', { files: warmUp, sidePixels: SIDE_PIXELS });
      const made = await workers.ask('run', { files, sidePixels: SIDE_PIXELS });
      ours.push(files.length / made.seconds);
      encodes = made.encodes;
    } finally {
      await loop.stop();
      await workers.stop();
    }
    bench.say(
      `  round ${round}: bare ${bare.at(-1)?.toFixed(1)}/s, ours ${ours.at(-1)?.toFixed(1)}/s`,
    );
  }
  const ratios = ours.map((rate, round) => rate / (bare[round] ?? Number.NaN));
  const counts = Object.entries(encodes).map(([times, photos]) => `${photos} × ${times}`);
  const section = 'upload';
  return [
    { section, name: 'bare resize and encode', measured: median(bare), unit: '/s' },
    {
      section,
      name: 'pictures for a service, 2048 pixels',
      measured: median(ours),
      unit: '/s',
      note: `encodes: ${counts.join(', ')}`,
    },
    {
      section,
      name: 'rate, ours ÷ bare loop',
      measured: median(ratios),
      unit: 'x',
      bar: { kind: 'at least', value: 0.9 },
      note: `rounds ${ratios.map((ratio) => ratio.toFixed(2)).join(', ')}`,
    },
  ];
}
