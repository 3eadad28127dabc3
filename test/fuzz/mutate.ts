/** Ways to break a picture. Each is a line of one table; the same random numbers give the same damage. */
import { partsOf, repairPng, tiffHeaders } from './parts.ts';
import type { Random } from './random.ts';

/** May change the copy it is handed, or answer another one. Null: it has nothing to break here. */
type Damage = (bytes: Buffer, random: Random, other: Buffer) => Buffer | null;

/** Type and length of a part: left as they are, decoders get to see what is in it. */
const PART_HEAD_BYTES = 8;

const MUTATIONS = {
  cut: (bytes, random) => bytes.subarray(0, random.below(bytes.length)),
  'cut at a kilobyte': (bytes, random) =>
    bytes.length < 1024 ? null : bytes.subarray(0, 1024 * (1 + random.below(bytes.length / 1024))),
  'cut front': (bytes, random) => bytes.subarray(1 + random.below(64)),
  'flipped bits': (bytes, random) => {
    const flips = 1 + random.below(32);
    for (let flip = 0; flip < flips; flip += 1) {
      const at = random.below(bytes.length);
      bytes[at] = (bytes[at] ?? 0) ^ (1 << random.below(8));
    }
    return bytes;
  },
  'flipped bits in head': (bytes, random) => {
    const flips = 1 + random.below(8);
    for (let flip = 0; flip < flips; flip += 1) {
      const at = random.below(Math.min(bytes.length, 512));
      bytes[at] = (bytes[at] ?? 0) ^ (1 << random.below(8));
    }
    return bytes;
  },
  'flipped bits in a part': (bytes, random) => {
    const parts = partsOf(bytes).filter(({ start, end }) => end - start > PART_HEAD_BYTES);
    if (parts.length === 0) return null;
    const { start, end } = random.pick(parts);
    const flips = 1 + random.below(8);
    for (let flip = 0; flip < flips; flip += 1) {
      const at = start + PART_HEAD_BYTES + random.below(end - start - PART_HEAD_BYTES);
      bytes[at] = (bytes[at] ?? 0) ^ (1 << random.below(8));
    }
    return bytes;
  },
  'random run': (bytes, random) => {
    const at = random.below(bytes.length);
    random.bytes(1 + random.below(200)).copy(bytes, at);
    return bytes;
  },
  zeros: (bytes, random) => {
    const at = random.below(bytes.length);
    return bytes.fill(0, at, Math.min(bytes.length, at + 1 + random.below(4096)));
  },
  'inserted bytes': (bytes, random) => {
    const at = random.below(bytes.length);
    const added = random.bytes(1 + random.below(64));
    return Buffer.concat([bytes.subarray(0, at), added, bytes.subarray(at)]);
  },
  'swapped parts': (bytes, random) => {
    const parts = partsOf(bytes);
    if (parts.length < 2) return null;
    const [one, two] = [random.pick(parts), random.pick(parts)].sort((a, b) => a.start - b.start);
    if (!one || !two || one === two) return null;
    return Buffer.concat([
      bytes.subarray(0, one.start),
      bytes.subarray(two.start, two.end),
      bytes.subarray(one.end, two.start),
      bytes.subarray(one.start, one.end),
      bytes.subarray(two.end),
    ]);
  },
  'repeated part': (bytes, random) => {
    const parts = partsOf(bytes);
    if (parts.length === 0) return null;
    const { start, end } = random.pick(parts);
    const part = bytes.subarray(start, end);
    const times = 1 + random.below(Math.max(1, Math.min(200, 2_000_000 / part.length)));
    const copies = Array.from({ length: times }, () => part);
    return Buffer.concat([bytes.subarray(0, end), ...copies, bytes.subarray(end)]);
  },
  'lost part': (bytes, random) => {
    const parts = partsOf(bytes);
    if (parts.length === 0) return null;
    const { start, end } = random.pick(parts);
    return Buffer.concat([bytes.subarray(0, start), bytes.subarray(end)]);
  },
  'huge number': (bytes, random) => {
    const starts = partsOf(bytes).map((part) => part.start);
    const at = starts.length > 0 && random.next() < 0.5 ? random.pick(starts) : random.below(512);
    return writeNumber(bytes, at + random.below(12), random);
  },
  'huge numbers in directories': (bytes, random) => {
    const headers = tiffHeaders(bytes);
    if (headers.length === 0) return null;
    const at = random.pick(headers) + 4 + random.below(400);
    return writeNumber(writeNumber(bytes, at, random), at + random.below(200), random);
  },
  'loop of directories': loopDirectories,
  'two formats in one': (bytes, random, other) => {
    const at = random.below(bytes.length);
    return Buffer.concat([bytes.subarray(0, at), other.subarray(random.below(other.length))]);
  },
} as const satisfies Record<string, Damage>;

/** Numbers at which programs count wrong. */
const HUGE = [0xffff_ffff, 0x7fff_ffff, 0x8000_0000, 0x4000_0000, 0xffff_fffe, 60_000, 0, 1];

function writeNumber(bytes: Buffer, at: number, random: Random): Buffer {
  if (at < 0 || at + 4 > bytes.length) return bytes;
  const value = random.pick(HUGE);
  if (random.next() < 0.5) bytes.writeUInt32BE(value, at);
  else bytes.writeUInt32LE(value, at);
  return bytes;
}

/** Has directories point at themselves, at each other, or say that they have 65,535 entries. */
function loopDirectories(bytes: Buffer, random: Random): Buffer | null {
  const headers = tiffHeaders(bytes);
  if (headers.length === 0) return null;
  const start = random.pick(headers);
  const little = bytes[start] === 0x49;
  const read16 = (at: number): number =>
    at + 2 > bytes.length ? 0 : little ? bytes.readUInt16LE(at) : bytes.readUInt16BE(at);
  const read32 = (at: number): number =>
    at + 4 > bytes.length ? 0 : little ? bytes.readUInt32LE(at) : bytes.readUInt32BE(at);
  const write32 = (at: number, value: number): void => {
    if (at < 0 || at + 4 > bytes.length) return;
    if (little) bytes.writeUInt32LE(value, at);
    else bytes.writeUInt32BE(value, at);
  };
  const first = read32(start + 4);
  const at = start + first;
  const entries = read16(at);
  // The next directory is this one again.
  write32(at + 2 + entries * 12, first);
  if (random.next() < 0.7) {
    for (let entry = 0; entry < Math.min(entries, 200); entry += 1) {
      const entryAt = at + 2 + entry * 12;
      const isPointer = [0x8769, 0x8825, 0x014a, 0xa005].includes(read16(entryAt));
      if (isPointer || random.next() < 0.1) write32(entryAt + 8, first);
      if (random.next() < 0.1) write32(entryAt + 4, random.pick(HUGE));
    }
  }
  if (random.next() < 0.2 && at + 2 <= bytes.length) bytes.writeUInt16LE(0xffff, at);
  return bytes;
}

export type MutationName = keyof typeof MUTATIONS;
const NAMES = Object.keys(MUTATIONS) as MutationName[];

export type Mutated = { readonly bytes: Buffer; readonly mutations: readonly MutationName[] };

/** A broken copy: one to three kinds of damage. `other` is another picture, for what mixes two. */
export function mutate(original: Buffer, random: Random, other: Buffer): Mutated {
  const wanted = 1 + random.below(3);
  const mutations: MutationName[] = [];
  let bytes: Buffer = Buffer.from(original);
  while (mutations.length < wanted && bytes.length > 0) {
    const name = random.pick(NAMES);
    const damage: Damage = MUTATIONS[name];
    const damaged = damage(bytes, random, other);
    if (damaged === null) continue;
    bytes = Buffer.from(damaged);
    mutations.push(name);
  }
  return { bytes: random.next() < 0.5 ? repairPng(bytes) : bytes, mutations };
}
