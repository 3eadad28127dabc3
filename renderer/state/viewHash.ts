import type { Sort } from '../../shared/model.ts';

/** What stands in the middle of the window. */
export type Section = 'photos' | 'problems' | 'tagging';

/** What the window shows. */
export type ViewState = {
  readonly query: string;
  /** The confidence lens, whole 0..100. */
  readonly threshold: number;
  readonly sort: Sort;
  readonly ascending: boolean;
  readonly section: Section;
  /** The photo in the viewer; null when it is closed. */
  readonly viewerId: number | null;
  /** Index into the row heights 96, 140, 200, 280, 400. */
  readonly zoom: 0 | 1 | 2 | 3 | 4;
};

export const DEFAULT_VIEW: ViewState = {
  query: '',
  threshold: 50,
  sort: 'taken',
  ascending: false,
  section: 'photos',
  viewerId: null,
  zoom: 2,
};

const SECTIONS: readonly Section[] = ['photos', 'problems', 'tagging'];
const SORTS: readonly string[] = ['taken', 'added', 'name', 'confidence'] satisfies Sort[];

/** The view as the part of the address after `#`. Defaults of sort and order are left out. */
export function encodeView(view: ViewState): string {
  const parameters = new URLSearchParams();
  if (view.query) parameters.set('q', view.query);
  parameters.set('lens', String(view.threshold));
  parameters.set('zoom', String(view.zoom));
  if (view.sort !== DEFAULT_VIEW.sort) parameters.set('sort', view.sort);
  if (view.ascending) parameters.set('ascending', '1');
  if (view.viewerId !== null) parameters.set('photo', String(view.viewerId));
  return `#/${view.section}?${parameters}`;
}

/** What back and forward lead to: all of the view but lens and zoom, which stay where the person left them. */
export function viewKey(view: ViewState): string {
  return encodeView({ ...view, threshold: DEFAULT_VIEW.threshold, zoom: DEFAULT_VIEW.zoom });
}

const VIEW = /^#\/(photos|problems|tagging)(?:\?(.*))?$/s;

/** Whether the part of an address after the page, with its `#`, names a view. */
export function isView(hash: string): boolean {
  return VIEW.test(hash);
}

/** The reverse. Whatever is missing or not understood comes from `fallback`. */
export function decodeView(hash: string, fallback: ViewState = DEFAULT_VIEW): ViewState {
  const match = VIEW.exec(hash);
  if (!match) return fallback;
  const parameters = new URLSearchParams(match[2] ?? '');
  const sort = parameters.get('sort') ?? DEFAULT_VIEW.sort;
  return {
    query: parameters.get('q') ?? '',
    threshold: whole(parameters.get('lens'), 100) ?? fallback.threshold,
    sort: SORTS.includes(sort) ? (sort as Sort) : DEFAULT_VIEW.sort,
    ascending: parameters.get('ascending') === '1',
    section: SECTIONS.find((section) => section === match[1]) ?? 'photos',
    viewerId: whole(parameters.get('photo'), Number.MAX_SAFE_INTEGER) || null,
    zoom: asZoom(whole(parameters.get('zoom'), 4) ?? fallback.zoom),
  };
}

/** The nearest zoom step. */
export function asZoom(value: number): ViewState['zoom'] {
  return Math.max(0, Math.min(4, Math.round(value))) as ViewState['zoom'];
}

function whole(text: string | null, maximum: number): number | null {
  if (text === null || !/^\d{1,16}$/.test(text)) return null;
  const value = Number(text);
  return value <= maximum ? value : null;
}
