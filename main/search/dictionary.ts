import { foldText } from './fold.ts';

/** Texts that many photos share, as small numbers. 0 is "none". */
export class Dictionary {
  readonly #numbers = new Map<string, number>();
  /** By number, as first written. */
  readonly texts: string[] = [''];
  /** By number, folded. */
  readonly keys: string[] = [''];
  /** By number, those whose folded text holds its folded text; made when first asked for. */
  #holding: (readonly number[])[] = [];
  #holdingOf = 0;

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

  /** Numbers whose folded text holds the one of this number: itself at least. */
  holding(number: number): readonly number[] {
    if (this.#holdingOf !== this.keys.length) {
      this.#holding = [];
      this.#holdingOf = this.keys.length;
    }
    const known = this.#holding[number];
    if (known) return known;
    const key = this.keys[number] as string;
    const found: number[] = [];
    for (let other = 1; other < this.keys.length; other += 1) {
      if ((this.keys[other] as string).includes(key)) found.push(other);
    }
    this.#holding[number] = found;
    return found;
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
