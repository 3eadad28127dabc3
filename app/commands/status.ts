import type { ErrorCode } from '../../shared/errors.ts';

/** Ctrl-C. */
export const INTERRUPTED = 130;
/** A service refused the account, quota or budget. */
export const REFUSED = 4;

/** Reasons why a service's work stopped that lie with the network, this computer or the photos. */
const TROUBLES: ReadonlySet<string> = new Set([
  'network',
  'connection_lost',
  'timed_out',
  'tls',
  'proxy',
  'redirected',
  'garbage_answer',
  'sign_in_page',
  'too_large_answer',
  'cancelled',
  'same_error_repeated',
  'disk_full',
  'library_read_only',
  'internal',
]);

/** Calls that the person allowed this run are made: that is no failure. */
const OWN_LIMIT = 'run_calls';

/** What a stop means for the exit status: `limit` is as the person wanted it, `trouble` is 1, `refusal` is 4. */
export function stopKind(code: string): 'limit' | 'trouble' | 'refusal' {
  if (code === OWN_LIMIT) return 'limit';
  return TROUBLES.has(code) ? 'trouble' : 'refusal';
}

/**
 * 1: it went wrong on the way; 2: wrong usage or query; 3: the library cannot be opened or its holder is
 * silent; 4: a service refused the account, quota or budget. An account that is not set up yet was refused
 * by nobody: the command lacks something that must be given first, which is wrong usage.
 */
export function exitStatus(code: ErrorCode): 1 | 2 | 3 | 4 {
  switch (code) {
    case 'usage':
    case 'query_invalid':
    case 'not_found':
    case 'folder_missing':
    case 'folder_not_a_directory':
    case 'folder_unreadable':
    case 'folder_silent':
    case 'folder_nested':
    case 'folder_is_library':
    case 'folder_known':
    case 'relocate_mismatch':
    case 'setting_unknown':
    case 'setting_invalid':
    case 'service_not_configured':
    case 'tags_not_linkable':
    case 'searches_full':
    case 'backup_unusable':
    case 'import_unusable':
      return 2;
    case 'library_locked':
    case 'library_newer':
    case 'library_read_only':
    case 'library_damaged':
    case 'library_unreachable':
    case 'holder_silent':
      return 3;
    case 'service_refused':
    case 'cap_reached':
      return 4;
    case 'service_failed':
    case 'disk_full':
    case 'backup_failed':
    case 'export_failed':
    case 'undo_gone':
    case 'not_supported':
    case 'internal':
      return 1;
  }
}
