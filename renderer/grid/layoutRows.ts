/** The rows and sections of a layout while it is made. How many there will be shows only at the end. */

/** Rows that a list begins with, for each photo; it grows when it is full. */
const ROWS_PER_PHOTO = 2 / 5;
const FEWEST = 64;

export type RowList = {
  length: number;
  capacity: number;
  tops: Float64Array;
  heights: Uint16Array;
  starts: Uint32Array;
  filled: Uint8Array;
};

/** An empty list for the rows of so many photos. */
export function createRows(photos: number): RowList {
  const capacity = Math.max(FEWEST, Math.ceil(photos * ROWS_PER_PHOTO));
  return {
    length: 0,
    capacity,
    tops: new Float64Array(capacity),
    heights: new Uint16Array(capacity),
    starts: new Uint32Array(capacity),
    filled: new Uint8Array(capacity),
  };
}

export function pushRow(
  rows: RowList,
  top: number,
  height: number,
  start: number,
  filled: 0 | 1,
): void {
  if (rows.length === rows.capacity) grow(rows);
  const row = rows.length;
  rows.tops[row] = top;
  rows.heights[row] = height;
  rows.starts[row] = start;
  rows.filled[row] = filled;
  rows.length = row + 1;
}

function grow(rows: RowList): void {
  rows.capacity *= 2;
  rows.tops = copyInto(new Float64Array(rows.capacity), rows.tops);
  rows.heights = copyInto(new Uint16Array(rows.capacity), rows.heights);
  rows.starts = copyInto(new Uint32Array(rows.capacity), rows.starts);
  rows.filled = copyInto(new Uint8Array(rows.capacity), rows.filled);
}

/** The rows as a layout holds them; `photos` follows the start of the last one. */
export function finishRows(rows: RowList, photos: number) {
  return {
    rowTops: rows.tops.slice(0, rows.length),
    rowHeights: rows.heights.slice(0, rows.length),
    rowStarts: withEnd(rows.starts.subarray(0, rows.length), photos),
    rowFilled: rows.filled.slice(0, rows.length),
  };
}

export type SectionList = {
  readonly add: (top: number, start: number, day: number) => void;
  readonly finish: (count: number) => {
    readonly sectionTops: Float64Array;
    readonly sectionStarts: Uint32Array;
    readonly sectionDays: Int32Array;
  };
};

/** Sections are some thousands: plain lists do. */
export function createSections(): SectionList {
  const tops: number[] = [];
  const starts: number[] = [];
  const days: number[] = [];
  return {
    add(top, start, day) {
      tops.push(top);
      starts.push(start);
      days.push(day);
    },
    finish: (count) => ({
      sectionTops: Float64Array.from(tops),
      sectionStarts: withEnd(Uint32Array.from(starts), count),
      sectionDays: Int32Array.from(days),
    }),
  };
}

function copyInto<Values extends Float64Array | Uint32Array | Uint16Array | Uint8Array>(
  larger: Values,
  values: Values,
): Values {
  larger.set(values);
  return larger;
}

function withEnd(starts: Uint32Array, end: number): Uint32Array {
  const whole = new Uint32Array(starts.length + 1);
  whole.set(starts);
  whole[starts.length] = end;
  return whole;
}
