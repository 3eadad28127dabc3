/**
 * The engine answers one question after the other. The photos that a person waits for come first: figures
 * beside them, which may take it longer than the photos did, wait for their turn.
 */

/** Figures may come late, but not never: a lens can be moved for minutes. */
const LATEST_MS = 2000;

/** Calls that count much and show little. */
const PATIENT_CALLS: ReadonlySet<string> = new Set([
  'tags.facets',
  'tags.folderCounts',
  'searches.counts',
]);

/** Questions within this time follow each other: somebody types, or moves the lens. */
const IN_A_ROW_MS = 1000;
/** Then the next one may be about to come, and should not have to wait for figures of the one before. */
const REST_MS = 150;

/**
 * The window waits so long for the first photos before it is drawn for the question alone: they mostly come
 * sooner, and would come later if it were busy drawing. Less than anybody sees.
 */
const FIRST_WITHIN_MS = 30;

/** What is known of the newest question's photos: nothing yet, the first of them, or all. */
export type PhotosState = 'asked' | 'begun' | 'there';

let arePhotosThere = true;
let isTaken = false;
let takenAtMs = Number.NEGATIVE_INFINITY;
let inARow = false;
let restTimer: ReturnType<typeof setTimeout> | undefined;
const patient = new Set<() => void>();
const watching = new Set<() => void>();
let firstTimer: ReturnType<typeof setTimeout> | undefined;
const drawing = new Set<() => void>();

/** To be told of each question for photos, and of its answer. */
export function photosAre(state: PhotosState): void {
  if (state === 'asked') firstTimer ??= setTimeout(draw, FIRST_WITHIN_MS);
  else draw();
  if (state !== 'begun') keepTurn(state === 'asked');
}

function draw(): void {
  clearTimeout(firstTimer);
  firstTimer = undefined;
  letGo(drawing);
  drawing.clear();
}

/** Calls `go` with the first photos that are asked for, if they come soon; at once where none are. */
export function drawWithPhotos(go: () => void): void {
  if (firstTimer === undefined) go();
  else drawing.add(go);
}

function keepTurn(isLoading: boolean): void {
  clearTimeout(restTimer);
  arePhotosThere = !isLoading;
  if (!isLoading) {
    letGo(watching);
    if (inARow) restTimer = setTimeout(giveTurn, REST_MS);
    else giveTurn();
    return;
  }
  const nowMs = performance.now();
  inARow = nowMs - takenAtMs < IN_A_ROW_MS;
  takenAtMs = nowMs;
  isTaken = true;
}

function giveTurn(): void {
  isTaken = false;
  letGo(patient);
}

function letGo(waiting: ReadonlySet<() => void>): void {
  for (const go of [...waiting]) go();
}

/** Resolves when a call may be sent: at once, unless it is one that waits for the photos. */
export async function waitForTurn(path: readonly string[]): Promise<void> {
  if (!PATIENT_CALLS.has(path.join('.'))) return;
  // Whoever asks for photos because of the same change may do so first.
  await null;
  if (isTaken) await wait(patient, LATEST_MS);
}

/** Resolves when all photos that were asked for are there, but after `latestMs` at the latest. */
export async function waitForPhotos(latestMs: number): Promise<void> {
  if (!arePhotosThere) await wait(watching, latestMs);
}

function wait(waiting: Set<() => void>, latestMs: number): Promise<void> {
  return new Promise((resolve) => {
    const go = (): void => {
      clearTimeout(timer);
      waiting.delete(go);
      resolve();
    };
    const timer = setTimeout(go, latestMs);
    waiting.add(go);
  });
}
