/** SQLite's cells and records as bytes, each length checked: what does not add up is no record. */

export type Value = number | string | Buffer | null;

/** A number of up to nine bytes, and where it ends. Null when it runs out of the bytes. */
export function readVarint(
  bytes: Buffer,
  at: number,
): { readonly value: number; readonly end: number } | null {
  let value = 0;
  for (let index = 0; index < 9; index += 1) {
    const byte = bytes[at + index];
    if (byte === undefined) return null;
    // Past 2^53 no id and no length of ours lies.
    if (index === 8) return { value: value * 256 + byte, end: at + 9 };
    value = value * 128 + (byte & 127);
    if (byte < 128) return { value, end: at + index + 1 };
  }
  return null;
}

/** A record's values in their order on disk; null when its lengths do not add up. */
export function readRecord(payload: Buffer): Value[] | null {
  const head = readVarint(payload, 0);
  if (!head || head.value > payload.length) return null;
  const values: Value[] = [];
  let at = head.end;
  let content = head.value;
  while (at < head.value) {
    const type = readVarint(payload, at);
    if (!type || type.end > head.value) return null;
    at = type.end;
    const bytes = sizeOf(type.value);
    if (bytes === null || content + bytes > payload.length) return null;
    const value = readValue(payload, type.value, content, bytes);
    if (value === undefined) return null;
    values.push(value);
    content += bytes;
  }
  return content === payload.length ? values : null;
}

const FIXED_BYTES = [0, 1, 2, 3, 4, 6, 8, 8, 0, 0];

function sizeOf(type: number): number | null {
  if (type >= 12) return Math.floor((type - 12) / 2);
  return FIXED_BYTES[type] ?? null;
}

const text = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

/** Undefined for a text that is none. */
function readValue(payload: Buffer, type: number, at: number, bytes: number): Value | undefined {
  if (type === 0) return null;
  if (type === 8 || type === 9) return type - 8;
  if (type <= 5) return payload.readIntBE(at, bytes);
  if (type === 6) return Number(payload.readBigInt64BE(at));
  if (type === 7) return payload.readDoubleBE(at);
  const content = payload.subarray(at, at + bytes);
  if (type % 2 === 0) return Buffer.from(content);
  try {
    return text.decode(content);
  } catch {
    return undefined;
  }
}
