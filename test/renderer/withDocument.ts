/** Gives code that only names the document's language something to write it to. */
export async function withDocument<Answer>(run: () => Promise<Answer>): Promise<Answer> {
  const before = Object.getOwnPropertyDescriptor(globalThis, 'document');
  const document = { documentElement: { lang: '' } };
  Object.defineProperty(globalThis, 'document', { value: document, configurable: true });
  try {
    return await run();
  } finally {
    if (before) Object.defineProperty(globalThis, 'document', before);
    else Reflect.deleteProperty(globalThis, 'document');
  }
}
