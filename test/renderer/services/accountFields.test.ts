import { beforeAll, describe, expect, it } from 'vitest';
import { startTranslation, translate } from '../../../renderer/i18n/index.ts';
import { accountForm, isSecret, missingLabel } from '../../../renderer/services/accountFields.ts';
import { ACCOUNT_FIELDS, type AccountId } from '../../../shared/services.ts';
import { withDocument } from '../withDocument.ts';

beforeAll(() => withDocument(() => startTranslation('en')));

const shown = (account: AccountId, authentication: string): readonly string[] => {
  const { fields, rare } = accountForm(account, authentication);
  return [...fields, ...rare];
};

describe('accountForm', () => {
  it('has every field of an account somewhere, and none that it does not have', () => {
    expect(new Set(shown('tencent', ''))).toEqual(
      new Set([...ACCOUNT_FIELDS.tencent.plain, ...ACCOUNT_FIELDS.tencent.secret]),
    );
    expect(
      new Set([...shown('huawei', 'keys'), ...shown('huawei', 'token'), 'authentication']),
    ).toEqual(new Set([...ACCOUNT_FIELDS.huawei.plain, ...ACCOUNT_FIELDS.huawei.secret]));
  });

  it('asks for keys or for a password, not for both', () => {
    expect(shown('huawei', 'keys')).not.toContain('password');
    expect(shown('huawei', 'token')).not.toContain('accessKey');
  });
});

describe('fields', () => {
  it('that are keys are known as such', () => {
    expect(isSecret('tencent', 'secretKey')).toBe(true);
    expect(isSecret('huawei', 'password')).toBe(true);
    expect(isSecret('tencent', 'appId')).toBe(false);
  });

  it('have the name of their console, and an unknown one its own', () => {
    expect(missingLabel('tencent', 'secretKey', translate)).toBe('SecretKey');
    expect(missingLabel('huawei', 'secretKey', translate)).toBe('Secret access key (SK)');
    expect(missingLabel('huawei', 'tomorrow', translate)).toBe('tomorrow');
  });
});
