/** The two ways to sign in to Huawei: every request signed with keys, or with a token of IAM. */
import type { AccountValues, ServiceWorld } from '../types.ts';
import { iamAddress, regionOf, usesTokens } from './huaweiAccount.ts';
import { huaweiAuthorization, sdkDate } from './huaweiSignature.ts';
import { createHuaweiTokens } from './huaweiToken.ts';

/** What a request is sent with. */
export type HuaweiPass = {
  readonly headers: Readonly<Record<string, string>>;
  /** Never to be seen in a message. */
  readonly secrets: readonly string[];
  accepted(): void;
  /** The service refused it: what to do about that. */
  refused(): 'sign-again' | 'stop';
};

export type HuaweiAccess = {
  readonly usesTokens: boolean;
  pass(
    request: { readonly url: string; readonly body: Uint8Array },
    options: { readonly signal: AbortSignal; readonly timeoutMs: number },
  ): Promise<HuaweiPass>;
};

export function createHuaweiAccess(account: AccountValues, world: ServiceWorld): HuaweiAccess {
  return usesTokens(account) ? withTokens(account, world) : withKeys(account, world);
}

function withKeys(account: AccountValues, world: ServiceWorld): HuaweiAccess {
  const keys = { accessKey: field(account, 'accessKey'), secretKey: field(account, 'secretKey') };
  return {
    usesTokens: false,
    async pass({ url, body }) {
      const headers = {
        'Content-Type': 'application/json',
        'X-Project-Id': field(account, 'projectId'),
        'X-Sdk-Date': sdkDate(world.now()),
      };
      // fetch writes the Host header itself, with the port where it is not the usual one.
      const signed = { ...headers, Host: new URL(url).host };
      const authorization = huaweiAuthorization(
        { method: 'POST', url, headers: signed, body },
        keys,
      );
      return {
        headers: { ...headers, Authorization: authorization },
        secrets: [authorization, authorization.slice(-64), keys.accessKey, keys.secretKey],
        accepted: () => undefined,
        refused: () => 'stop',
      };
    },
  };
}

function withTokens(account: AccountValues, world: ServiceWorld): HuaweiAccess {
  const tokens = createHuaweiTokens(
    {
      origin: iamAddress(account),
      user: field(account, 'user'),
      // Spaces at its ends may belong to it.
      password: account['password'] ?? '',
      domain: field(account, 'domain'),
      project: regionOf(account),
    },
    world,
  );
  return {
    usesTokens: true,
    async pass(_request, options) {
      const token = await tokens.get(options);
      return {
        headers: {
          'Content-Type': 'application/json',
          'X-Project-Id': field(account, 'projectId'),
          'X-Auth-Token': token.value,
        },
        secrets: [token.value, account['password'] ?? ''],
        accepted: () => tokens.accepted(token),
        refused: () => tokens.refused(token),
      };
    },
  };
}

function field(account: AccountValues, name: string): string {
  return account[name]?.trim() ?? '';
}
