/** `services` and `services test`: what can be asked, what is missing for it, and whether it answers. */
import { ADAPTERS } from '../../main/tagging/services/registry.ts';
import { classOf } from '../../shared/serviceErrors/index.ts';
import type { ServiceId, ServiceInfo, ServiceTest } from '../../shared/services.ts';
import type { Command } from './command.ts';
import { number } from './figures.ts';
import { stopKind } from './status.ts';
import { table } from './table.ts';

export const listServices: Command = async ({ client, environment, signal }) => {
  const { services } = await client.services.list({ environment }, { signal });
  const columns = [
    { title: 'Service' },
    { title: 'Set up' },
    { title: 'Missing' },
    { title: 'Calls this month', align: 'right' },
    { title: 'Cap', align: 'right' },
    { title: 'About' },
  ] as const;
  const rows = services.map((service) => [
    service.id,
    service.configured ? 'yes' : 'no',
    lacking(service),
    number(service.usage.calls),
    capText(service),
    ADAPTERS[service.id].note,
  ]);
  return { json: { services: services.map(serviceJson) }, text: table(columns, rows) };
};

/** Makes one real call with a built-in picture; it is booked like any other. */
export function testService(id: ServiceId): Command {
  return async ({ client, environment, signal }) => {
    const answer = await client.services.test({ id, environment }, { signal });
    return {
      json: testJson(answer),
      text: testText(id, answer),
      hasFailures: !answer.ok,
      isRefused: answer.code !== null && isRefused(id, answer.code),
    };
  };
}

/** Signing again was tried before it was told. */
function isRefused(id: ServiceId, code: string): boolean {
  const errorClass = classOf(id, code);
  return (errorClass === 'stop' || errorClass === 'sign-again') && stopKind(code) === 'refusal';
}

/** The fields that other programs may rely on, in their order. */
export function serviceJson({ id, names, configured, missing, limits }: ServiceInfo): object {
  const { maxSidePixels, minSidePixels, maxBodyBytes, formats } = limits;
  return {
    id,
    name: names.en,
    configured,
    missing,
    limits: { maxSidePixels, minSidePixels, maxBodyBytes, formats },
    note: ADAPTERS[id].note,
  };
}

function lacking({ missing, invalid }: ServiceInfo): string {
  const wrong = invalid ? [`${invalid.field} (${invalid.code.replaceAll('_', ' ')})`] : [];
  return [...missing, ...wrong].join(', ');
}

function capText({ usage }: ServiceInfo): string {
  const caps = [
    ...(usage.capCalls === null ? [] : [`${number(usage.capCalls)} calls`]),
    ...(usage.capMoney === null ? [] : [`${usage.currency} ${number(usage.capMoney)}`]),
  ];
  return caps.join(', ') || 'none';
}

function testJson({ ok, code, message, tags }: ServiceTest): object {
  return {
    ok,
    code,
    message,
    tags: tags.map(({ names, type, confidence }) => ({ names, type, confidence })),
  };
}

function testText(id: ServiceId, { ok, code, message, tags }: ServiceTest): string {
  if (!ok) return `${id} does not work (${code ?? 'unknown'}): ${message}`;
  const columns = [
    { title: 'Tag' },
    { title: '标签' },
    { title: 'Confidence', align: 'right' },
  ] as const;
  const rows = tags.map(({ names, confidence }) => [
    names.en ?? '',
    names.zh ?? '',
    number(confidence),
  ]);
  const found = tags.length === 0 ? '' : `\n${table(columns, rows)}`;
  return `${id} works. ${message}${found}`;
}
