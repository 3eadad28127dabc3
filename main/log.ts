/** One line of JSON per message, so that a person can read it and a program can search it. */
export type Logger = {
  info(message: string, data?: LogData): void;
  warn(message: string, data?: LogData): void;
  error(message: string, data?: LogData): void;
};

export type LogData = Readonly<Record<string, unknown>>;

/** Bytes after which the log starts anew; the one before is kept. */
const MAX_LOG_BYTES = 5_000_000;
/** The same message is written once in this time, so that a broken folder cannot fill the disk. */
const REPEAT_MS = 60_000;

import { appendFileSync, renameSync, statSync } from 'node:fs';

/**
 * Writes to `path`, each text as `redact` leaves it. A log that cannot be written is dropped: it must never
 * stop the work.
 */
export function createFileLogger(
  path: string,
  now: () => number,
  redact: (text: string) => string = (text) => text,
): Logger {
  const seen = new Map<string, { at: number; dropped: number }>();
  let sizeBytes = 0;
  try {
    sizeBytes = statSync(path).size;
  } catch {
    sizeBytes = 0;
  }
  /** Texts one by one: in the finished line a key with a quote in it would look different. */
  const toJson = (value: unknown): string =>
    JSON.stringify(value, (_key, part: unknown) =>
      typeof part === 'string' ? redact(part) : part,
    );
  const write = (level: string, message: string, data: LogData = {}): void => {
    const at = now();
    const key = `${level} ${message} ${toJson(data)}`;
    const before = seen.get(key);
    if (before && at - before.at < REPEAT_MS) {
      before.dropped += 1;
      return;
    }
    if (seen.size > 1000) seen.clear();
    seen.set(key, { at, dropped: 0 });
    const repeated = before?.dropped ? { repeated: before.dropped } : {};
    const line = `${toJson({ at: new Date(at).toISOString(), level, message, ...data, ...repeated })}\n`;
    try {
      if (sizeBytes + line.length > MAX_LOG_BYTES) {
        renameSync(path, `${path}.1`);
        sizeBytes = 0;
      }
      appendFileSync(path, line);
      sizeBytes += line.length;
    } catch {
      sizeBytes = 0;
    }
  };
  return {
    info: (message, data) => write('info', message, data),
    warn: (message, data) => write('warn', message, data),
    error: (message, data) => write('error', message, data),
  };
}

/** For tests and short commands. */
export const silentLogger: Logger = { info() {}, warn() {}, error() {} };
