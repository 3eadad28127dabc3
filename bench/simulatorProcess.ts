/** Simulated services in a process of their own, so that they take nothing from the one that is measured. */
import type { Behaviour } from '../test/simulators/behaviour.ts';
import { type Simulators, startSimulators } from '../test/simulators/start.ts';
import type { ServiceName } from '../test/simulators/types.ts';
import { answerQuestions } from './lib/asking.ts';

/** A request as it arrived. */
export type Arrival = {
  /** Milliseconds since 1970 UTC. */
  readonly atMs: number;
  readonly isAccepted: boolean;
};

export type SimulatorTable = {
  /** Variables that lead Tagroll to them. */
  start(input: null): Promise<Readonly<Record<string, string>>>;
  behave(input: {
    readonly service: ServiceName;
    readonly changes: Partial<Behaviour>;
  }): Promise<void>;
  /** Requests of a service that are answered, which are forgotten then. */
  take(service: ServiceName): Promise<readonly Arrival[]>;
};

let simulators: Simulators | null = null;

function vendorOf(service: ServiceName): Simulators['tencent'] | Simulators['huawei'] {
  if (!simulators) throw new Error('The simulators were not started.');
  return service === 'huawei-tagging' ? simulators.huawei : simulators.tencent;
}

const handlers: SimulatorTable = {
  async start() {
    simulators = await startSimulators();
    return simulators.environment;
  },
  async behave({ service, changes }) {
    vendorOf(service).behave(changes, service);
  },
  async take(service) {
    const vendor = vendorOf(service);
    const arrivals = vendor.requests
      .filter((request) => request.service === service && request.durationMs !== null)
      .map(({ atMs, verdict }) => ({ atMs, isAccepted: verdict === 'accepted' }));
    vendor.forget();
    return arrivals;
  },
};

answerQuestions(handlers, async () => simulators?.close());
