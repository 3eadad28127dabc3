/**
 * Sends every readable picture of folders to all five services, simulated from their documents, with the
 * command line, and compares signatures with worked ones: `check-services.ts VECTORS FOLDER…`.
 */
import { spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { huaweiAuthorization } from '../main/tagging/services/huaweiSignature.ts';
import { tencentSignature } from '../main/tagging/services/tencentSignature.ts';
import type { Photo } from '../shared/model.ts';
import { SERVICE_IDS, type TagSummary } from '../shared/services.ts';
import { startSimulators } from '../test/simulators/start.ts';
import { verifyTencentSignature } from '../test/simulators/tencentSignature.ts';

type TencentVector = { id: string; plain: string; secretKey: string; authorization: string };
type HuaweiVector = {
  id: string;
  method: string;
  url: string;
  headers: Record<string, string>;
  body: string;
  ak: string;
  sk: string;
  authorization: string;
};
type Vectors = {
  tencent_legacy: TencentVector[];
  huawei_aksk: HuaweiVector[];
  tencent_legacy_pitfalls: {
    id: string;
    plain: string;
    secretKey: string;
    wrongAuthorization: string;
  }[];
};

const project = resolve(import.meta.dirname, '..');
const [vectorsPath = '', ...folders] = process.argv.slice(2).map((path) => resolve(path));
const library = mkdtempSync(join(tmpdir(), 'tagroll-services-'));
let problems = 0;

function problem(line: string): void {
  problems += 1;
  process.stdout.write(`${line}\n`);
}

async function tagroll<Answer>(
  environment: Readonly<Record<string, string>>,
  ...words: string[]
): Promise<Answer> {
  const child = spawn(
    process.execPath,
    [join(project, 'app/cli.ts'), ...words, '--library', library, '--json'],
    { env: { ...process.env, ...environment }, stdio: ['ignore', 'pipe', 'pipe'] },
  );
  let output = '';
  let said = '';
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    output += text;
  });
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    said += text;
  });
  const status = await new Promise((done) => child.once('close', done));
  if (status !== 0 && status !== 1) {
    throw new Error(`tagroll ${words[0]} ended with ${status}: ${output}${said}`);
  }
  return JSON.parse(output) as Answer;
}

function checkSignatures(vectors: Vectors): number {
  const fieldsOf = (plain: string): Map<string, string> =>
    new Map(plain.split('&').map((pair) => [pair.slice(0, 1), pair.slice(2)]));
  const verify = (plain: string, secretKey: string, authorization: string): boolean => {
    const fields = fieldsOf(plain);
    const account = {
      appId: fields.get('a') ?? '',
      secretId: fields.get('k') ?? '',
      secretKey,
    };
    try {
      verifyTencentSignature(authorization, [account], Number(fields.get('t')));
      return true;
    } catch {
      return false;
    }
  };
  for (const vector of vectors.tencent_legacy) {
    const fields = fieldsOf(vector.plain);
    if (!verify(vector.plain, vector.secretKey, vector.authorization)) {
      problem(`${vector.id}: the simulator refuses it.`);
    }
    if (!vector.id.startsWith('TS1')) continue;
    const made = tencentSignature(
      {
        appId: fields.get('a') ?? '',
        bucket: fields.get('b') ?? '',
        secretId: fields.get('k') ?? '',
        secretKey: vector.secretKey,
      },
      {
        nowSeconds: Number(fields.get('t')),
        expiresSeconds: Number(fields.get('e')),
        random: Number(fields.get('r')),
      },
    );
    if (made !== vector.authorization) problem(`${vector.id}: the adapters sign otherwise.`);
  }
  for (const vector of vectors.tencent_legacy_pitfalls) {
    if (!vector.wrongAuthorization) continue;
    if (verify(vector.plain, vector.secretKey, vector.wrongAuthorization)) {
      problem(`${vector.id}: the simulator accepts it.`);
    }
  }
  for (const vector of vectors.huawei_aksk) {
    const made = huaweiAuthorization(
      { ...vector, body: Buffer.from(vector.body) },
      { accessKey: vector.ak, secretKey: vector.sk },
    );
    if (made !== vector.authorization) problem(`${vector.id}: the adapters sign otherwise.`);
  }
  return (
    vectors.tencent_legacy.length +
    vectors.tencent_legacy_pitfalls.length +
    vectors.huawei_aksk.length
  );
}

const simulators = await startSimulators();
const { tencent, huawei, environment } = simulators;
try {
  const signatures = checkSignatures(JSON.parse(readFileSync(vectorsPath, 'utf8')) as Vectors);
  const startedMs = performance.now();
  await tagroll(environment, 'index', ...folders);
  const { photos } = await tagroll<{ photos: Photo[] }>(
    environment,
    'search',
    '--limit',
    '1000000',
  );
  // What has a ThumbHash was decoded at least in part; tags of the picture tell the same.
  const readable = new Set(
    photos.flatMap((photo) =>
      photo.state === 'ok' || photo.tags.some((tag) => tag.type === 'colour')
        ? [photo.imageHash]
        : [],
    ),
  );
  for (const service of SERVICE_IDS) {
    const summary = await tagroll<TagSummary>(environment, 'tag', '--service', service);
    const simulator = service === 'huawei-tagging' ? huawei : tencent;
    const { received, accepted } = simulator.counters(service);
    for (const { path, code, message } of summary.failed)
      problem(`${service}: ${path}: ${code} ${message}`);
    if (summary.stopped) problem(`${service} stopped: ${summary.stopped.message}`);
    if (received !== accepted || received !== summary.calls || received < readable.size) {
      const reasons = simulator.requests.flatMap(({ reason }) => reason ?? []);
      problem(
        `${service}: ${accepted} of ${received} requests accepted, ${summary.calls} booked, ${readable.size} pictures to be sent. ${[...new Set(reasons)].join('; ')}`,
      );
    }
    const again = await tagroll<TagSummary>(environment, 'tag', '--service', service);
    if (again.calls !== 0) problem(`${service}: ${again.calls} pictures were sent twice.`);
    process.stdout.write(
      `${service}: ${accepted} of ${received} pictures accepted, ${summary.tagsWritten} tags.\n`,
    );
  }
  const checked = await tagroll<{ ok: boolean; problems: unknown[] }>(environment, 'check');
  if (!checked.ok || checked.problems.length > 0) problem(`check: ${JSON.stringify(checked)}`);
  const seconds = Math.round((performance.now() - startedMs) / 1000);
  process.stdout.write(
    `Services: ${readable.size} readable pictures of ${photos.length} files and ${signatures} worked signatures, ${problems} problems, in ${seconds} s.\n`,
  );
  process.exitCode = problems > 0 ? 1 : 0;
} finally {
  await simulators.close();
  rmSync(library, { recursive: true, force: true });
}
