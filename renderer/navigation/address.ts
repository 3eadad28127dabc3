/** Addresses of views, for people to keep, send and paste. They never hold what lets a window in. */
import { desktop } from '../api/desktop.ts';
import { DEFAULT_VIEW, decodeView, encodeView, isView, type ViewState } from '../state/viewHash.ts';

/** Longer than any address of ours. */
const LONGEST = 200_000;

/**
 * The address of a view. In a browser a whole one, for another window of the same Tagroll; in the desktop
 * app, whose page has no address that others know, the part from `#` on. The search field takes both.
 */
export function addressOf(view: ViewState): string {
  const hash = encodeView(view);
  // Put together, not copied: what else stands in the page's address may be a key.
  return desktop() === null ? `${window.location.origin}/${hash}` : hash;
}

/**
 * What an address that was pasted shows; null when the text is none of ours. The size of the pictures is not
 * part of it, and the lens only where the address names one.
 */
export function viewFromAddress(text: string): Partial<ViewState> | null {
  const trimmed = text.trim();
  if (trimmed.length > LONGEST || /\s/.test(trimmed)) return null;
  const at = trimmed.indexOf('#');
  if (at < 0 || !isOwnPage(trimmed.slice(0, at))) return null;
  const hash = trimmed.slice(at);
  if (!isView(hash)) return null;
  const { zoom: _zoom, threshold, ...view } = decodeView(hash);
  // Two readings with different defaults agree only on what the address says.
  const other = decodeView(hash, { ...DEFAULT_VIEW, threshold: DEFAULT_VIEW.threshold + 1 });
  return other.threshold === threshold ? { ...view, threshold } : view;
}

/** What may stand before `#`: nothing, or a page of Tagroll on any port. */
function isOwnPage(page: string): boolean {
  if (page === '') return true;
  if (!URL.canParse(page)) return false;
  const { protocol, hostname, pathname } = new URL(page);
  if (pathname !== '/') return false;
  if (protocol === 'tagroll:') return hostname === 'window';
  return protocol === 'http:' && (hostname === '127.0.0.1' || hostname === 'localhost');
}
