/** Dates that cameras, phones and messengers write into file names. */
import { localWallClock, wallClock } from './wallClock.ts';

/** Names hold many numbers: only years of which there may be such files count. */
const FIRST_NAMED_YEAR = 1900;
const LAST_NAMED_YEAR = 2099;
/** 2005-01-01 and 2100-01-01 in milliseconds since 1970. */
const FIRST_EPOCH_MS = 1_104_537_600_000;
const LAST_EPOCH_MS = 4_102_444_800_000;

/** `20190714_183000`, `20190714183000`, `20190714_183000123`. */
const COMPACT = /(?<!\d)(\d{4})(\d{2})(\d{2})[-_ T.]?(\d{2})(\d{2})(\d{2})(?:\d{3})?(?!\d)/g;
/** `2019-07-14 18.30.00`, `2019-07-14-18-30-00`, `2019-07-14 at 6.30.00 PM`, `2019-07-14-183000`. */
const SPACED =
  /(?<!\d)(\d{4})([-_.])(\d{2})\2(\d{2})(?:[-_ T.]+|,? at )(\d{1,2})([-_.: h]?)(\d{2})[-_.: m]?(\d{2})(?!\d)(?:[\s\u202f]?([AP])M)?/gi;
/** `20190714`, `2019-07-14`, `2019_07_14`. */
const DAY = /(?<!\d)(\d{4})([-_.]?)(\d{2})\2(\d{2})(?!\d)/g;
/** WeChat's, Facebook's and other phones' names with milliseconds since 1970. */
const EPOCH = /(?:mmexport|wx_camera_|FB_IMG_|received_|pt\d{4}_)(\d{13})(?!\d)/i;

/** The wall clock in a name given as bytes; a day alone is its midnight. Null: none that can be. */
export function dateInName(name: Uint8Array): string | null {
  // The patterns are ASCII: one character a byte keeps names of any encoding apart from them.
  const text = Buffer.from(name.buffer, name.byteOffset, name.byteLength).toString('latin1');
  const epoch = EPOCH.exec(text);
  if (epoch) {
    const epochMs = Number(epoch[1]);
    if (epochMs >= FIRST_EPOCH_MS && epochMs < LAST_EPOCH_MS) return localWallClock(epochMs);
  }
  for (const [, year, month, day, hour, minute, second] of text.matchAll(COMPACT)) {
    const found = clock([year, month, day, hour, minute, second]);
    if (found) return found;
  }
  for (const [, year, , month, day, hour, , minute, second, half] of text.matchAll(SPACED)) {
    const found = clock([year, month, day, hourOf(hour, half), minute, second]);
    if (found) return found;
  }
  for (const [, year, , month, day] of text.matchAll(DAY)) {
    const found = clock([year, month, day, '0', '0', '0']);
    if (found) return found;
  }
  return null;
}

/** Hour of the day of a clock that may show twelve hours. */
function hourOf(hour: string | undefined, half: string | undefined): string {
  const value = Number(hour);
  if (half === undefined || value < 1 || value > 12) return String(value);
  return String((value % 12) + (half.toUpperCase() === 'P' ? 12 : 0));
}

function clock(parts: readonly (string | undefined)[]): string | null {
  const [year = 0, month = 0, day = 0, hour = 0, minute = 0, second = 0] = parts.map(Number);
  if (year < FIRST_NAMED_YEAR || year > LAST_NAMED_YEAR) return null;
  return wallClock(year, month, day, hour, minute, second);
}
