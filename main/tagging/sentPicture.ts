/** The very picture that a service would be sent, for a person to look at before anything is sent. */
import { TagrollError } from '../../shared/errors.ts';
import type { ServiceId } from '../../shared/services.ts';
import { type Settings, serviceSetting } from '../../shared/settings.ts';
import type { ImagingPool, UploadResult } from '../imaging/types.ts';
import type { PhotoFile } from '../library/photos.ts';
import type { Accounts } from './accounts.ts';
import { createReadyServices } from './readyServices.ts';
import { ADAPTERS } from './services/registry.ts';
import type { ServiceAdapter } from './types.ts';
import { longSidePixels, uploadRequest } from './uploadRequest.ts';

/** Fields around the picture in a body; more than any service has. */
const FIELD_BYTES = 4096;

export type SentPicture = (file: PhotoFile, service: ServiceId) => Promise<UploadResult>;

export function createSentPicture(options: {
  readonly pool: Pick<ImagingPool, 'upload'>;
  readonly accounts: Pick<Accounts, 'values' | 'uploadLongSide'>;
  readonly settings: () => Settings;
}): SentPicture {
  return async (file, service) => {
    if (file.imageHash === null) {
      const message = `${file.path.toString('utf8')} was not read yet. Look again in a moment.`;
      return { failure: { code: 'vanished', message } };
    }
    const adapter = ADAPTERS[service];
    const limits = await limitsOf(adapter, options);
    const request = uploadRequest({
      imageHash: Buffer.from(file.imageHash, 'hex'),
      limits: adapter.limits,
      ...limits,
    });
    return options.pool.upload({ photoId: file.id, path: file.path }, request);
  };
}

/** As the account has it; without one, what every account has. */
async function limitsOf(
  adapter: ServiceAdapter,
  options: Pick<Parameters<typeof createSentPicture>[0], 'accounts' | 'settings'>,
): Promise<{ wantedLongSide: number; maxJpegBytes: number }> {
  const services = createReadyServices({
    adapter,
    ...options,
    world: { fetch, now: Date.now, random: Math.random },
  });
  try {
    const made = await services.make(undefined);
    return { wantedLongSide: made.longSidePixels, maxJpegBytes: made.service.maxJpegBytes };
  } catch (error) {
    if (!(error instanceof TagrollError) || error.code !== 'service_not_configured') throw error;
    const wanted = serviceSetting(options.settings(), adapter.id, 'uploadLongSide');
    return {
      wantedLongSide: longSidePixels(wanted, adapter.limits),
      // Base64 is the larger of the two forms.
      maxJpegBytes: Math.floor(((adapter.limits.maxBodyBytes - FIELD_BYTES) * 3) / 4),
    };
  }
}
