import { foldText } from './fold.ts';

/** Texts that many photos share, as small numbers. 0 is "none". */
export class Dictionary {
  readonly #numbers = new Map<string, number>();
  /** By number, as first written. */
  readonly texts: string[] = [''];
  /** By number, folded. */
  readonly keys: string[] = [''];

  number(text: string | null): number {
    if (!text) return 0;
    let number = this.#numbers.get(text);
    if (number === undefined) {
      number = this.texts.length;
      this.#numbers.set(text, number);
      this.texts.push(text);
      this.keys.push(foldText(text));
    }
    return number;
  }

  /** For each number, 1 where the folded text passes. Null when none does. */
  matching(test: (key: string) => boolean): Uint8Array | null {
    const flags = new Uint8Array(this.keys.length);
    let any = false;
    for (let number = 1; number < this.keys.length; number += 1) {
      if (!test(this.keys[number] as string)) continue;
      flags[number] = 1;
      any = true;
    }
    return any ? flags : null;
  }
}
