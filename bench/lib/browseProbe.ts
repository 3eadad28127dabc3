/**
 * Runs inside the page: when the window asked for photos, when it had laid them out and drawn them, how
 * long its calls took, and how long frames are. It watches what the window does from outside: requests,
 * the grid's elements and the frames. Written as one function without imports, because it travels as text.
 */
export type Answer = {
  /** From asking to the page having read the count and the first photos of the answer. */
  readonly readMs: number;
  /** From asking to the first photos of the answer being in the page, and to the frame that draws them. */
  readonly laidOutMs: number;
  readonly drawnMs: number;
  /** From asking to the whole answer being in the page, and to the frame that draws it. */
  readonly wholeMs: number;
  readonly wholeDrawnMs: number;
  /** From the person's key, pointer or way back to the frame with the first photos. */
  readonly inputToDrawnMs: number;
  /** Photos of the answer. */
  readonly photos: number;
};

export type BrowseProbe = {
  /** What a step before this call did not finish is no part of the next answer. */
  expectAnswer(): void;
  /** Resolves when the whole answer was drawn. Rejects when nothing was answered in time. */
  answer(): Promise<Answer>;
  /** Resolves when no call has been underway for a moment. */
  quiet(): Promise<void>;
  /** Milliseconds of the calls of that name that ended since `forgetCalls`, such as `tags/suggest`. */
  calls(name: string): readonly number[];
  forgetCalls(): void;
  /** Milliseconds between two changes of the photos in the page since `forgetRedraws`. */
  betweenRedraws(): readonly number[];
  forgetRedraws(): void;
  /** Begins to note the milliseconds of each frame. */
  watchFrames(): void;
  frames(): readonly number[];
  /** From the next key or press on: when is every photo on the screen known? */
  expectFilled(): void;
  /** Milliseconds from that key or press. */
  filled(): Promise<number>;
  /** Photos that the grid says it has; 0 without one. */
  photos(): number;
};

declare global {
  interface Window {
    tagrollBrowse: BrowseProbe;
  }
}

export function installBrowseProbe(): void {
  const GIVE_UP_MS = 30_000;
  const QUIET_MS = 250;
  const nextFrame = (): Promise<number> => new Promise((resolve) => requestAnimationFrame(resolve));
  /** After the next frame was drawn. */
  const drawn = async (): Promise<number> => {
    await nextFrame();
    const { port1, port2 } = new MessageChannel();
    await new Promise((resolve) => {
      port1.onmessage = resolve;
      port2.postMessage(null);
    });
    port1.close();
    return performance.now();
  };

  type Step = {
    inputMs: number;
    askedMs: number;
    answeredMs: number;
    readMs: number;
    laidOutMs: number;
    wholeMs: number;
    drawn: Promise<number> | null;
    wholeDrawn: Promise<number> | null;
    /** When all is laid out. */
    readonly end: PromiseWithResolvers<void>;
  };
  const fresh = (): Step => ({
    inputMs: Number.NaN,
    askedMs: Number.NaN,
    answeredMs: Number.NaN,
    readMs: Number.NaN,
    laidOutMs: Number.NaN,
    wholeMs: Number.NaN,
    drawn: null,
    wholeDrawn: null,
    end: Promise.withResolvers(),
  });
  let step = fresh();
  let inputMs = Number.NaN;

  const noteInput = (event: Event): void => {
    inputMs = event.timeStamp;
    if (Number.isNaN(step.inputMs)) step.inputMs = event.timeStamp;
  };
  for (const type of ['keydown', 'pointerdown', 'pointermove', 'popstate', 'wheel']) {
    window.addEventListener(type, noteInput, { capture: true, passive: true });
  }

  const { fetch } = window;
  window.fetch = async (...parameters) => {
    const [input] = parameters;
    const isResult = String(input instanceof Request ? input.url : input).includes('/result?');
    const asking = step;
    if (isResult && Number.isNaN(asking.askedMs)) asking.askedMs = performance.now();
    const response = await fetch(...parameters);
    if (isResult && Number.isNaN(asking.answeredMs)) {
      asking.answeredMs = performance.now();
      noteReading(response, asking);
    }
    return response;
  };

  /** Notes each part of an answer that the page takes, until something of it is laid out. */
  const noteReading = ({ body }: Response, asking: Step): void => {
    if (!body) return;
    const { getReader } = body;
    body.getReader = ((...parameters: Parameters<typeof getReader>) => {
      const reader = getReader.apply(body, parameters) as ReadableStreamBYOBReader;
      const { read } = reader;
      reader.read = (async (view: Uint8Array<ArrayBuffer>) => {
        const part = await read.call(reader, view);
        if (!part.done && Number.isNaN(asking.laidOutMs)) asking.readMs = performance.now();
        return part;
      }) as typeof read;
      return reader;
    }) as typeof getReader;
  };

  const isBusy = (): boolean => {
    const grid = document.querySelector('main section[aria-busy]');
    return grid === null || grid.getAttribute('aria-busy') === 'true';
  };
  /** Other photos, another number of them, or the end of the waiting: not what is known of a photo. */
  const isOfPhotos = ({
    type,
    attributeName,
    addedNodes,
    removedNodes,
  }: MutationRecord): boolean => {
    if (attributeName === 'aria-busy') return !isBusy();
    if (type === 'attributes') return true;
    return [...addedNodes, ...removedNodes].some(
      (node) => node instanceof Element && node.closest('[data-photo-id]') === node,
    );
  };
  let redraws: number[] = [];
  const watchPage = (): void => {
    new MutationObserver((changes) => {
      if (changes.some((change) => isOfPhotos(change) && change.attributeName !== 'aria-busy')) {
        redraws.push(performance.now());
      }
      if (Number.isNaN(step.answeredMs)) return;
      const nowMs = performance.now();
      if (Number.isNaN(step.laidOutMs)) {
        if (!changes.some(isOfPhotos)) return;
        step.laidOutMs = nowMs;
        step.drawn = drawn();
      }
      if (Number.isNaN(step.wholeMs) && !isBusy()) {
        step.wholeMs = nowMs;
        step.wholeDrawn = drawn();
        step.end.resolve();
      }
    }).observe(document.documentElement, {
      subtree: true,
      childList: true,
      attributes: true,
      attributeFilter: ['aria-busy', 'aria-setsize', 'data-photo-id'],
    });
  };
  if (document.documentElement) watchPage();
  else document.addEventListener('readystatechange', watchPage, { once: true });

  const callTimes = new Map<string, number[]>();
  const underway = new Map<string, { readonly name: string; readonly sentMs: number }>();
  const { send } = WebSocket.prototype;
  const heard = new WeakSet<WebSocket>();
  const idOf = (text: string): string | undefined => /^\{"i":"?([^",]+)/.exec(text)?.[1];
  WebSocket.prototype.send = function (this: WebSocket, data) {
    if (!heard.has(this)) {
      heard.add(this);
      this.addEventListener('message', (event: MessageEvent<unknown>) => {
        if (typeof event.data !== 'string') return;
        const id = idOf(event.data.slice(0, 60));
        const call = id === undefined ? undefined : underway.get(id);
        if (id === undefined || !call) return;
        underway.delete(id);
        const times = callTimes.get(call.name) ?? [];
        times.push(performance.now() - call.sentMs);
        callTimes.set(call.name, times);
      });
    }
    if (typeof data === 'string') {
      const head = data.slice(0, 200);
      const name = /"u":"\/([^"?]+)/.exec(head)?.[1];
      const id = idOf(head);
      if (name && id) underway.set(id, { name, sentMs: performance.now() });
    }
    send.call(this, data);
  };

  let busyAtMs = 0;

  let watching = false;
  let frames: number[] = [];

  /** Every photo on the screen has its details. */
  const isFilled = (): boolean => {
    const container = document.querySelector<HTMLElement>('#photo-grid');
    if (!container) return false;
    const screen = container.getBoundingClientRect();
    const unknown = container.getAttribute('aria-label');
    let lowest = 0;
    for (const cell of container.querySelectorAll<HTMLElement>('[data-photo-id]')) {
      const place = cell.getBoundingClientRect();
      if (place.bottom <= screen.top || place.top >= screen.bottom) continue;
      if (cell.getAttribute('aria-label') === unknown) return false;
      lowest = Math.max(lowest, place.bottom);
    }
    // Between two days there is a heading without photos.
    return lowest >= screen.bottom - 100 || container.scrollHeight <= container.clientHeight;
  };

  const untilFilled = async (): Promise<number> => {
    const endMs = performance.now() + GIVE_UP_MS;
    while (Number.isNaN(inputMs) || !isFilled()) {
      if (performance.now() > endMs) throw new Error('The screen was not filled.');
      await nextFrame();
    }
    return performance.now() - inputMs;
  };
  let filling = Promise.resolve(Number.NaN);

  window.tagrollBrowse = {
    expectAnswer() {
      step = fresh();
    },
    async answer() {
      const asked = step;
      const late = (): void => asked.end.reject(new Error('The window did not show an answer.'));
      const timer = setTimeout(late, GIVE_UP_MS);
      // Nothing is looked at meanwhile: each look would be a frame that the window did not ask for.
      await asked.end.promise;
      clearTimeout(timer);
      const drawnMs = (await asked.drawn) ?? Number.NaN;
      const wholeDrawnMs = (await asked.wholeDrawn) ?? Number.NaN;
      return {
        readMs: asked.readMs - asked.askedMs,
        laidOutMs: asked.laidOutMs - asked.askedMs,
        drawnMs: drawnMs - asked.askedMs,
        wholeMs: asked.wholeMs - asked.askedMs,
        wholeDrawnMs: wholeDrawnMs - asked.askedMs,
        inputToDrawnMs: drawnMs - asked.inputMs,
        photos: this.photos(),
      };
    },
    async quiet() {
      busyAtMs = performance.now();
      while (performance.now() - busyAtMs < QUIET_MS) {
        if (underway.size > 0) busyAtMs = performance.now();
        await nextFrame();
      }
    },
    calls: (name) => callTimes.get(name) ?? [],
    forgetCalls: () => callTimes.clear(),
    betweenRedraws: () => redraws.slice(1).map((ms, index) => ms - (redraws[index] ?? ms)),
    forgetRedraws() {
      redraws = [];
    },
    watchFrames() {
      frames = [];
      if (watching) return;
      watching = true;
      let beforeMs = performance.now();
      const next = (nowMs: number): void => {
        frames.push(nowMs - beforeMs);
        beforeMs = nowMs;
        if (watching) requestAnimationFrame(next);
      };
      requestAnimationFrame((nowMs) => {
        beforeMs = nowMs;
        requestAnimationFrame(next);
      });
    },
    frames() {
      watching = false;
      return frames;
    },
    expectFilled() {
      inputMs = Number.NaN;
      filling = untilFilled();
    },
    filled: () => filling,
    photos: () =>
      Number(document.querySelector('[data-photo-id]')?.getAttribute('aria-setsize') ?? 0),
  };
}
