import { beforeAll, describe, expect, it } from 'vitest';
import { errorText, startTranslation } from '../../../renderer/i18n/index.ts';
import { reasonFor, reasonText } from '../../../renderer/i18n/reasons.ts';
import { TagrollError } from '../../../shared/errors.ts';
import { withDocument } from '../withDocument.ts';

beforeAll(() => withDocument(() => startTranslation('en')));

describe('reasons of services', () => {
  it('have a sentence and a next step in both languages', () => {
    const reason = { code: 'network', message: 'fetch failed' };
    const en = reasonText('tencent-tag', reason, 'en');
    const zh = reasonText('tencent-tag', reason, 'zh');
    expect(en).toMatch(/could not be reached\. .*\.$/);
    expect(zh).toMatch(/^无法连接/);
    expect(en + zh).not.toContain('fetch failed');
  });

  it('show an unknown code verbatim', () => {
    const reason = { code: 'AIS.9999', message: 'the moon is full' };
    const { sentence, nextStep } = reasonFor('huawei-tagging', reason, 'en');
    expect(sentence).toContain('AIS.9999 the moon is full');
    expect(nextStep).not.toBeNull();
  });

  it('are used for errors that name a service and its code', () => {
    const known = new TagrollError('service_refused', 'The service refused.', {
      service: 'tencent-tag',
      code: 'network',
    });
    expect(errorText(known)).toMatch(/could not be reached/);
    const other = new TagrollError('service_refused', 'Because.', { service: 'nobody' });
    expect(errorText(other)).toBe('The service refused the call: Because.');
  });
});
