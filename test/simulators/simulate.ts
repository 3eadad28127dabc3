/** `npm run simulate`: all five services on this computer, to try Tagroll without an account. */
import { fstatSync } from 'node:fs';
import { parseArgs } from 'node:util';
import type { Received } from './record.ts';
import { type Simulators, startSimulators } from './start.ts';
import { ACCOUNT_ABNORMAL } from './tencentCodes.ts';

const HELP = `Usage: npm run simulate -- [options]

  --port N         port of the Tencent services, Huawei gets the next one; free ones when left out
  --minutes N      stop after this long (60)
  --latency MS     time until an answer (300)
  --per-second N   refuse calls above this rate
  --broke          every call says that the account owes money
  --token          print the variables for Huawei's tokens instead of its keys
`;

const say = (line: string): void => {
  process.stdout.write(`${line}\n`);
};

async function simulate(): Promise<void> {
  const { values } = parseArgs({
    options: {
      port: { type: 'string', default: '0' },
      minutes: { type: 'string', default: '60' },
      latency: { type: 'string', default: '300' },
      'per-second': { type: 'string' },
      broke: { type: 'boolean', default: false },
      token: { type: 'boolean', default: false },
      help: { type: 'boolean', short: 'h', default: false },
    },
  });
  if (values.help) return say(HELP);
  const port = readNumber('--port', values.port, 0, 65_534);
  const minutes = readNumber('--minutes', values.minutes, 1, 24 * 60);
  const latencyMs = readNumber('--latency', values.latency, 0, 600_000);
  const perSecond =
    values['per-second'] === undefined
      ? null
      : readNumber('--per-second', values['per-second'], 1, 10_000);
  const simulators = await startSimulators({
    tencent: { port },
    huawei: { port: port === 0 ? 0 : port + 1 },
  });
  const { tencent, huawei } = simulators;
  for (const simulator of [tencent, huawei]) {
    simulator.behave({
      latencyMs,
      rate: perSecond === null ? null : { perSecond, retryAfterSeconds: 1, form: 'gateway' },
    });
    simulator.onRequest((entry) => say(lineOf(entry)));
  }
  if (values.broke) {
    tencent.behave({ outcome: { kind: 'code', code: '3', message: ACCOUNT_ABNORMAL } });
    huawei.behave({ outcome: { kind: 'code', code: 'ModelArts.4106' } }, 'huawei-tagging');
  }
  explain(simulators, minutes, values.token);
  const why = await untilEnough(minutes);
  await simulators.close();
  say(`${why} ${tencent.counters().received + huawei.counters().received} requests arrived.`);
}

function explain({ tencent, huawei }: Simulators, minutes: number, isToken: boolean): void {
  const variables = {
    ...tencent.environment,
    ...(isToken ? huawei.tokenEnvironment : huawei.environment),
  };
  say('Simulated services: nothing leaves this computer, the keys are invented, the tags made up.');
  say(`They stop after ${minutes} minutes, or with Ctrl-C. In another terminal:`);
  say('');
  for (const [name, value] of Object.entries(variables)) say(`export ${name}='${value}'`);
  say('');
  say('then for example: npm start -- --sample');
  say('Deep red pictures show blood and magenta ones porn, everything else is harmless.');
  say('');
}

/** One request in one line. */
function lineOf(entry: Received): string {
  const pictures = entry.pictures.map(({ width, height, sizeBytes }) =>
    width === null ? `${kilobytes(sizeBytes)}` : `${width}×${height} ${kilobytes(sizeBytes)}`,
  );
  return [
    new Date(entry.atMs).toISOString().slice(11, 19),
    entry.service.padEnd(17),
    String(entry.status ?? '–').padEnd(3),
    entry.verdict.padEnd(8),
    `${entry.durationMs ?? 0} ms`.padStart(8),
    ...pictures,
    ...(entry.code === null ? [] : [`code ${entry.code}`]),
    ...(entry.reason === null ? [] : [`(${entry.reason})`]),
  ].join('  ');
}

function kilobytes(bytes: number): string {
  return `${Math.ceil(bytes / 1000)} kB`;
}

/** Resolves with the reason to stop: time, a signal, or that whoever started us is gone. */
function untilEnough(minutes: number): Promise<string> {
  const parent = process.ppid;
  return new Promise((resolve) => {
    const timer = setTimeout(() => stop('The time is over.'), minutes * 60_000);
    const watch = setInterval(() => {
      if (process.ppid !== parent) stop('Whoever started this is gone.');
    }, 1000);
    const stop = (why: string): void => {
      clearTimeout(timer);
      clearInterval(watch);
      process.stdin.destroy();
      resolve(why);
    };
    process.once('SIGINT', () => stop('Stopped.'));
    process.once('SIGTERM', () => stop('Stopped.'));
    process.stdout.on('error', () => stop('Nobody reads.'));
    if (!isStdinHeld()) return;
    process.stdin.on('end', () => stop('The input ended.'));
    process.stdin.resume();
  });
}

/**
 * Whether a program holds the other end. /dev/null and files end at once and mean nothing; a terminal
 * tells by a signal, and reading from it would halt us in the background.
 */
function isStdinHeld(): boolean {
  try {
    const stdin = fstatSync(0);
    return stdin.isFIFO() || stdin.isSocket();
  } catch {
    // Closed from the start.
    return false;
  }
}

function readNumber(name: string, text: string, lowest: number, highest: number): number {
  const value = Number(text);
  if (/^\d+$/.test(text) && value >= lowest && value <= highest) return value;
  throw new Error(`${name} must be a whole number from ${lowest} to ${highest}, not ${text}.`);
}

try {
  await simulate();
  process.exit(0);
} catch (error) {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  process.exit(2);
}
