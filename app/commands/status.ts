import type { ErrorCode } from '../../shared/errors.ts';

/** Ctrl-C. */
export const INTERRUPTED = 130;

/** 1: it went wrong on the way; 2: wrong usage or query; 3: the library cannot be opened or its holder is silent. */
export function exitStatus(code: ErrorCode): 1 | 2 | 3 {
  switch (code) {
    case 'usage':
    case 'query_invalid':
    case 'not_found':
    case 'folder_missing':
    case 'folder_not_a_directory':
    case 'folder_unreadable':
    case 'folder_nested':
    case 'folder_is_library':
    case 'folder_known':
    case 'relocate_mismatch':
    case 'setting_unknown':
    case 'setting_invalid':
      return 2;
    case 'library_locked':
    case 'library_newer':
    case 'library_read_only':
    case 'library_damaged':
    case 'library_unreachable':
    case 'holder_silent':
      return 3;
    case 'disk_full':
    case 'undo_gone':
    case 'not_supported':
    case 'internal':
      return 1;
  }
}
