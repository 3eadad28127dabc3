/** What the simulators have in common: a call, its answer, and why one is refused. */
import type { IncomingHttpHeaders } from 'node:http';
import type { Behaviour } from './behaviour.ts';
import type { Received } from './record.ts';

export type TencentService =
  | 'tencent-tag'
  | 'tencent-classify'
  | 'tencent-terrorism'
  | 'tencent-porn';

export type HuaweiService = 'huawei-tagging' | 'huawei-iam';

/** `unknown`: the path or the method belongs to no service. */
export type ServiceName = TencentService | HuaweiService | 'unknown';

/** A request whose body has arrived. */
export type Call = {
  readonly method: string;
  /** As it stood in the request line, without the query. */
  readonly path: string;
  /** Without the question mark; empty when there is none. */
  readonly query: string;
  readonly headers: IncomingHttpHeaders;
  readonly body: Buffer;
  /** The simulator's own clock, milliseconds since 1970. */
  readonly nowMs: number;
  readonly behaviour: Behaviour;
  /** The record of this request: what is found in it is noted there. */
  readonly entry: Received;
};

/** An answer before it goes on the wire. */
export type Reply = {
  readonly status: number;
  readonly headers?: Readonly<Record<string, string>>;
  /** Sent as JSON; text is sent as it is, as a page of a gateway. */
  readonly body: unknown;
};

/** How a refusal may differ from its row in the documents. */
export type RefusalOptions = { readonly message?: string; readonly status?: number };

/** One address of a simulator. */
export type Endpoint = {
  readonly service: ServiceName;
  /** Most bytes of a body that are looked at. */
  readonly maxBodyBytes: number;
  /** What a body over `maxBodyBytes` is answered with. */
  readonly tooLargeCode: string;
  /** What a call above the rate is answered with; `gateway` and `document` are two known forms. */
  tooOften(form: 'gateway' | 'document'): Reply & { readonly code: string };
  /** Verifies and answers. Throws `Refused`. */
  answer(call: Call): Promise<Reply>;
  /** The answer for a code: `http.413` for a bare status, else the service's own code. */
  refuse(code: string, options?: RefusalOptions): Reply;
};

/** A request that the service would not take. */
export class Refused extends Error {
  override readonly name = 'Refused';
  /** The service's code, or `http.NNN`. */
  readonly code: string;
  readonly status: number | null;

  /** `reason` is for whoever reads the record: it names the check that failed. */
  constructor(code: string, reason: string, status: number | null = null) {
    super(reason);
    this.code = code;
    this.status = status;
  }
}
