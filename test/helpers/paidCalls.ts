/** Albums of small pictures, tagged by processes of their own against the simulated services. */
import { mkdirSync, readFileSync, utimesSync, writeFileSync } from 'node:fs';
import { mkdtemp, realpath, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import sharp from 'sharp';
import { expect } from 'vitest';
import type { UploadStatus } from '../../shared/services.ts';
import { type Simulators, startSimulators } from '../simulators/start.ts';
import { collect, type Ran, runTagroll, startTagroll } from './commandLine.ts';

/** What `tag --json` says. */
export type Tagged = {
  readonly considered: number;
  readonly alreadyKnown: number;
  readonly calls: number;
  readonly photosTagged: number;
  readonly failed: readonly { readonly path: string; readonly code: string }[];
  readonly stopped: { readonly code: string; readonly message: string } | null;
  readonly cost: number | null;
};

/** A line of the ledger as `uploads --json` says it. */
export type Upload = {
  readonly path: string | null;
  readonly status: UploadStatus;
  readonly requestId: string | null;
  readonly cost: number | null;
};

export type Variables = Readonly<Record<string, string>>;

export type PaidCalls = {
  readonly base: string;
  readonly photos: string;
  /** The library in use; `newLibrary` takes another one. */
  library: string;
  readonly simulators: Simulators;
  newLibrary(): Promise<void>;
  /** Runs a command on the library, with the accounts of the simulators. */
  run(words: readonly string[], variables?: Variables): Promise<Ran>;
  /** The same, and its document; fails unless it ends with this status. */
  answer<Document>(words: readonly string[], status?: number): Promise<Document>;
  /** Starts a command and leaves it running. */
  start(
    words: readonly string[],
    variables?: Variables,
  ): {
    kill(signal: NodeJS.Signals): Promise<Ran>;
    readonly ended: Promise<Ran>;
    /** What it wrote to stderr so far. */
    told(): string;
  };
  /** The ledger. */
  uploads(): Promise<readonly Upload[]>;
  close(): Promise<void>;
};

export async function openPaidCalls(): Promise<PaidCalls> {
  const base = await realpath(await mkdtemp(join(tmpdir(), 'tagroll-paid-')));
  const photos = join(base, 'photos');
  mkdirSync(photos);
  const simulators = await startSimulators();
  let libraries = 1;
  const options = (variables: Variables = {}) => ({
    env: { XDG_DATA_HOME: join(base, 'data'), ...simulators.environment, ...variables },
  });
  const calls: PaidCalls = {
    base,
    photos,
    library: join(base, 'library 1'),
    simulators,
    async newLibrary() {
      libraries += 1;
      calls.library = join(base, `library ${libraries}`);
      await calls.answer(['index', photos]);
    },
    run: (words, variables) =>
      runTagroll([...words, '--library', calls.library], options(variables)),
    async answer(words, status = 0) {
      const ran = await calls.run([...words, '--json']);
      expect(ran.status, `${words.join(' ')}: ${ran.stdout}${ran.stderr}`).toBe(status);
      return ran.json();
    },
    start(words, variables) {
      const child = startTagroll([...words, '--library', calls.library], options(variables));
      const ended = collect(child);
      let told = '';
      child.stderr?.on('data', (text) => {
        told += text;
      });
      return {
        ended,
        told: () => told,
        kill(signal) {
          child.kill(signal);
          return ended;
        },
      };
    },
    async uploads() {
      const { uploads } = await calls.answer<{ uploads: Upload[] }>(['uploads']);
      return uploads;
    },
    async close() {
      await simulators.close();
      await rm(base, { recursive: true, force: true, maxRetries: 5 });
    },
  };
  return calls;
}

const LONG_AGO = Date.UTC(2020, 5, 1) / 1000;

/** A small picture of its own colour, which settled long ago. At most 4096 of them differ. */
export async function writeSmall(path: string, seed: number): Promise<void> {
  const background = { r: (seed % 16) * 16, g: (Math.floor(seed / 16) % 16) * 16, b: 96 };
  const buffer = await sharp({ create: { width: 96, height: 64, channels: 3, background } })
    .composite([
      {
        input: { create: { width: 20, height: 20, channels: 3, background: '#808080' } },
        left: seed % 70,
        top: Math.floor(seed / 256) * 8,
      },
    ])
    .jpeg()
    .toBuffer();
  writeFileSync(path, buffer);
  utimesSync(path, LONG_AGO + seed, LONG_AGO + seed);
}

export async function writeAlbum(folder: string, count: number): Promise<void> {
  for (let seed = 0; seed < count; seed += 1) await writeSmall(join(folder, `${seed}.jpg`), seed);
}

/** Gives a JPEG stars as other programs do: an XMP segment behind the first marker. */
export function rate(path: string, stars: number): void {
  const packet = `http://ns.adobe.com/xap/1.0/\0<?xpacket begin="\uFEFF" id="W5M0MpCehiHzreSzNTczkc9d"?>
<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">
<rdf:Description rdf:about="" xmlns:xmp="http://ns.adobe.com/xap/1.0/" xmp:Rating="${stars}"/>
</rdf:RDF></x:xmpmeta><?xpacket end="w"?>`;
  const payload = Buffer.from(packet, 'utf8');
  const head = Buffer.from([0xff, 0xe1, 0, 0]);
  head.writeUInt16BE(payload.length + 2, 2);
  const jpeg = readFileSync(path);
  writeFileSync(path, Buffer.concat([jpeg.subarray(0, 2), head, payload, jpeg.subarray(2)]));
}

/** Waits until this many requests have arrived in all. */
export async function untilReceived(received: () => number, wanted: number): Promise<void> {
  await expect.poll(received, { timeout: 60_000, interval: 5 }).toBeGreaterThanOrEqual(wanted);
}
