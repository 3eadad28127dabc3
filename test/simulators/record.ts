/** Everything that arrived, in the order it arrived. Nothing of a key or a signature is kept. */
import type { IncomingMessage } from 'node:http';
import type { ServiceName } from './types.ts';

/** A picture as it arrived. */
export type ReceivedPicture = {
  readonly sizeBytes: number;
  /** SHA-256 of the file, hexadecimal. */
  readonly bytesHash: string;
  /** SHA-256 of the decoded pixels; null when it was not decoded. */
  readonly pixelHash: string | null;
  readonly width: number | null;
  readonly height: number | null;
  /** What a multipart form called the file; null for JSON, or when it was not named. */
  readonly fileName: string | null;
};

/**
 * `pending` → `accepted` (answered with tags or a token) · `refused` (a check failed) · `limited`
 * (above the rate) · `faulted` (it was right, and the simulator was told to fail) · `aborted` (the
 * sender went away before its answer).
 */
export type Verdict = 'pending' | 'accepted' | 'refused' | 'limited' | 'faulted' | 'aborted';

/** One request. Fields are filled in while it is served. */
export type Received = {
  readonly number: number;
  readonly atMs: number;
  readonly service: ServiceName;
  readonly method: string;
  readonly path: string;
  /** Lower case, in the order they came. */
  readonly headerNames: readonly string[];
  readonly mediaType: string;
  readonly requestId: string;
  bodyBytes: number;
  pictures: readonly ReceivedPicture[];
  verdict: Verdict;
  /** Of the answer; null when none was given. */
  status: number | null;
  /** The code it was refused or failed with. */
  code: string | null;
  /** Which check failed, for whoever reads the record. */
  reason: string | null;
  durationMs: number | null;
};

export type Counters = {
  readonly received: number;
  readonly accepted: number;
  readonly refused: number;
  readonly limited: number;
  readonly faulted: number;
  readonly aborted: number;
  /** Different pictures, by their bytes, among the accepted ones. */
  readonly picturesAccepted: number;
  readonly bytesReceived: number;
  /** Requests that are being served at this moment. */
  readonly underWay: number;
  readonly peakConcurrency: number;
  /** How often each code was the answer. */
  readonly codes: Readonly<Record<string, number>>;
};

/** What a test asks of a record. */
export type Book = {
  readonly requests: readonly Received[];
  /** Of one service, or of all. */
  counters(service?: ServiceName): Counters;
  /** Is told of every request once it is over. */
  onRequest(listener: (entry: Received) => void): void;
  /** Forgets all requests that are over. */
  forget(): void;
};

export type Recorder = Book & {
  arrive(request: IncomingMessage, service: ServiceName, requestId: string): Received;
  leave(entry: Received): void;
};

/** The record of one simulator. */
export function createRecorder(): Recorder {
  let requests: Received[] = [];
  let last = 0;
  const listeners: ((entry: Received) => void)[] = [];
  const underWay = new Map<ServiceName, number>();
  const peaks = new Map<ServiceName | 'all', number>();
  const all = (): number => underWay.values().reduce((sum, count) => sum + count, 0);
  const raise = (key: ServiceName | 'all', count: number): void => {
    peaks.set(key, Math.max(peaks.get(key) ?? 0, count));
  };

  return {
    get requests() {
      return requests;
    },
    arrive(request, service, requestId) {
      last += 1;
      const entry: Received = {
        number: last,
        atMs: Date.now(),
        service,
        method: request.method ?? '',
        path: (request.url ?? '').replace(/\?.*$/s, ''),
        headerNames: request.rawHeaders.filter((_, i) => i % 2 === 0).map((n) => n.toLowerCase()),
        mediaType: (request.headers['content-type'] ?? '').replace(/;.*$/s, '').trim(),
        requestId,
        bodyBytes: 0,
        pictures: [],
        verdict: 'pending',
        status: null,
        code: null,
        reason: null,
        durationMs: null,
      };
      requests.push(entry);
      underWay.set(service, (underWay.get(service) ?? 0) + 1);
      raise(service, underWay.get(service) ?? 0);
      raise('all', all());
      return entry;
    },
    leave(entry) {
      entry.durationMs = Date.now() - entry.atMs;
      underWay.set(entry.service, (underWay.get(entry.service) ?? 1) - 1);
      for (const listener of listeners) listener(entry);
    },
    counters(service) {
      const wanted = service ? requests.filter((entry) => entry.service === service) : requests;
      const count = (verdict: Verdict): number =>
        wanted.filter((entry) => entry.verdict === verdict).length;
      const hashes = wanted
        .filter(({ verdict }) => verdict === 'accepted')
        .flatMap(({ pictures }) => pictures.map(({ bytesHash }) => bytesHash));
      const codes: Record<string, number> = {};
      for (const { code } of wanted) if (code !== null) codes[code] = (codes[code] ?? 0) + 1;
      return {
        received: wanted.length,
        accepted: count('accepted'),
        refused: count('refused'),
        limited: count('limited'),
        faulted: count('faulted'),
        aborted: count('aborted'),
        picturesAccepted: new Set(hashes).size,
        bytesReceived: wanted.reduce((sum, { bodyBytes }) => sum + bodyBytes, 0),
        underWay: service ? (underWay.get(service) ?? 0) : all(),
        peakConcurrency: peaks.get(service ?? 'all') ?? 0,
        codes,
      };
    },
    onRequest(listener) {
      listeners.push(listener);
    },
    forget() {
      requests = requests.filter(({ durationMs }) => durationMs === null);
      peaks.clear();
    },
  };
}
