/** The system's keychain, as Electron offers it. */
import type { SafeStorage } from 'electron';
import type { Vault } from '../../main/secrets.ts';

/** Only after the app is ready. Without a keychain, Linux encrypts with a password that everybody knows. */
export function createVault(
  safeStorage: Pick<
    SafeStorage,
    | 'isAsyncEncryptionAvailable'
    | 'encryptStringAsync'
    | 'decryptStringAsync'
    | 'getSelectedStorageBackend'
  >,
  platform: NodeJS.Platform,
): Vault {
  return {
    async protection() {
      if (!(await safeStorage.isAsyncEncryptionAvailable())) return null;
      if (platform !== 'linux') return 'keychain';
      const backend = safeStorage.getSelectedStorageBackend();
      return backend === 'basic_text' || backend === 'unknown' ? 'unprotected' : 'keychain';
    },
    async encrypt(text) {
      return (await safeStorage.encryptStringAsync(text)).toString('base64');
    },
    async decrypt(encrypted) {
      const { result, shouldReEncrypt } = await safeStorage.decryptStringAsync(
        Buffer.from(encrypted, 'base64'),
      );
      return { text: result, isOld: shouldReEncrypt };
    },
  };
}
