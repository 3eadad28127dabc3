/** A browser door before an engine that says yes to everything: what is refused, the door refused. */
import { type BrowserDoor, type BrowserDoorOptions, openBrowserDoor } from '../../app/browser.ts';
import type { Engine } from '../../main/engine.ts';
import { type Logger, silentLogger } from '../../main/log.ts';
import { cookieOf } from './realDoor.ts';

export type StubDoor = {
  readonly door: BrowserDoor;
  readonly port: number;
  readonly origin: string;
  readonly cookie: string;
  /** Paths that came through to the engine. */
  readonly reached: readonly string[];
};

export async function openStubDoor(
  options: Partial<BrowserDoorOptions> & {
    readonly logger?: Logger;
    readonly handle?: (request: Request) => Promise<Response>;
  } = {},
): Promise<StubDoor> {
  const reached: string[] = [];
  const engine: Pick<Engine, 'handle' | 'router'> = {
    async handle(request) {
      reached.push(new URL(request.url).pathname);
      return options.handle ? options.handle(request) : new Response('the library');
    },
    router: {} as Engine['router'],
  };
  const door = await openBrowserDoor(engine, { port: 0, logger: silentLogger, ...options });
  const { port } = door;
  return {
    door,
    port,
    origin: `http://127.0.0.1:${port}`,
    cookie: await cookieOf(door),
    reached,
  };
}
