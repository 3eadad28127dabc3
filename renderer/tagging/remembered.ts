import type { ServiceId, ServiceInfo } from '../../shared/services.ts';

/** The service that was asked last, for as long as the window lives. */
let last: ServiceId | null = null;

export function rememberService(id: ServiceId): void {
  last = id;
}

/** The one to start with: the last one, else the first that is set up, else the first. */
export function firstService(services: readonly ServiceInfo[]): ServiceId | null {
  const ready = services.filter(({ configured }) => configured);
  const again = ready.find(({ id }) => id === last);
  return (again ?? ready[0] ?? services[0])?.id ?? null;
}
