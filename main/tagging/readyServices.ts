/** Services with their account put in, ready to be asked; made once and kept until something changes. */
import { TagrollError } from '../../shared/errors.ts';
import { type Settings, serviceSetting } from '../../shared/settings.ts';
import type { Accounts, ServiceEnvironment } from './accounts.ts';
import type { ConfigurationProblem, Service, ServiceAdapter, ServiceWorld } from './types.ts';
import { longSidePixels } from './uploadRequest.ts';

export type ReadyService = {
  readonly service: Service;
  /** Of the picture that is sent, pixels. */
  readonly longSidePixels: number;
};

export type ReadyServices = {
  /**
   * The service as a run asks for it. Rejects with `service_not_configured`, which names what is missing,
   * or `usage` for an environment that makes no sense.
   */
  of(runId: number | null): Promise<ReadyService>;
  /** The same for an environment without a run. */
  make(environment: ServiceEnvironment | undefined): Promise<ReadyService>;
  /** The caller's environment wins for this run, as long as Tagroll runs. */
  setEnvironment(runId: number, environment: ServiceEnvironment): void;
  /** Settings or keys changed. */
  forget(): void;
};

export function createReadyServices(options: {
  readonly adapter: ServiceAdapter;
  readonly accounts: Pick<Accounts, 'values' | 'uploadLongSide'>;
  readonly settings: () => Settings;
  readonly world: ServiceWorld;
}): ReadyServices {
  const { adapter, accounts } = options;
  const environments = new Map<number, ServiceEnvironment>();
  /** By run where it has an environment of its own, else under null. */
  const known = new Map<number | null, Promise<ReadyService>>();

  const make = async (environment: ServiceEnvironment | undefined): Promise<ReadyService> => {
    const settings = options.settings();
    const asked = accounts.uploadLongSide(environment);
    const account = await accounts.values(adapter.account, environment);
    const problem = adapter.check(account);
    if (problem) throw notConfigured(adapter, problem);
    const wanted = asked ?? serviceSetting(settings, adapter.id, 'uploadLongSide');
    return {
      service: adapter.create({ account, settings, world: options.world }),
      longSidePixels: longSidePixels(wanted, adapter.limits),
    };
  };

  return {
    of(runId) {
      const key = runId !== null && environments.has(runId) ? runId : null;
      const environment = key === null ? undefined : environments.get(key);
      const found = known.get(key);
      if (found) return found;
      const made = make(environment);
      known.set(key, made);
      // A failure is not kept: the account may be there the next time.
      made.catch(() => {
        if (known.get(key) === made) known.delete(key);
      });
      return made;
    },
    make,
    setEnvironment(runId, environment) {
      if (Object.keys(environment).length > 0) environments.set(runId, environment);
    },
    forget() {
      known.clear();
    },
  };
}

/** The error that names what a service still lacks. */
export function notConfigured(
  adapter: ServiceAdapter,
  problem: ConfigurationProblem,
): TagrollError {
  const what =
    problem.invalid === null
      ? `it still needs ${problem.missing.join(', ')}`
      : `its field ${problem.invalid.field} cannot be used (${problem.invalid.code})`;
  return new TagrollError(
    'service_not_configured',
    `${adapter.names.en} cannot be asked yet: ${what}. Fill it in under Settings → Services, or set it in the environment.`,
    {
      service: adapter.id,
      missing: problem.missing.join(', '),
      field: problem.invalid?.field ?? null,
      reason: problem.invalid?.code ?? null,
    },
  );
}
