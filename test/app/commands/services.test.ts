import { describe, expect, it } from 'vitest';
import type { CommandContext } from '../../../app/commands/command.ts';
import { moneyText, sizeText } from '../../../app/commands/figures.ts';
import { createProgressReporter, laneLine } from '../../../app/commands/progress.ts';
import { exitStatus, stopKind } from '../../../app/commands/status.ts';
import { estimateText, outcomeOf, tagPhotos } from '../../../app/commands/tag.ts';
import { uploadJson } from '../../../app/commands/uploads.ts';
import { csv } from '../../../shared/csv.ts';
import type { LaneState, TagEstimate, TagSummary, Upload } from '../../../shared/services.ts';
import { uploadsCsv } from '../../../shared/uploadsCsv.ts';

const upload: Upload = {
  id: 1,
  atMs: Date.UTC(2026, 10, 21, 8, 30),
  service: 'tencent-tag',
  photoId: 3,
  path: '/photos/a, "b".jpg',
  bytes: 1234,
  width: 64,
  height: 48,
  status: 'answered',
  code: null,
  requestId: 'r-1',
  cost: 0.006,
  currency: 'CNY',
};

describe('a table for other programs', () => {
  it('quotes what needs it, and ends its lines as RFC 4180 says', () => {
    expect(
      csv(
        ['a', 'b'],
        [
          ['x,y', 'say "hi"'],
          ['two\nlines', null],
          ['', 5],
        ],
      ),
    ).toBe('a,b\r\n"x,y","say ""hi"""\r\n"two\nlines",\r\n,5\r\n');
  });

  it.each(['=1+1', '+1', '-1', '@SUM(A1)', '\tx', '＝1', '=HYPERLINK("http://x")'])(
    'never lets a spreadsheet run %j',
    (text) => {
      const [, line = ''] = csv(['a'], [[text]]).split('\r\n');
      expect(line.replace(/^"/, '').startsWith("'")).toBe(true);
    },
  );

  it('leaves numbers alone', () => {
    expect(csv(['a'], [[-1.5]])).toBe('a\r\n-1.5\r\n');
  });
});

describe('the ledger', () => {
  it('has exactly the fields that are promised, in their order', () => {
    expect(JSON.stringify(uploadJson(upload))).toBe(
      '{"at":"2026-11-21T08:30:00.000Z","service":"tencent-tag","path":"/photos/a, \\"b\\".jpg","bytes":1234,"width":64,"height":48,"status":"answered","requestId":"r-1","cost":0.006}',
    );
  });

  it('has a line for each upload under its names', () => {
    expect(uploadsCsv([upload, { ...upload, path: '=x.jpg', cost: null, requestId: null }])).toBe(
      'at,service,path,bytes,width,height,status,requestId,cost,currency,code\r\n' +
        '2026-11-21T08:30:00.000Z,tencent-tag,"/photos/a, ""b"".jpg",1234,64,48,answered,r-1,0.006,CNY,\r\n' +
        "2026-11-21T08:30:00.000Z,tencent-tag,'=x.jpg,1234,64,48,answered,,,CNY,\r\n",
    );
  });
});

const estimate: TagEstimate = {
  service: 'huawei-tagging',
  considered: 300,
  alreadyKnown: 50,
  neverUpload: 0,
  unavailable: 0,
  calls: 250,
  estimatedCost: 1.5,
  currency: 'CNY',
  bytes: 80_000_000,
  seconds: 120,
  callsLeft: null,
  configured: true,
};

describe('what a run would cost', () => {
  it('is one line', () => {
    expect(estimateText(estimate)).toBe(
      'huawei-tagging: 250 calls for 300 photos · 50 known already · about CNY 1.50 · 80 MB · 2 min',
    );
  });

  it('is never said to be nothing where no price is set', () => {
    expect(estimateText({ ...estimate, estimatedCost: null })).toContain('price not set');
  });

  it('says what the cap leaves, what is never sent, and what is missing', () => {
    const text = estimateText({
      ...estimate,
      callsLeft: 100,
      neverUpload: 2,
      unavailable: 3,
      configured: false,
    });
    expect(text).toContain("this month's cap leaves 100 calls");
    expect(text).toContain('2 in folders that are never uploaded · 3 cannot be sent now');
    expect(text).toContain('the account is not set up');
  });

  it('is in figures that people read', () => {
    expect([moneyText(0, 'CNY'), moneyText(0.006, 'CNY'), moneyText(1234.5, 'USD')]).toEqual([
      'CNY 0.00',
      'CNY 0.006',
      'USD 1,234.50',
    ]);
    expect([900, 12_345, 2_500_000, 3_200_000_000].map(sizeText)).toEqual([
      '900 bytes',
      '12 kB',
      '2.5 MB',
      '3.2 GB',
    ]);
  });
});

const lane: LaneState = {
  service: 'huawei-tagging',
  phase: 'running',
  reason: null,
  runId: 1,
  waiting: 125,
  inFlight: 5,
  done: 118,
  failed: 2,
  calls: 121,
  cost: 0.72,
  bytesSent: 1,
  currency: 'CNY',
  callsPerSecond: 4.82,
  secondsLeft: 27,
  usage: {
    month: '2026-11',
    calls: 1,
    cost: null,
    currency: 'CNY',
    capCalls: null,
    capMoney: null,
  },
};

describe('the progress of a service', () => {
  it('says how far, how fast, how long and how much', () => {
    expect(laneLine(lane)).toBe(
      'Sending: 120 of 250 · 4.8 calls/s · 27 s left · CNY 0.72 · 2 failed',
    );
    const reason = { code: '15', message: 'The service asked to slow down.' };
    expect(laneLine({ ...lane, phase: 'waiting', reason })).toContain('asked to slow down');
  });

  it('is a bar on a terminal', () => {
    const written: string[] = [];
    const stream = { isTTY: true, columns: 200, write: (text: string) => written.push(text) };
    createProgressReporter(stream, () => 0).lane(lane);
    expect(written[0]).toContain('████████████░░░░░░░░░░░░ Sending');
  });
});

const summary: TagSummary = {
  service: 'tencent-tag',
  runId: 7,
  considered: 3,
  alreadyKnown: 1,
  calls: 2,
  photosTagged: 2,
  tagsWritten: 9,
  failed: [],
  stopped: null,
  estimatedCost: null,
  cost: null,
  currency: 'CNY',
  seconds: 1.2,
};

describe('the outcome of a run', () => {
  it('has exactly the fields that are promised, in their order', () => {
    const { json, hasFailures, isRefused } = outcomeOf(summary);
    expect(JSON.stringify(json)).toBe(
      '{"service":"tencent-tag","considered":3,"alreadyKnown":1,"calls":2,"photosTagged":2,"tagsWritten":9,"failed":[],"stopped":null,"estimatedCost":null,"cost":null,"currency":"CNY","seconds":1.2}',
    );
    expect([hasFailures, isRefused]).toEqual([false, false]);
  });

  it.each([
    ['14', { isRefused: true }],
    ['cap_calls', { isRefused: true }],
    ['http.403', { isRefused: true }],
    ['network', { hasFailures: true, isRefused: false }],
    ['disk_full', { hasFailures: true, isRefused: false }],
    ['run_calls', { hasFailures: false, isRefused: false }],
  ])('that stopped with %s', (code, wanted) => {
    expect(outcomeOf({ ...summary, stopped: { code, message: 'why' } })).toMatchObject(wanted);
  });

  it('names photos that could not be tagged, and never a price that is not set', () => {
    const outcome = outcomeOf({
      ...summary,
      failed: [{ path: '/a.jpg', code: '-1102', message: 'It could not be decoded.' }],
    });
    expect(outcome.hasFailures).toBe(true);
    expect(outcome.text).toContain('/a.jpg');
    expect(outcome.text).toContain('price not set');
  });
});

describe('tagging again', () => {
  const options = { service: 'tencent-tag', query: '', again: true, dryRun: false } as const;

  /** What the command did, in order, with a person who answers so; null: nobody is at the terminal. */
  async function acts(answer: boolean | null, isRemote = false): Promise<readonly string[]> {
    const done: string[] = [];
    const stop = new AbortController();
    const context = {
      isRemote,
      signal: stop.signal,
      environment: {},
      progress: {
        note: (line: string) => done.push(line),
        lane: () => undefined,
        end: () => undefined,
      },
      ask:
        answer === null
          ? null
          : async (question: string) => {
              done.push(question);
              return answer;
            },
      client: {
        tagging: {
          estimate: async () => estimate,
          start: async () => {
            done.push('start');
            return { runId: 7 };
          },
          wait: async () => {
            stop.abort();
            return summary;
          },
        },
      },
    } as unknown as CommandContext;
    const { text } = await tagPhotos(options)(context);
    return [...done, text.split('\n')[0] ?? ''];
  }

  it('is priced, then asked about, and nothing is sent without a yes', async () => {
    expect(await acts(false)).toEqual([
      estimateText(estimate),
      'Send these photos again? [y/N] ',
      'Nothing was sent.',
    ]);
    expect((await acts(true)).slice(1, 3)).toEqual(['Send these photos again? [y/N] ', 'start']);
  });

  it('is priced where nobody can be asked', async () => {
    expect((await acts(null)).slice(0, 2)).toEqual([estimateText(estimate), 'start']);
  });

  it('that is stopped says so when another Tagroll goes on with it', async () => {
    expect((await acts(null, true))[2]).toContain('still being sent');
    expect((await acts(null, false)).join()).not.toContain('still being sent');
  });
});

describe('exit statuses', () => {
  it('tell a refused account from one that is not set up', () => {
    expect((['service_refused', 'cap_reached'] as const).map(exitStatus)).toEqual([4, 4]);
    expect(exitStatus('service_not_configured')).toBe(2);
    expect(exitStatus('service_failed')).toBe(1);
    expect(['tls', '24', 'run_calls'].map(stopKind)).toEqual(['trouble', 'refusal', 'limit']);
  });
});
