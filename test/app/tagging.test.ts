/** `tag`, `services` and `uploads` as processes of their own, against the simulated services. */
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { mkdir, mkdtemp, realpath, rm } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import sharp from 'sharp';
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import { collect, type Ran, runTagroll, startTagroll } from '../helpers/commandLine.ts';
import { type Simulators, startSimulators } from '../simulators/start.ts';

// Each command is a process that opens the library: a loaded machine needs its time.
vi.setConfig({ testTimeout: 120_000, hookTimeout: 120_000 });

type Summary = {
  considered: number;
  alreadyKnown: number;
  calls: number;
  photosTagged: number;
  tagsWritten: number;
  failed: { path: string; code: string; message: string }[];
  stopped: { code: string; message: string } | null;
  estimatedCost: number | null;
  cost: number | null;
  currency: string;
};
type Failure = { error: { code: string; message: string } };
type Test = { ok: boolean; code: string | null; message: string; tags: object[] };
type Uploads = { uploads: { path: string | null; status: string; cost: number | null }[] };

const PHOTOS = 6;
let base = '';
let photos = '';
let libraries = 0;
let library = '';
let simulators: Simulators;

/** A command on the library at hand, with the accounts of the simulators. */
const tagroll = (words: readonly string[], env: Record<string, string> = {}): Promise<Ran> =>
  runTagroll(['--library', library, ...words], { env: { ...simulators.environment, ...env } });

beforeAll(async () => {
  base = await realpath(await mkdtemp(join(tmpdir(), 'tagroll-tagging-')));
  vi.stubEnv('XDG_DATA_HOME', join(base, 'data'));
  vi.stubEnv('LOCALAPPDATA', join(base, 'data'));
  simulators = await startSimulators();
  photos = join(base, 'photos');
  await mkdir(photos);
  for (let index = 0; index < PHOTOS; index += 1) {
    const background = { r: 30 * index, g: 200 - 20 * index, b: 90 };
    await sharp({ create: { width: 120, height: 80, channels: 3, background } })
      .jpeg()
      .toFile(join(photos, `${index}.jpg`));
  }
  await newLibrary();
});
afterEach(() => {
  simulators.tencent.calm();
  simulators.huawei.calm();
});
afterAll(async () => {
  await simulators.close();
  vi.unstubAllEnvs();
  await rm(base, { recursive: true, force: true, maxRetries: 5 });
});

async function newLibrary(): Promise<void> {
  libraries += 1;
  library = join(base, `library ${libraries}`);
  const ran = await runTagroll(['index', photos, '--library', library, '--json']);
  expect(ran.json()).toMatchObject({ added: PHOTOS, failed: [] });
}

const arrived = (): number => simulators.tencent.counters('tencent-tag').received;

describe('services', () => {
  it('are listed with what they lack', async () => {
    const ran = await runTagroll(['--library', library, 'services', '--json']);
    expect([ran.status, ran.stderr]).toEqual([0, '']);
    const { services } = ran.json<{ services: Record<string, unknown>[] }>();
    expect(services.map(({ id }) => id)).toEqual([
      'tencent-tag',
      'tencent-classify',
      'huawei-tagging',
      'tencent-terrorism',
      'tencent-porn',
    ]);
    for (const service of services) {
      expect(Object.keys(service)).toEqual('id name configured missing limits note'.split(' '));
      expect(Object.keys(service['limits'] as object)).toEqual(
        'maxSidePixels minSidePixels maxBodyBytes formats'.split(' '),
      );
      expect(service).toMatchObject({ configured: false, missing: expect.any(Array) });
    }
    const set = await tagroll(['services', '--json']);
    expect(
      set.json<{ services: object[] }>().services.map((service) => Object.entries(service)[2]),
    ).toEqual(Array(5).fill(['configured', true]));
  });

  it('are a table for people, without any key', async () => {
    const ran = await tagroll(['services']);
    expect(ran.stdout).toContain('huawei-tagging');
    for (const secret of ['TAGROLL_TENCENT_SECRET_KEY', 'TAGROLL_HUAWEI_SECRET_KEY']) {
      const value = simulators.environment[secret] ?? 'not set';
      expect(ran.stdout).not.toContain(value);
    }
  });

  it('answer a test with their tags', async () => {
    for (const id of ['tencent-tag', 'huawei-tagging']) {
      const ran = await tagroll(['services', 'test', id, '--json']);
      expect([ran.status, ran.json<Test>()]).toMatchObject([0, { ok: true, code: null }]);
      expect(Object.keys(ran.json<Test>())).toEqual('ok code message tags'.split(' '));
      expect(ran.json<Test>().tags.length).toBeGreaterThan(0);
    }
  });

  it('that refuse the account end a test with 4', async () => {
    const ran = await tagroll(['services', 'test', 'tencent-tag', '--json'], {
      TAGROLL_TENCENT_SECRET_KEY: 'TESTwrongKey',
    });
    expect([ran.status, ran.json<Test>()]).toMatchObject([4, { ok: false, code: '14', tags: [] }]);
    expect(ran.stdout).not.toContain('TESTwrongKey');
  });

  it('that cannot be reached end a test with 1', async () => {
    const closed = createServer();
    await new Promise<void>((resolve) => closed.listen(0, '127.0.0.1', resolve));
    const address = closed.address();
    const port = typeof address === 'object' ? address?.port : 0;
    await new Promise((resolve) => closed.close(resolve));
    const ran = await tagroll(['services', 'test', 'tencent-tag', '--json'], {
      TAGROLL_TENCENT_ENDPOINT: `http://127.0.0.1:${port}`,
    });
    expect([ran.status, ran.json<Test>()]).toMatchObject([1, { ok: false, code: 'network' }]);
  });

  it('that are not set up, or would send in the clear, are wrong usage', async () => {
    const bare = await runTagroll([
      '--library',
      library,
      'services',
      'test',
      'tencent-tag',
      '--json',
    ]);
    expect([bare.status, bare.json<Failure>().error.code]).toEqual([2, 'service_not_configured']);
    expect(bare.json<Failure>().error.message).toContain('secretKey');
    const clear = await tagroll(['tag', '--service', 'tencent-tag', '--json'], {
      TAGROLL_TENCENT_ENDPOINT: 'http://service.example',
    });
    expect([clear.status, clear.json<Failure>().error.code]).toEqual([2, 'service_not_configured']);
  });
});

describe('tag', () => {
  it('only says what it would do, when asked so', async () => {
    const before = arrived();
    const ran = await tagroll(['tag', '--service', 'tencent-tag', '--dry-run', '--json']);
    expect(ran.status).toBe(0);
    expect(ran.json()).toEqual({
      service: 'tencent-tag',
      considered: PHOTOS,
      alreadyKnown: 0,
      calls: PHOTOS,
      photosTagged: 0,
      tagsWritten: 0,
      failed: [],
      stopped: null,
      estimatedCost: null,
      cost: null,
      currency: 'CNY',
      seconds: expect.any(Number),
    });
    expect(arrived()).toBe(before);
  });

  it('sends each photo once, and says so', async () => {
    await tagroll(['settings', 'tencent-tag.pricePerThousand', '1.5']);
    const before = arrived();
    const ran = await tagroll(['tag', '--service', 'tencent-tag', '--json']);
    expect(ran.status).toBe(0);
    const summary = ran.json<Summary>();
    expect(Object.keys(summary)).toEqual(
      'service considered alreadyKnown calls photosTagged tagsWritten failed stopped estimatedCost cost currency seconds'.split(
        ' ',
      ),
    );
    expect(summary).toMatchObject({
      considered: PHOTOS,
      calls: PHOTOS,
      photosTagged: PHOTOS,
      failed: [],
      stopped: null,
    });
    expect(summary.estimatedCost).toBeCloseTo(0.009);
    expect(summary.cost).toBeCloseTo(0.009);
    expect(arrived() - before).toBe(PHOTOS);
    expect(ran.stderr).toContain(`${PHOTOS} calls for ${PHOTOS} photos`);

    const again = await tagroll(['tag', '--service', 'tencent-tag', '--json']);
    expect([again.status, again.json<Summary>()]).toMatchObject([
      0,
      { considered: PHOTOS, alreadyKnown: PHOTOS, calls: 0, cost: 0 },
    ]);
    expect(arrived() - before).toBe(PHOTOS);
  });

  it('sends known photos again only with --again, priced before', async () => {
    const words = ['tag', '--service', 'tencent-tag', '--query', 'name:0.jpg', '--again', '--json'];
    const before = arrived();
    const dry = await tagroll([...words, '--dry-run']);
    expect(dry.json<Summary>()).toMatchObject({ considered: 1, calls: 1 });
    const ran = await tagroll(words);
    expect([ran.status, ran.json<Summary>()]).toMatchObject([0, { calls: 1, photosTagged: 1 }]);
    expect(ran.stderr).toMatch(/1 call for 1 photo .*about CNY 0\.0015/);
    expect(arrived() - before).toBe(1);
  });

  it('keeps to --limit and --max-calls', async () => {
    await newLibrary();
    const words = ['tag', '--service', 'tencent-tag', '--json'];
    const limited = await tagroll([...words, '--limit', '2']);
    expect([limited.status, limited.json<Summary>()]).toMatchObject([0, { calls: 2 }]);
    const dear = await tagroll([...words, '--max-calls', '1']);
    expect([dear.status, dear.json<Summary>().calls]).toEqual([0, 1]);
  });

  it('ends with 4 where the account is refused, and says why', async () => {
    await newLibrary();
    const ran = await tagroll(['tag', '--service', 'tencent-tag', '--json'], {
      TAGROLL_TENCENT_SECRET_KEY: 'TESTwrongKey',
    });
    expect(ran.status).toBe(4);
    const { stopped, calls, photosTagged } = ran.json<Summary>();
    expect(stopped).toEqual({ code: '14', message: expect.any(String) });
    expect(calls).toBeLessThanOrEqual(2);
    expect(photosTagged).toBe(0);
    expect(ran.stdout + ran.stderr).not.toContain('TESTwrongKey');
    const right = await tagroll(['tag', '--service', 'tencent-tag', '--json']);
    expect([right.status, right.json<Summary>()]).toMatchObject([0, { photosTagged: PHOTOS }]);
  });

  it('ends with 4 at the cap, and never makes a call beyond it', async () => {
    await newLibrary();
    const before = arrived();
    await tagroll(['settings', 'tencent-tag.capCalls', '3']);
    const ran = await tagroll(['tag', '--service', 'tencent-tag', '--json']);
    expect([ran.status, ran.json<Summary>()]).toMatchObject([
      4,
      { calls: 3, stopped: { code: 'cap_calls' } },
    ]);
    expect(arrived() - before).toBe(3);
    await tagroll(['settings', 'tencent-tag.capCalls', 'null']);
    const rest = await tagroll(['tag', '--service', 'tencent-tag', '--json']);
    expect([rest.status, rest.json<Summary>().photosTagged]).toEqual([0, PHOTOS - 3]);
  });

  it('ends with 1 where single photos failed, and names them', async () => {
    await newLibrary();
    simulators.tencent.next({ kind: 'code', code: '-1102' }, { service: 'tencent-tag' });
    const ran = await tagroll(['tag', '--service', 'tencent-tag', '--json']);
    expect(ran.status).toBe(1);
    const { failed, photosTagged } = ran.json<Summary>();
    expect(photosTagged).toBe(PHOTOS - 1);
    expect(failed).toEqual([
      { path: expect.stringContaining(photos), code: '-1102', message: expect.any(String) },
    ]);
    const people = await tagroll(['tag', '--service', 'tencent-tag', '--dry-run']);
    expect(people.stdout).toMatch(/^tencent-tag: \d call/);
  });

  it('says where a query is wrong', async () => {
    const ran = await tagroll(['tag', '--service', 'tencent-tag', '--query', '(', '--json']);
    expect([ran.status, ran.json<Failure>().error.code]).toEqual([2, 'query_invalid']);
  });

  it('stops cleanly with Ctrl-C, and the same command sends only the rest', async () => {
    await newLibrary();
    simulators.tencent.behave({ latencyMs: 700 });
    const before = arrived();
    const words = ['--library', library, 'tag', '--service', 'tencent-tag', '--json'];
    const child = startTagroll(words, { env: simulators.environment });
    const ended = collect(child);
    await expect.poll(() => arrived() - before, { timeout: 30_000 }).toBeGreaterThan(0);
    child.kill('SIGINT');
    const stopped = await ended;
    expect([stopped.status, stopped.json<Failure>().error.code]).toEqual([130, 'interrupted']);
    simulators.tencent.calm();
    const rest = await tagroll(['tag', '--service', 'tencent-tag', '--json']);
    expect(rest.status).toBe(0);
    // Calls that were under way are answered, or counted and made again: at most two, as many as at once.
    expect(arrived() - before).toBeLessThanOrEqual(PHOTOS + 2);
    const known = await tagroll(['tag', '--service', 'tencent-tag', '--dry-run', '--json']);
    expect(known.json<Summary>()).toMatchObject({ alreadyKnown: PHOTOS, calls: 0 });
  });
});

describe('uploads', () => {
  it('are what left this computer', async () => {
    await newLibrary();
    await tagroll(['tag', '--service', 'tencent-tag', '--limit', '2']);
    await tagroll(['services', 'test', 'tencent-tag']);
    const ran = await tagroll(['uploads', '--json']);
    const { uploads } = ran.json<Uploads>();
    expect(uploads).toHaveLength(3);
    for (const upload of uploads) {
      expect(Object.keys(upload)).toEqual(
        'at service path bytes width height status requestId cost'.split(' '),
      );
      expect(upload).toMatchObject({ status: 'answered', cost: null });
    }
    expect(uploads.filter(({ path }) => path === null)).toHaveLength(1);
    const one = uploads.find(({ path }) => path !== null)?.path ?? '';
    const name = one.slice(photos.length + 1);
    const queried = await tagroll(['uploads', '--query', `name:${name}`, '--json']);
    expect(queried.json<Uploads>().uploads.map(({ path }) => path)).toEqual([one]);
    expect((await tagroll(['uploads'])).stdout).toContain('connection test');
  });

  it('are written where the person is', async () => {
    const ran = await tagroll(['uploads', '--csv', 'sent.csv', '--json'], { INIT_CWD: base });
    expect(ran.json<Uploads>().uploads).toHaveLength(3);
    const lines = readFileSync(join(base, 'sent.csv'), 'utf8').split('\r\n');
    expect(lines[0]).toMatch(/^at,service,path,bytes,width,height,status,requestId,cost/);
    expect(lines).toHaveLength(5);
    const nowhere = await tagroll(['uploads', '--csv', join(base, 'no', 'x.csv'), '--json']);
    expect([nowhere.status, nowhere.json<Failure>().error.code]).toEqual([2, 'usage']);
  });
});

describe('a library that a window holds', () => {
  it("is tagged through it, with the command's own account, which stays nowhere", async () => {
    await newLibrary();
    const holder = startTagroll(['open', '--no-window', '--library', library, '--json']);
    const ended = collect(holder);
    await new Promise((resolve) => holder.stdout?.once('data', resolve));
    const ran = await tagroll(['tag', '--service', 'huawei-tagging', '--json']);
    expect([ran.status, ran.json<Summary>()]).toMatchObject([0, { photosTagged: PHOTOS }]);
    const bare = await runTagroll(['--library', library, 'services', '--json']);
    expect(bare.json<{ services: object[] }>().services[2]).toMatchObject({ configured: false });
    holder.kill('SIGINT');
    expect((await ended).status).toBe(130);
  });
});

describe('what stays behind', () => {
  it('holds no key: neither a library nor its log', () => {
    const secrets = Object.entries(simulators.environment)
      .filter(([name]) => /SECRET|ACCESS_KEY|PASSWORD/.test(name))
      .map(([, value]) => value);
    expect(secrets.length).toBeGreaterThanOrEqual(4);
    const files = readdirSync(base, { recursive: true, encoding: 'utf8' })
      .map((name) => join(base, name))
      .filter((path) => statSync(path).isFile());
    expect(files.some((path) => path.endsWith('tagroll.log'))).toBe(true);
    const found = files.filter((path) => {
      const text = readFileSync(path, 'latin1');
      return [...secrets, 'TESTwrongKey'].some((secret) => text.includes(secret));
    });
    expect(found).toEqual([]);
  });
});
