import type { Service, ServicePicture } from '../types.ts';

/** Calling a service otherwise is a mistake of ours, not the service's. */
export function assertPictures(service: Service, pictures: readonly ServicePicture[]): void {
  const isMixed = pictures.length > 1 && pictures.some((picture) => 'url' in picture);
  if (pictures.length < 1 || pictures.length > service.picturesPerCall || isMixed) {
    throw new RangeError(
      `${service.id} takes 1 to ${service.picturesPerCall} pictures a call, several only as bytes`,
    );
  }
}
