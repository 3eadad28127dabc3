/**
 * One error class with a decision in it. The renderer and the command line choose the sentence by
 * `code`; `message` is the English sentence for logs and tools and names the file and the next step.
 */

export type ErrorCode =
  | 'usage'
  | 'query_invalid'
  | 'not_found'
  | 'folder_missing'
  | 'folder_not_a_directory'
  | 'folder_unreadable'
  | 'folder_silent'
  | 'folder_nested'
  | 'folder_is_library'
  | 'folder_known'
  | 'relocate_mismatch'
  | 'library_locked'
  | 'library_newer'
  | 'library_read_only'
  | 'library_damaged'
  | 'library_unreachable'
  | 'disk_full'
  | 'holder_silent'
  | 'setting_unknown'
  | 'setting_invalid'
  | 'undo_gone'
  | 'service_not_configured'
  | 'service_refused'
  | 'service_failed'
  | 'cap_reached'
  | 'tags_not_linkable'
  | 'searches_full'
  | 'backup_failed'
  | 'backup_unusable'
  | 'export_failed'
  | 'import_unusable'
  | 'not_supported'
  | 'internal';

/** Plain values that fill in the sentence: path, position, process id, … */
export type ErrorData = Readonly<Record<string, string | number | boolean | null>>;

export class TagrollError extends Error {
  override readonly name = 'TagrollError';
  readonly code: ErrorCode;
  readonly data: ErrorData;

  constructor(code: ErrorCode, message: string, data: ErrorData = {}, cause?: unknown) {
    super(message, cause === undefined ? undefined : { cause });
    this.code = code;
    this.data = data;
  }
}

/** An error as it crosses a boundary. */
export type SerializedError = {
  readonly code: ErrorCode;
  readonly message: string;
  readonly data: ErrorData;
};

/** Anything thrown, as plain data. Unknown throwables become `internal`. */
export function serializeError(error: unknown): SerializedError {
  if (error instanceof TagrollError) {
    return { code: error.code, message: error.message, data: error.data };
  }
  const message = error instanceof Error ? error.message : String(error);
  return { code: 'internal', message, data: {} };
}

/** The reverse of `serializeError`. */
export function deserializeError(error: SerializedError): TagrollError {
  return new TagrollError(error.code, error.message, error.data);
}

/** Whether a value is a `SerializedError`, such as the body of a refused request. */
export function isSerializedError(value: unknown): value is SerializedError {
  return (
    typeof value === 'object' &&
    value !== null &&
    'code' in value &&
    typeof value.code === 'string' &&
    'message' in value &&
    typeof value.message === 'string' &&
    'data' in value &&
    typeof value.data === 'object' &&
    value.data !== null
  );
}

/** Closes a switch over a union: a new member then fails to compile. */
export function assertNever(value: never): never {
  throw new Error(`Unexpected value: ${JSON.stringify(value)}`);
}
