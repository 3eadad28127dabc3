import { EventEmitter } from 'node:events';
import { describe, expect, it } from 'vitest';
import { answerVault, createParentVault } from '../../main/parentVault.ts';
import type { Vault } from '../../main/secrets.ts';

/** Both ends of the channel in one process; messages are copied as Node does. */
function joined(keychain: Vault): { vault: Vault; emitter: EventEmitter } {
  const emitter = new EventEmitter();
  const vault = createParentVault({
    send: (message) => {
      void answerVault(keychain, JSON.parse(JSON.stringify(message))).then((answer) =>
        emitter.emit('message', JSON.parse(JSON.stringify(answer))),
      );
    },
    onMessage: (listener) => emitter.on('message', listener),
  });
  return { vault, emitter };
}

const keychain: Vault = {
  protection: async () => 'unprotected',
  encrypt: async (text) => `<${text}>`,
  decrypt: async (encrypted) => {
    if (!encrypted.startsWith('<')) throw new Error('cannot be decrypted');
    return { text: encrypted.slice(1, -1), isOld: true };
  },
};

describe("the parent's keychain", () => {
  it('is used as if it were here', async () => {
    const { vault } = joined(keychain);
    expect(await vault.protection()).toBe('unprotected');
    const [one, two] = await Promise.all([vault.encrypt('TESTone'), vault.encrypt('TESTtwo')]);
    expect([one, two]).toEqual(['<TESTone>', '<TESTtwo>']);
    expect(await vault.decrypt('<TESTone>')).toEqual({ text: 'TESTone', isOld: true });
  });

  it('may be none', async () => {
    const { vault } = joined({ ...keychain, protection: async () => null });
    expect(await vault.protection()).toBeNull();
  });

  it('tells why it failed', async () => {
    const { vault } = joined(keychain);
    await expect(vault.decrypt('garbage')).rejects.toThrow('cannot be decrypted');
  });

  it('does not take other messages for its own', async () => {
    const { vault, emitter } = joined(keychain);
    const asked = vault.encrypt('TESTone');
    emitter.emit('message', { kind: 'other', id: 1, answer: 'wrong' });
    emitter.emit('message', { kind: 'vault', id: 99, answer: 'wrong' });
    emitter.emit('message', 'text');
    expect(await asked).toBe('<TESTone>');
    expect(await answerVault(keychain, { kind: 'vault', id: 1, action: 'delete' })).toBeNull();
    expect(await answerVault(keychain, null)).toBeNull();
  });
});
