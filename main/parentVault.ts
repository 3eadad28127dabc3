/**
 * The keychain of a parent process, asked over the private channel that Node keeps between the two.
 * Both sides' messages are written down here.
 */
import { z } from 'zod';
import type { Vault } from './secrets.ts';

/** From the engine to its parent. */
export const vaultRequestSchema = z.discriminatedUnion('action', [
  z.object({ kind: z.literal('vault'), id: z.number(), action: z.literal('protection') }),
  z.object({
    kind: z.literal('vault'),
    id: z.number(),
    action: z.enum(['encrypt', 'decrypt']),
    text: z.string(),
  }),
]);
export type VaultRequest = z.infer<typeof vaultRequestSchema>;

/** And back. What is answered depends on the question; failures never hold a value. */
export type VaultAnswer = {
  readonly kind: 'vault';
  readonly id: number;
} & ({ readonly answer: unknown } | { readonly failure: string });

const protectionSchema = z.enum(['keychain', 'unprotected']).nullable();
const decryptedSchema = z.object({ text: z.string(), isOld: z.boolean() });
const answerSchema = z.object({
  kind: z.literal('vault'),
  id: z.number(),
  answer: z.unknown().optional(),
  failure: z.string().optional(),
});

/** A system may ask its user for a password first. */
const ANSWER_WITHIN_MS = 120_000;

/** This process's end of the channel. */
export type ParentChannel = {
  readonly send: (message: object) => void;
  readonly onMessage: (listener: (message: unknown) => void) => void;
};

export function createParentVault(channel: ParentChannel): Vault {
  const waiting = new Map<number, (answer: z.infer<typeof answerSchema>) => void>();
  let lastId = 0;
  channel.onMessage((message) => {
    const parsed = answerSchema.safeParse(message);
    if (parsed.success) waiting.get(parsed.data.id)?.(parsed.data);
  });

  const ask = (
    question: { action: 'protection' } | { action: 'encrypt' | 'decrypt'; text: string },
  ): Promise<unknown> =>
    new Promise((resolve, reject) => {
      lastId += 1;
      const id = lastId;
      const end = (): void => {
        clearTimeout(limit);
        waiting.delete(id);
      };
      const limit = setTimeout(() => {
        end();
        reject(new Error('The keychain does not answer.'));
      }, ANSWER_WITHIN_MS);
      waiting.set(id, ({ answer, failure }) => {
        end();
        if (failure === undefined) resolve(answer);
        else reject(new Error(failure));
      });
      channel.send({ kind: 'vault', id, ...question });
    });

  return {
    protection: async () => protectionSchema.parse(await ask({ action: 'protection' })),
    encrypt: async (text) => z.string().parse(await ask({ action: 'encrypt', text })),
    decrypt: async (text) => decryptedSchema.parse(await ask({ action: 'decrypt', text })),
  };
}

/** Answers the engine's questions with this process's own keychain; null: it was no question. */
export async function answerVault(vault: Vault, message: unknown): Promise<VaultAnswer | null> {
  const parsed = vaultRequestSchema.safeParse(message);
  if (!parsed.success) return null;
  const request = parsed.data;
  const { kind, id } = request;
  try {
    switch (request.action) {
      case 'protection':
        return { kind, id, answer: await vault.protection() };
      case 'encrypt':
        return { kind, id, answer: await vault.encrypt(request.text) };
      case 'decrypt':
        return { kind, id, answer: await vault.decrypt(request.text) };
    }
  } catch (error) {
    return { kind, id, failure: error instanceof Error ? error.message : 'The keychain failed.' };
  }
}
