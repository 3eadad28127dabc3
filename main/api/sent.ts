/**
 * What a response held, given back at once: a result of a million photos is ten megabytes, and the garbage
 * collector lets several of them wait.
 */
const releases = new WeakMap<Response, () => void>();

/** `release` is called once the response has wholly left this process; never when it was broken off. */
export function whenSent(response: Response, release: () => void): Response {
  releases.set(response, release);
  return response;
}

/** The door says: nobody will read from this response's body again. */
export function wasSent(response: Response): void {
  releases.get(response)?.();
  releases.delete(response);
}
