import { beforeEach, describe, expect, it, vi } from 'vitest';

const electron = vi.hoisted(() => ({
  safeStorage: {
    isAsyncEncryptionAvailable: vi.fn(async () => true),
    encryptStringAsync: vi.fn(async (text: string) => Buffer.from(text).reverse()),
    decryptStringAsync: vi.fn(async (encrypted: Buffer) => ({
      result: Buffer.from(encrypted).reverse().toString(),
      shouldReEncrypt: false,
    })),
    getSelectedStorageBackend: vi.fn(() => 'gnome_libsecret' as const),
  },
}));
vi.mock('electron', () => electron);

const { safeStorage } = await import('electron');
const { createVault } = await import('../../../app/desktop/vault.ts');

beforeEach(() => vi.clearAllMocks());

describe("Electron's keychain", () => {
  it('gives back what it was given', async () => {
    const vault = createVault(safeStorage, 'linux');
    const encrypted = await vault.encrypt('TESTkey 钥匙');
    expect(encrypted).not.toContain('TESTkey');
    expect(await vault.decrypt(encrypted)).toEqual({ text: 'TESTkey 钥匙', isOld: false });
  });

  it('says when something should be encrypted anew', async () => {
    electron.safeStorage.decryptStringAsync.mockResolvedValueOnce({
      result: 'TESTkey',
      shouldReEncrypt: true,
    });
    expect(await createVault(safeStorage, 'darwin').decrypt('AAAA')).toEqual({
      text: 'TESTkey',
      isOld: true,
    });
  });

  it.each([
    ['linux', 'gnome_libsecret', 'keychain'],
    ['linux', 'kwallet6', 'keychain'],
    ['linux', 'basic_text', 'unprotected'],
    ['linux', 'unknown', 'unprotected'],
  ] as const)('on %s with %s is %s', async (platform, backend, wanted) => {
    electron.safeStorage.getSelectedStorageBackend.mockReturnValueOnce(
      backend as 'gnome_libsecret',
    );
    expect(await createVault(safeStorage, platform).protection()).toBe(wanted);
  });

  it.each(['darwin', 'win32'] as const)('on %s is asked for no backend', async (platform) => {
    expect(await createVault(safeStorage, platform).protection()).toBe('keychain');
    expect(electron.safeStorage.getSelectedStorageBackend).not.toHaveBeenCalled();
  });

  it('is none where the system cannot encrypt', async () => {
    electron.safeStorage.isAsyncEncryptionAvailable.mockResolvedValueOnce(false);
    expect(await createVault(safeStorage, 'linux').protection()).toBeNull();
  });
});
