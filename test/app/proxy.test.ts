import { spawn } from 'node:child_process';
import { createServer as createWebServer } from 'node:http';
import { type AddressInfo, connect, type Server } from 'node:net';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { proxyVariables } from '../../app/proxy.ts';

const OWN = 'localhost,127.0.0.1,[::1]';

describe('what Node is told of proxies', () => {
  it('is nothing where there is none', () => {
    expect(proxyVariables({})).toBeNull();
    expect(proxyVariables({ HTTPS_PROXY: '', http_proxy: ' ', NO_PROXY: 'x' })).toBeNull();
  });

  it.each([
    [{ HTTPS_PROXY: 'http://p:1' }, { HTTPS_PROXY: 'http://p:1', NO_PROXY: OWN }],
    [
      { https_proxy: 'http://low:1', HTTPS_PROXY: 'http://p:1' },
      { HTTPS_PROXY: 'http://low:1', NO_PROXY: OWN },
    ],
    [{ http_proxy: 'p.example:3128' }, { HTTP_PROXY: 'http://p.example:3128', NO_PROXY: OWN }],
    [
      { HTTP_PROXY: 'http://p:1', no_proxy: '.example' },
      { HTTP_PROXY: 'http://p:1', NO_PROXY: `.example,${OWN}` },
    ],
    [
      { HTTP_PROXY: 'https://u:p@p:1', NO_PROXY: '*' },
      { HTTP_PROXY: 'https://u:p@p:1', NO_PROXY: '*' },
    ],
  ])('%j is understood', (environment, wanted) => {
    expect(proxyVariables(environment)).toEqual(wanted);
  });

  it.each(['socks5://TESTuser:TESTpass@p:1', 'http://', 'ftp://p'])(
    '%s is refused by the name of its variable',
    (address) => {
      const ask = (): unknown => proxyVariables({ https_proxy: address });
      expect(ask).toThrow('https_proxy');
      expect(ask).not.toThrow('TESTpass');
    },
  );
});

describe('a call through a proxy', () => {
  const tunnels: string[] = [];
  let target: Server;
  let proxy: Server;
  const portOf = (server: Server): number => (server.address() as AddressInfo).port;

  beforeAll(async () => {
    target = createWebServer((_request, response) => response.end('the target'));
    proxy = createWebServer((_request, response) => response.writeHead(500).end()).on(
      'connect',
      (request, socket) => {
        tunnels.push(String(request.url));
        const onward = connect(portOf(target), '127.0.0.1', () => {
          socket.write('HTTP/1.1 200 Connection Established\r\n\r\n');
          onward.pipe(socket).pipe(onward);
        });
        onward.on('error', () => socket.destroy());
        socket.on('error', () => onward.destroy());
      },
    );
    for (const server of [target, proxy]) {
      await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    }
  });
  afterAll(() => {
    target.close();
    proxy.close();
  });

  /** What a process with this environment gets, once it was told of proxies as every door is. */
  function fetched(address: string, environment: Record<string, string>): Promise<string> {
    const module = JSON.stringify(join(import.meta.dirname, '..', '..', 'app', 'proxy.ts'));
    const program = `
      import { followProxies } from ${module};
      const problem = followProxies(process.env);
      if (problem) console.log(problem);
      else console.log(await fetch(${JSON.stringify(address)}).then((r) => r.text(), String));`;
    const { http_proxy: _a, HTTP_PROXY: _b, no_proxy: _c, NO_PROXY: _d, ...rest } = process.env;
    const child = spawn(process.execPath, ['--input-type=module', '-e', program], {
      env: { ...rest, ...environment },
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    return new Promise((resolve) => {
      let text = '';
      child.stdout.on('data', (data) => {
        text += data;
      });
      child.once('close', () => resolve(text.trim()));
    });
  }

  it('goes through it, except to this computer', async () => {
    const environment = { http_proxy: `127.0.0.1:${portOf(proxy)}` };
    const far = `http://service.example:${portOf(target)}/x`;
    expect(await fetched(far, environment)).toBe('the target');
    expect(tunnels).toEqual([`service.example:${portOf(target)}`]);
    const near = `http://127.0.0.1:${portOf(target)}/x`;
    expect(await fetched(near, environment)).toBe('the target');
    expect(tunnels).toHaveLength(1);
  });

  it('is not made where the address cannot be used, and the process lives on', async () => {
    const answer = await fetched('http://127.0.0.1/', { http_proxy: 'socks5://127.0.0.1:1' });
    expect(answer).toContain('The proxy in http_proxy');
  });
});
