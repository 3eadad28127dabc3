import { beforeAll, expect, it } from 'vitest';
import { startTranslation, translate } from '../../../renderer/i18n/index.ts';
import { salvageText } from '../../../renderer/status/salvageText.ts';
import { withDocument } from '../withDocument.ts';

beforeAll(() => withDocument(() => startTranslation('en')));

const text = (data: Record<string, number>): string =>
  salvageText({ code: 'library_recovered', data }, translate, 'en');

it('says what was saved beyond the backup, what waits and what could not be read', () => {
  expect(text({ changes: 1204, replies: 1, waiting: 2, badPages: 1 })).toBe(
    'Saved from it as well: 1,204 changes of yours and 1 paid answer made since then. ' +
      'What you did to 2 photos comes back once they are found again. ' +
      'Some of it could not be read. What you removed since then may be there again.',
  );
});

it('tells a file without anything new from one that cannot be read', () => {
  const removed = 'What you removed since then may be there again.';
  expect(text({ changes: 0, replies: 0, waiting: 0, badPages: 0 })).toBe(
    `Nothing in it was newer than the backup. ${removed}`,
  );
  const unread = 'Nothing newer than the backup could be read from it.';
  expect(text({ changes: 0, replies: 0, waiting: 0, badPages: 3 })).toBe(`${unread} ${removed}`);
  expect(text({ unread: 1 })).toBe(unread);
});

it('is silent where nothing is told of it', () => {
  expect(text({ photos: 3 })).toBe('');
});
