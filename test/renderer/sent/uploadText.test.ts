import { beforeAll, describe, expect, it } from 'vitest';
import { formatFor } from '../../../renderer/i18n/format.ts';
import { setLanguage, startTranslation, translate } from '../../../renderer/i18n/index.ts';
import { costText, fileName, pixelsText, statusText } from '../../../renderer/sent/uploadText.ts';
import type { Upload } from '../../../shared/services.ts';
import { withDocument } from '../withDocument.ts';

const upload: Upload = {
  id: 1,
  atMs: 0,
  service: 'huawei-tagging',
  photoId: 3,
  path: '/photos/a.jpg',
  bytes: 1234,
  width: 2048,
  height: 1365,
  status: 'answered',
  code: null,
  requestId: 'r-1',
  cost: 0.02,
  currency: 'CNY',
};

beforeAll(() => withDocument(() => startTranslation('en')));

describe('how an upload ended', () => {
  it('is said by its status, or by the sentence of its code', () => {
    expect(statusText(upload, translate, 'en')).toEqual({ sentence: 'Answered', nextStep: null });
    const refused = { ...upload, status: 'failed', code: 'AIS.0503' } as const;
    const known = statusText(refused, translate, 'en');
    expect(known.sentence).toContain('damaged');
    expect(known.nextStep).not.toBeNull();
  });

  it('shows a code that is in no table as it is', () => {
    const refused = { ...upload, status: 'refused', code: 'X.1' } as const;
    expect(statusText(refused, translate, 'en').sentence).toBe('Refused: code X.1');
    const failed = { ...upload, status: 'failed', code: null } as const;
    expect(statusText(failed, translate, 'en').sentence).toBe('No answer that can be used');
  });

  it('is said in Chinese, too', () =>
    withDocument(async () => {
      await setLanguage('zh');
      const refused = { ...upload, status: 'refused', code: 'X.1' } as const;
      expect(statusText(refused, translate, 'zh').sentence).toBe('被拒绝：代码 X.1');
      await setLanguage('en');
    }));
});

describe('the figures of an upload', () => {
  it('never call a missing price nothing', () => {
    const format = formatFor('en');
    expect(costText(upload, translate, format)).toBe('¥0.02');
    expect(costText({ ...upload, cost: 0 }, translate, format)).toBe('¥0');
    expect(costText({ ...upload, cost: null }, translate, format)).toBe('price not set');
  });

  it('leave out a size that is not known', () => {
    expect(pixelsText(upload)).toBe('2048 × 1365');
    expect(pixelsText({ width: 0, height: 0 })).toBeNull();
  });

  it.each([
    ['/photos/a b.jpg', 'a b.jpg'],
    ['C:\\Photos\\海边.jpg', '海边.jpg'],
    ['alone.jpg', 'alone.jpg'],
  ])('name the file of %s', (path, name) => {
    expect(fileName(path)).toBe(name);
  });
});
