import { describe, expect, it } from 'vitest';
import type { CommandContext } from '../../../app/commands/command.ts';
import { asksForJson, parseCommandLine } from '../../../app/commands/parse.ts';
import { TagrollError } from '../../../shared/errors.ts';

/** What a command line makes the engine be asked, as the first call's input. */
async function asked(words: readonly string[]): Promise<unknown> {
  const parsed = parseCommandLine(words, '1.2.3');
  if (parsed.kind !== 'request' || parsed.request.kind !== 'command') throw new Error('no command');
  const calls: unknown[] = [];
  const record = (input: unknown): never => {
    calls.push(input);
    throw new Error('asked');
  };
  const client = {
    photos: { search: record },
    tags: { facets: record, label: record },
    settings: { set: record, get: record },
    library: { check: record },
    tagging: { estimate: record, uploads: record },
    services: { list: record, test: record },
  };
  const context = {
    client,
    signal: new AbortController().signal,
    environment: { TAGROLL_TENCENT_APP_ID: '1' },
  } as unknown as CommandContext;
  await parsed.request.command(context).catch(() => undefined);
  return calls[0];
}

function usage(words: readonly string[]): string {
  try {
    parseCommandLine(words, '1.2.3');
  } catch (error) {
    if (error instanceof TagrollError && error.code === 'usage') return error.message;
    throw error;
  }
  return 'no complaint';
}

const all = { query: '', threshold: 0, limit: 200, offset: 0, sort: 'taken', ascending: false };

describe('search', () => {
  it('has the defaults that the documentation names', async () => {
    expect(await asked(['search'])).toEqual(all);
  });

  it.each([
    [['search', '-has:gps camera:canon'], '-has:gps camera:canon'],
    [['search', '--limit', '5', '-tag:dog', '--json'], '-tag:dog'],
    [['--library', 'search', 'search', '-x'], '-x'],
    [['--json', 'search', '--', '--limit'], '--limit'],
    [['search', '--threshold=80', '(a OR b)'], '(a OR b)'],
  ])('%j takes the query as it is', async (words, query) => {
    expect(await asked(words)).toMatchObject({ query });
  });

  it('takes its options before and after the query', async () => {
    expect(
      await asked([
        'search',
        '--sort',
        'name',
        '-q',
        '--ascending',
        '--offset=7',
        '--limit',
        '3',
        '--threshold',
        '55',
      ]),
    ).toEqual({ query: '-q', threshold: 55, limit: 3, offset: 7, sort: 'name', ascending: true });
  });

  it.each([
    [['search', '--threshold', '101'], /threshold.*0 to 100/],
    [['search', '--threshold', '1.5'], /whole number/],
    [['search', '--limit', '-1'], /whole number/],
    [['search', '--sort', 'size'], /taken, added, name, confidence/],
    [['search', 'a', 'b'], /too many arguments/],
    [['search', '--limit'], /argument missing/],
  ])('%j is refused', (words, message) => {
    expect(usage(words)).toMatch(message);
  });
});

describe('other commands', () => {
  it('pass on what was said', async () => {
    expect(await asked(['tags', '--query', '-has:gps', '--threshold', '9'])).toEqual({
      query: '-has:gps',
      threshold: 9,
    });
    expect(await asked(['label', 'add', '海边', '--query', '-tag:x'])).toEqual({
      action: 'add',
      tag: '海边',
      language: 'zh',
      target: { query: '-tag:x' },
    });
    expect(await asked(['settings', 'lens', '60'])).toEqual({ key: 'lens', value: 60 });
    expect(await asked(['settings', 'language', 'null'])).toEqual({ key: 'language', value: null });
    expect(await asked(['settings', 'theme', 'dark'])).toEqual({ key: 'theme', value: 'dark' });
  });

  it.each([
    [['label', 'add', 'x'], /--query/],
    [['label', 'paint', 'x', '--query', 'y'], /add, remove, reject/],
    [['tag', '--service', 'huawei'], /Allowed choices/],
    [['folders', 'shuffle', 'x'], /shuffle/],
    [['folders', 'relocate', 'x'], /missing required argument/],
    [['index', '--fast'], /unknown option/],
    [['check', 'now'], /too many arguments/],
    [['open', '--port', '70000'], /1 to 65535/],
    [[], /Usage/],
  ])('%j is refused', (words, message) => {
    expect(usage(words)).toMatch(message);
  });

  it('understands how the window is to be opened', () => {
    const parsed = parseCommandLine(['open', '--no-window', '--port', '8123'], '1');
    expect(parsed).toMatchObject({
      request: { kind: 'open', open: { browser: false, port: 8123, window: false } },
    });
  });
});

describe('questions about the program', () => {
  it('are answered, not refused', () => {
    expect(parseCommandLine(['--version'], '1.2.3')).toEqual({
      kind: 'information',
      text: '1.2.3\n',
    });
    const help = parseCommandLine(['search', '--help'], '1.2.3');
    expect(help.kind === 'information' && help.text).toContain('--threshold');
  });
});

describe('--json', () => {
  it('is found wherever it stands, but not in a query', () => {
    expect(asksForJson(['nonsense', '--json'])).toBe(true);
    expect(asksForJson(['search', '--', '--json'])).toBe(false);
  });
});

describe('cloud services', () => {
  const environment = { TAGROLL_TENCENT_APP_ID: '1' };

  it('tag takes the photos, the limits and its environment', async () => {
    const wanted = { service: 'huawei-tagging', environment };
    expect(await asked(['tag', '--service', 'huawei-tagging'])).toEqual({
      ...wanted,
      target: { query: '' },
      again: false,
    });
    const words = 'tag --again --service huawei-tagging --query -tag:x --limit 5 --max-calls 3';
    expect(await asked(words.split(' '))).toEqual({
      ...wanted,
      target: { query: '-tag:x' },
      again: true,
      limit: 5,
      maxCalls: 3,
    });
  });

  it('a service that is unknown is refused with those there are', () => {
    for (const words of [
      ['tag', '--service', 'x'],
      ['services', 'test', 'x'],
    ]) {
      expect(usage(words)).toContain('huawei-tagging');
    }
    expect(usage(['tag'])).toContain('--service');
    expect(usage(['tag', '--service', 'tencent-tag', '--limit', '-1'])).toContain('whole number');
    expect(usage(['tag', '--service', 'tencent-tag', 'dog'])).not.toBe('no complaint');
  });

  it('services and uploads ask for what they list', async () => {
    expect(await asked(['services'])).toEqual({ environment });
    expect(await asked(['services', 'test', 'tencent-porn'])).toEqual({
      id: 'tencent-porn',
      environment,
    });
    expect(await asked(['uploads'])).toEqual({ limit: 5000, offset: 0 });
    expect(await asked(['uploads', '--query', 'dog'])).toMatchObject({ query: 'dog' });
  });
});

describe('settings', () => {
  it.each([
    ['huawei-tagging.capCalls', '100', 100],
    ['huawei-tagging.capCalls', 'null', null],
    ['tencent-tag.pricePerThousand', '1.5', 1.5],
    ['tencent-porn.batch', 'true', true],
    ['sensitive.extras', '["sexy","fire"]', ['sexy', 'fire']],
    ['tencent.appId', '1250000001', '1250000001'],
    ['tencent.appId', '', ''],
    ['tencent.appId', 'null', null],
    ['huawei.region', 'cn-north-4', 'cn-north-4'],
    ['tencent-tag.currency', 'USD', 'USD'],
    ['nonsense', '5', 5],
  ])('%s %s is what it looks like, where the setting takes it', async (key, text, value) => {
    expect(await asked(['settings', key, text])).toEqual({ key, value });
  });

  it('never takes a key, and does not repeat it', async () => {
    const parsed = parseCommandLine(['settings', 'tencent.secretKey', 'TESTsecret'], '1.2.3');
    if (parsed.kind !== 'request' || parsed.request.kind !== 'command') throw new Error('none');
    const failure = await parsed.request.command({} as CommandContext).catch((error) => error);
    expect(failure).toMatchObject({ code: 'setting_unknown' });
    expect(String(failure)).not.toContain('TESTsecret');
  });
});
