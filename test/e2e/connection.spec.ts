import type { WebSocketRoute } from '@playwright/test';
import { ALBUM, ALBUM_NAMES } from './album.ts';
import { startDoor } from './door.ts';
import { expect, tagrollForFile, test } from './fixture.ts';
import { expectPhotos, expectPicture, openWindow, photo, tagRow } from './window.ts';

const tagroll = tagrollForFile(ALBUM);

test('a lost engine is told of, what is on screen stays, and nothing is lost', async ({
  page,
  faults,
}) => {
  // The browser itself complains of each attempt to reach what is gone.
  faults.allow(/WebSocket connection|ERR_CONNECTION_REFUSED|Failed to load resource/);
  const place = tagroll();
  await openWindow(page, place);
  await photo(page, 'sea.jpg').click();
  await page.keyboard.press('f');
  await expect(photo(page, 'sea.jpg')).toHaveAccessibleName(/favourite/);
  await tagRow(page, 'blue').click();
  await expectPhotos(page, ['harbour.jpg', 'sea.jpg', '海边.jpg']);
  const notice = page.getByRole('alert').filter({ hasText: 'The connection to Tagroll was lost' });
  await expect(notice).toBeHidden();

  const { port } = place.door;
  await place.door.kill();
  await expect(notice).toBeVisible();
  await expectPhotos(page, ['harbour.jpg', 'sea.jpg', '海边.jpg']);

  // The dead process holds nothing: the library opens again, on the same port.
  place.door = await startDoor(place, { port });
  expect(place.door.port).toBe(port);
  // Whoever held the old door's cookie has to come in anew; the address says where they were.
  const view = new URL(page.url()).hash;
  expect(view).toContain('blue');
  await page.goto(place.door.url + view);
  await expect(notice).toBeHidden();
  await expectPhotos(page, ['harbour.jpg', 'sea.jpg', '海边.jpg']);
  await expect(photo(page, 'sea.jpg')).toHaveAccessibleName(/favourite/);
  await expectPicture(photo(page, 'sea.jpg'));
  await page.getByRole('button', { name: 'Clear the search' }).click();
  await expectPhotos(page, ALBUM_NAMES);
  const { ok } = await place.tagroll<{ ok: boolean }>('check');
  expect(ok).toBe(true);
});

test('a break is told of and mended by itself', async ({ page, faults }) => {
  faults.allow(/WebSocket connection/);
  const connections = new Set<WebSocketRoute>();
  let isDown = false;
  await page.routeWebSocket(/\/rpc$/, (connection) => {
    connections.add(connection);
    if (isDown) void connection.close();
    else connection.connectToServer();
  });
  await openWindow(page, tagroll());
  await page.evaluate(() => document.documentElement.setAttribute('data-marked', ''));
  const notice = page.getByRole('alert').filter({ hasText: 'The connection to Tagroll was lost' });
  isDown = true;
  for (const connection of connections) await connection.close();
  await expect(notice).toBeVisible();
  // What happens meanwhile is caught up with.
  await tagroll().tagroll('label', 'add', 'meanwhile', '--query', 'tag:red');
  isDown = false;
  await expect(notice).toBeHidden();
  await expect(tagRow(page, 'meanwhile')).toContainText('2');
  await expect(page.locator('html[data-marked]')).toHaveCount(1);
});
