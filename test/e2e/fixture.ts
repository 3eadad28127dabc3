/** What every browser test stands on: a real door, and a page in which nothing may go wrong unseen. */
import { test as base, expect, type Page } from '@playwright/test';
import { type AlbumPhoto, writeAlbum } from './album.ts';
import { createPlace, type Door, type Place, startDoor } from './door.ts';

export { expect };

/** Collects what went wrong in a page. */
export type Faults = {
  /** From now on messages like this are expected. */
  readonly allow: (pattern: RegExp) => void;
};

type Fixtures = {
  readonly faults: Faults;
};

/**
 * Fails a test on console errors, uncaught errors, breaches of the page's policy, and requests to any
 * host but this machine's.
 */
export const test = base.extend<Fixtures>({
  faults: [
    async ({ page }, use) => {
      const found: string[] = [];
      const allowed: RegExp[] = [];
      watchPage(page, (fault) => found.push(fault));
      await use({ allow: (pattern) => allowed.push(pattern) });
      const unexpected = found.filter((fault) => !allowed.some((pattern) => pattern.test(fault)));
      expect(unexpected, 'faults in the page').toEqual([]);
    },
    { auto: true },
  ],
});

function watchPage(page: Page, tell: (fault: string) => void): void {
  page.on('console', (message) => {
    if (message.type() === 'error' || /content security policy/i.test(message.text())) {
      tell(`console: ${message.text()} (${message.location().url})`);
    }
  });
  page.on('pageerror', (error) => tell(`uncaught: ${error.message}`));
  page.on('request', (request) => {
    const { protocol, hostname } = new URL(request.url());
    const isInside = protocol === 'data:' || protocol === 'blob:' || protocol === 'about:';
    if (!isInside && hostname !== '127.0.0.1') tell(`request to ${request.url()}`);
  });
}

/** A door with its photos, for the tests of one file. */
export type Tagroll = Place & {
  /** The door that is open now. */
  door: Door;
};

/**
 * Opens a door before the tests of a file and closes it after them. With photos they are indexed first.
 * The door gets `environment` besides the variables of this process.
 */
export function tagrollForFile(
  photos: readonly AlbumPhoto[] = [],
  environment: () => Readonly<Record<string, string>> = () => ({}),
): () => Tagroll {
  let tagroll: Tagroll | null = null;
  test.beforeAll(async () => {
    tagroll = await openTagroll(photos, environment());
  });
  test.afterAll(async () => {
    await tagroll?.door.stop();
    await tagroll?.remove();
    tagroll = null;
  });
  return () => {
    if (!tagroll) throw new Error('The door is open only while tests run.');
    return tagroll;
  };
}

async function openTagroll(
  photos: readonly AlbumPhoto[],
  environment: Readonly<Record<string, string>>,
): Promise<Tagroll> {
  const place = await createPlace();
  try {
    await writeAlbum(place.photosPath, photos);
    const door = await startDoor(place, { environment });
    if (photos.length > 0) await place.tagroll('index', place.photosPath);
    return { ...place, door };
  } catch (error) {
    await place.remove();
    throw error;
  }
}
