/** The private door of an engine: a socket that only this user can reach, and only with its token. */
import { chmodSync, rmSync } from 'node:fs';
import { dirname } from 'node:path';
import type { Engine } from '../main/engine.ts';
import type { Logger } from '../main/log.ts';
import { TOKEN_HEADER, WINDOW_PATH, type WindowAddresses } from './engineClient.ts';
import { type NodeServer, serve } from './nodeHttp.ts';
import { newSocketPath } from './places.ts';
import { sameSecret } from './secrets.ts';

export type PrivateSocket = {
  readonly path: string;
  /** Open WebSockets on it. */
  readonly connections: () => number;
  close(): Promise<void>;
};

export type PrivateSocketOptions = {
  readonly logger: Logger;
  /** Null where the engine's window is not in a browser. */
  readonly addresses: () => Promise<WindowAddresses | null>;
};

/** Opens it and writes its place beside the library, for commands that come later. */
export async function openSocket(
  engine: Engine,
  options: PrivateSocketOptions,
): Promise<PrivateSocket> {
  const path = newSocketPath(process.env, process.platform);
  const answering: Pick<Engine, 'handle' | 'router'> = {
    router: engine.router,
    async handle(request) {
      if (new URL(request.url).pathname !== WINDOW_PATH) return engine.handle(request);
      return Response.json(await options.addresses());
    },
  };
  const server: NodeServer = await serve(answering, {
    listen: { socketPath: path },
    logger: options.logger,
    authorize(request) {
      return sameSecret(request.headers.get(TOKEN_HEADER), engine.token)
        ? null
        : new Response('Wrong token\n', { status: 403 });
    },
  });
  if (process.platform !== 'win32') chmodSync(path, 0o600);
  engine.publishSocket(path);
  return {
    path,
    connections: server.connections,
    async close() {
      await server.close();
      if (process.platform !== 'win32') rmSync(dirname(path), { recursive: true, force: true });
    },
  };
}
