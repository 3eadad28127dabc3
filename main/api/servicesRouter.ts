/** Setting up services: the calls of `shared/taggingContract.ts` under `services`. */
import { TagrollError } from '../../shared/errors.ts';
import { ACCOUNT_FIELDS, type AccountId, type SecretName } from '../../shared/services.ts';
import { DEFAULT_SETTINGS, type SettingKey, settingsSchema } from '../../shared/settings.ts';
import type { EngineParts } from '../engineParts.ts';
import { listServices } from '../tagging/serviceInfo.ts';
import type { RouterBuilder } from './builder.ts';

type Change =
  | { readonly kind: 'setting'; readonly key: SettingKey; readonly value: unknown }
  | { readonly kind: 'secret'; readonly name: SecretName; readonly value: string | null };

export function createServicesRouter(builder: RouterBuilder, parts: EngineParts) {
  const { services } = builder;
  return {
    list: services.list.handler(async ({ input }) => ({
      services: await listServices(parts, input.environment),
      protection: await parts.secrets.protection(),
    })),
    setAccount: services.setAccount.handler(async ({ input }) => {
      // All of them are looked at first: an account is never left half changed by a slip.
      const changes = Object.entries(input.values).map(([field, value]) =>
        readChange(input.account, field, value),
      );
      for (const change of changes) {
        if (change.kind === 'secret') await parts.secrets.set(change.name, change.value);
        else await parts.writer.run('setSetting', { key: change.key, value: change.value });
      }
      parts.tagging.settingsChanged();
      parts.events.servicesChanged();
    }),
    test: services.test.handler(({ input, signal }) =>
      parts.tagging.test(input.id, input.environment, signal),
    ),
  };
}

/** Values are often pasted: what surrounds them is no part of them. */
function readChange(account: AccountId, field: string, value: string | null): Change {
  const { plain, secret } = ACCOUNT_FIELDS[account];
  if (secret.some((name) => name === field)) {
    const text = field === 'password' ? value : (value?.trim() ?? null);
    return {
      kind: 'secret',
      name: `${account}.${field}` as SecretName,
      value: text === '' ? null : text,
    };
  }
  if (!plain.some((name) => name === field)) {
    throw new TagrollError(
      'usage',
      `The account ${account} has no field "${field}". It has: ${[...plain, ...secret].join(', ')}.`,
      { account, field },
    );
  }
  const key = `${account}.${field}` as SettingKey;
  const wanted = value === null ? DEFAULT_SETTINGS[key] : value.trim();
  const parsed = settingsSchema.shape[key].safeParse(wanted);
  if (!parsed.success) {
    const reason = parsed.error.issues[0]?.message ?? 'it is not valid';
    throw new TagrollError('setting_invalid', `The field "${field}" cannot be set: ${reason}.`, {
      key,
      reason,
    });
  }
  return { kind: 'setting', key, value: parsed.data };
}
