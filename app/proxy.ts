/** The way out: what the environment says of proxies, for everything that this process asks of the network. */
import * as http from 'node:http';

export type ProxyVariables = {
  readonly HTTP_PROXY?: string;
  readonly HTTPS_PROXY?: string;
  readonly NO_PROXY: string;
};

/** Nothing on this computer is reached through another one. */
const OWN_NAMES = ['localhost', '127.0.0.1', '[::1]'];

/** What Node is told; null: there is no proxy. Throws when an address cannot be used; the answer names its variable. */
export function proxyVariables(
  environment: Readonly<Record<string, string | undefined>>,
): ProxyVariables | null {
  const read = (name: string): string =>
    (environment[name.toLowerCase()] ?? environment[name] ?? '').trim();
  const plain = proxyAddress('http_proxy', read('HTTP_PROXY'));
  const encrypted = proxyAddress('https_proxy', read('HTTPS_PROXY'));
  if (plain === null && encrypted === null) return null;
  const direct = read('NO_PROXY');
  return {
    ...(plain === null ? {} : { HTTP_PROXY: plain }),
    ...(encrypted === null ? {} : { HTTPS_PROXY: encrypted }),
    NO_PROXY:
      direct === '*' ? direct : [...(direct === '' ? [] : [direct]), ...OWN_NAMES].join(','),
  };
}

/** Uses the environment's proxies from now on. Answers why it cannot, for the log; null: all is well. */
export function followProxies(
  environment: Readonly<Record<string, string | undefined>>,
): string | null {
  try {
    const variables = proxyVariables(environment);
    if (!variables) return null;
    // Node has it since 24.14; a system may bring an older one.
    if (!('setGlobalProxyFromEnv' in http)) {
      return `Node ${process.versions.node} cannot be told of a proxy. Install Node 24.14 or newer, or set NODE_USE_ENV_PROXY=1.`;
    }
    http.setGlobalProxyFromEnv(variables);
    return null;
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}

/** As people write it, with or without `http://`. An address may hold a password: it is never repeated. */
function proxyAddress(variable: string, text: string): string | null {
  if (text === '') return null;
  const address = text.includes('://') ? text : `http://${text}`;
  if (URL.canParse(address) && /^https?:$/.test(new URL(address).protocol)) return address;
  throw new Error(
    `The proxy in ${variable} is no http or https address, so no proxy is used. Write it like http://proxy.example:3128.`,
  );
}
