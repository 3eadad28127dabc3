/**
 * Runs inside the page: when every photo on the screen has its picture, and how long frames take.
 * Written as one function without imports, because it travels as text.
 */
export type GridProbe = {
  /** Milliseconds since 1970 UTC, null until it was so for the first time. */
  readonly firstPictureAtMs: number | null;
  readonly filledAtMs: number | null;
  /** Pixels that the grid can be scrolled by. */
  scrollRange(): number;
  /** Jumps; milliseconds until every photo on the screen has its picture. */
  jump(topPixels: number): Promise<number>;
  /** Scrolls down from a place; the milliseconds of each frame. */
  scroll(
    fromPixels: number,
    pixelsPerSecond: number,
    durationMs: number,
  ): Promise<{
    readonly frames: number[];
    /** Photos seen without their picture, of all photos seen in all frames, 0..1. */
    readonly blankPart: number;
  }>;
};

declare global {
  interface Window {
    tagrollBench: GridProbe;
  }
}

export function installGridProbe(): void {
  const grid = (): HTMLElement | null => document.querySelector<HTMLElement>('#photo-grid');
  const nextFrame = (): Promise<number> => new Promise((resolve) => requestAnimationFrame(resolve));

  const look = (): { seen: number; painted: number; covered: boolean } => {
    const container = grid();
    if (!container) return { seen: 0, painted: 0, covered: false };
    const screen = container.getBoundingClientRect();
    let seen = 0;
    let painted = 0;
    let lowest = 0;
    for (const cell of container.querySelectorAll<HTMLElement>('[data-photo-id]')) {
      const place = cell.getBoundingClientRect();
      if (place.bottom <= screen.top || place.top >= screen.bottom) continue;
      seen += 1;
      lowest = Math.max(lowest, place.bottom);
      const image = cell.querySelector('img');
      const own = image?.src.includes(`/thumbnail/${cell.dataset['photoId']}?`);
      if (own && image?.complete && image.naturalWidth > 0 && 'visible' in image.dataset) {
        painted += 1;
      }
    }
    // Between two days there is a heading without photos.
    return { seen, painted, covered: seen > 0 && lowest >= screen.bottom - 100 };
  };
  const isFilled = (): boolean => {
    const { seen, painted, covered } = look();
    return covered && painted === seen;
  };

  const probe: GridProbe & { firstPictureAtMs: number | null; filledAtMs: number | null } = {
    firstPictureAtMs: null,
    filledAtMs: null,
    scrollRange: () => (grid()?.scrollHeight ?? 0) - (grid()?.clientHeight ?? 0),
    async jump(topPixels) {
      const container = grid();
      if (!container) throw new Error('There is no grid.');
      const startedMs = performance.now();
      container.scrollTop = topPixels;
      await nextFrame();
      while (!isFilled()) {
        if (performance.now() - startedMs > 20_000) return 20_000;
        await nextFrame();
      }
      await nextFrame();
      return performance.now() - startedMs;
    },
    async scroll(fromPixels, pixelsPerSecond, durationMs) {
      const container = grid();
      if (!container) throw new Error('There is no grid.');
      await probe.jump(fromPixels);
      const frames: number[] = [];
      let seen = 0;
      let blank = 0;
      const startedMs = await nextFrame();
      let beforeMs = startedMs;
      while (beforeMs - startedMs < durationMs) {
        const nowMs = await nextFrame();
        frames.push(nowMs - beforeMs);
        beforeMs = nowMs;
        container.scrollTop = fromPixels + ((nowMs - startedMs) / 1000) * pixelsPerSecond;
        if (frames.length % 10 === 0) {
          const state = look();
          seen += state.seen;
          blank += state.seen - state.painted;
        }
      }
      return { frames, blankPart: seen === 0 ? 1 : blank / seen };
    },
  };
  window.tagrollBench = probe;

  const followStart = (): void => {
    // The frame in which a picture was found ready is the one that paints it.
    const { painted } = look();
    const nowMs = performance.timeOrigin + performance.now();
    if (painted > 0) probe.firstPictureAtMs ??= nowMs;
    if (isFilled()) probe.filledAtMs ??= nowMs;
    if (probe.filledAtMs === null) requestAnimationFrame(followStart);
  };
  requestAnimationFrame(followStart);
}
