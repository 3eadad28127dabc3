/** What an engine and the process that started it tell each other over the channel that Node keeps between them. */
import type { WindowAddresses } from './engineClient.ts';

export type ToEngine =
  | { readonly kind: 'ping' }
  /** Serve a browser window: its connections come one by one, with a `connection` message each. */
  | {
      readonly kind: 'door';
      readonly port: number;
      readonly session: string;
      readonly entry: string;
      readonly once: readonly string[];
    }
  /** A further key that works once. */
  | { readonly kind: 'door-key'; readonly key: string }
  /** With a connection. */
  | { readonly kind: 'connection' }
  | {
      readonly kind: 'addresses';
      readonly id: number;
      readonly addresses: WindowAddresses | null;
    };

export type FromEngine =
  | { readonly kind: 'pong' }
  /** The connection is here. */
  | { readonly kind: 'connected' }
  /** How many windows are open. */
  | { readonly kind: 'windows'; readonly count: number }
  | { readonly kind: 'key-spent'; readonly key: string }
  /** Where a further window may open. */
  | { readonly kind: 'ask-addresses'; readonly id: number };

/** The exit status of an engine that wants to be started anew, so that a backup takes its place. */
export const RESTART_STATUS = 75;

/** Whether a message is one of ours; other parts share the channel. */
export function hasKind<Message extends { readonly kind: string }>(
  message: unknown,
): message is Message {
  return (
    typeof message === 'object' &&
    message !== null &&
    'kind' in message &&
    typeof message.kind === 'string'
  );
}
