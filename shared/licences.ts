/** A part of Tagroll that somebody else made, and the terms that it came under. */
export type Licence = {
  readonly name: string;
  /** Null where a part does not tell. */
  readonly version: string | null;
  /** SPDX expression, such as `MIT` or `MIT OR CC0-1.0`. */
  readonly licence: string;
  /** The package that it came in, where it is not one itself. */
  readonly inside: string | null;
  /** The whole text. */
  readonly text: string;
};

/** The window's file of them, made when it is built. */
export const LICENCES_PATH = '/licences.json';
