/**
 * Keys of services: in the system's keychain where the door has one, else in memory, or, if the person
 * agreed, in a file that only this user may read. Values come out for a call to a service and go nowhere else.
 */
import { join } from 'node:path';
import {
  ACCOUNT_FIELDS,
  type AccountId,
  type SecretName,
  type SecretProtection,
} from '../shared/services.ts';
import type { Logger } from './log.ts';
import { createSecretFile, type SecretFile, type SecretValues } from './secretFile.ts';

/** A door's way to the system's keychain. */
export type Vault = {
  /** Null: this system cannot encrypt now. */
  protection(): Promise<'keychain' | 'unprotected' | null>;
  /** Base64. */
  encrypt(text: string): Promise<string>;
  /** `isOld`: it should be encrypted anew, because the system's key changed. */
  decrypt(encrypted: string): Promise<{ readonly text: string; readonly isOld: boolean }>;
};

export type SecretStore = {
  /** Where keys are kept now. */
  protection(): Promise<SecretProtection>;
  /** Null: it has no value, or one that cannot be decrypted any more. */
  get(name: SecretName): Promise<string | null>;
  /** Null takes the value away. Rejects with a `TagrollError` that names the file. */
  set(name: SecretName, value: string | null): Promise<void>;
  /** Those that have a value. */
  names(): Promise<readonly SecretName[]>;
  /** The agreement may have changed: without it the file is deleted, and its values live on in memory. */
  agreementChanged(): void;
  /** Resolves when everything asked for is done. */
  close(): Promise<void>;
};

/** What a door has to keep keys with. */
export type SecretPlace = {
  /** A private folder of this user, outside of the library, which may be shared with others. */
  readonly folder: string;
  /** The way to the system's keychain; null: the door has none. */
  readonly vault: Vault | null;
};

export type SecretStoreOptions = {
  /** Null: nothing is kept. */
  readonly place: SecretPlace | null;
  /** Whether the person agreed to a file where there is no keychain. */
  readonly keepInFile: () => boolean;
  readonly logger: Logger;
  /** Hears every value, so that it can be kept out of what is written. */
  readonly onValue?: (value: string) => void;
};

export const SECRET_NAMES: readonly SecretName[] = (
  Object.keys(ACCOUNT_FIELDS) as AccountId[]
).flatMap((account) =>
  ACCOUNT_FIELDS[account].secret.map((field) => `${account}.${field}` as SecretName),
);

/** A place of values as they are, whatever it does to keep them. */
type Place = {
  readonly protection: SecretProtection;
  read(): Promise<SecretValues>;
  write(values: SecretValues, changed: SecretName): Promise<void>;
};

export function createSecretStore(options: SecretStoreOptions): SecretStore {
  const { keepInFile, logger } = options;
  const vault = options.place?.vault ?? null;
  const fileAt = (name: string): SecretFile | null =>
    options.place ? createSecretFile({ path: join(options.place.folder, name), logger }) : null;
  // Apart, because a door without a keychain cannot read what another one encrypted.
  const encryptedFile = fileAt('secrets.json');
  const plainFile = fileAt('secrets-plain.json');
  let inMemory: SecretValues = {};
  let agreed = keepInFile();
  let last: Promise<unknown> = Promise.resolve();

  /** One after the other: each change reads the file, because another Tagroll may have written it. */
  const inTurn = <Value>(work: () => Promise<Value>): Promise<Value> => {
    const done = last.then(work);
    last = done.catch(() => undefined);
    return done;
  };

  const memory: Place = {
    protection: 'memory',
    read: async () => inMemory,
    write: async (values) => {
      inMemory = values;
    },
  };
  const encrypted = vault && encryptedFile ? createVaultPlace(vault, encryptedFile, logger) : null;

  const place = async (): Promise<Place> => {
    const protection = vault && encrypted ? await vaultProtection(vault, logger) : null;
    if (encrypted && protection) return { ...encrypted, protection };
    if (!plainFile || !agreed) return memory;
    return { protection: 'file', read: plainFile.read, write: plainFile.write };
  };

  /** A file that cannot be read is as if it had no values: people can go on with other keys. */
  const readable = async (): Promise<SecretValues> => {
    const from = await place();
    try {
      const values = await from.read();
      for (const value of Object.values(values)) options.onValue?.(value);
      return values;
    } catch (error) {
      logger.error('keys cannot be read', { cause: String(error) });
      return {};
    }
  };

  return {
    protection: () => inTurn(async () => (await place()).protection),
    get: (name) => inTurn(async () => (await readable())[name] ?? null),
    names: () =>
      inTurn(async () => {
        const values = await readable();
        return SECRET_NAMES.filter((name) => values[name] !== undefined);
      }),
    set: (name, value) =>
      inTurn(async () => {
        if (value !== null) options.onValue?.(value);
        const to = await place();
        const { [name]: _before, ...others } = await to.read();
        await to.write(value === null ? others : { ...others, [name]: value }, name);
      }),
    agreementChanged() {
      if (!plainFile || keepInFile() === agreed) return;
      agreed = keepInFile();
      const isAgreed = agreed;
      inTurn(async () => {
        if (isAgreed) {
          if ((await place()).protection !== 'file') return;
          await plainFile.write({ ...(await plainFile.read()), ...inMemory });
        } else {
          inMemory = { ...inMemory, ...(await plainFile.read()) };
          await plainFile.remove();
        }
      }).catch((error: unknown) =>
        logger.error('keys could not be moved', { cause: String(error), toFile: isAgreed }),
      );
    },
    close: async () => {
      await last;
    },
  };
}

async function vaultProtection(
  vault: Vault,
  logger: Logger,
): Promise<'keychain' | 'unprotected' | null> {
  try {
    return await vault.protection();
  } catch (error) {
    logger.warn('the keychain does not answer', { cause: String(error) });
    return null;
  }
}

function createVaultPlace(
  vault: Vault,
  file: SecretFile,
  logger: Logger,
): Omit<Place, 'protection'> {
  /** Decrypted ones by what lies in the file. */
  const known = new Map<string, string>();

  const decrypt = async (name: string, encrypted: string): Promise<string | null> => {
    const before = known.get(encrypted);
    if (before !== undefined) return before;
    try {
      const { text, isOld } = await vault.decrypt(encrypted);
      known.set(encrypted, text);
      if (isOld) await renew(name, text);
      return text;
    } catch (error) {
      logger.warn('a key cannot be decrypted; enter it again', { name, cause: String(error) });
      return null;
    }
  };
  const renew = async (name: string, text: string): Promise<void> => {
    const encrypted = await vault.encrypt(text);
    known.set(encrypted, text);
    await file.write({ ...(await file.read()), [name]: encrypted });
  };

  return {
    async read() {
      const values: Record<string, string> = {};
      for (const [name, encrypted] of Object.entries(await file.read())) {
        const text = await decrypt(name, encrypted);
        if (text !== null) values[name] = text;
      }
      return values;
    },
    async write(values, changed) {
      // Only what changed: the others stay as they lie, also those that cannot be decrypted now.
      const { [changed]: _before, ...others } = await file.read();
      const text = values[changed];
      if (text === undefined) return file.write(others);
      const encrypted = await vault.encrypt(text);
      known.set(encrypted, text);
      await file.write({ ...others, [changed]: encrypted });
    },
  };
}
