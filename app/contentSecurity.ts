/**
 * The Content-Security-Policy of the window: only what comes from its own engine.
 * `socketOrigin` is the WebSocket's, because not every browser counts it as `'self'`; null without one.
 */
export function contentSecurityPolicy(socketOrigin: string | null): string {
  const connect = socketOrigin === null ? "'self'" : `'self' ${socketOrigin}`;
  return [
    "default-src 'self'",
    "img-src 'self' data: blob:",
    `connect-src ${connect}`,
    "style-src 'self'",
    "script-src 'self'",
    "object-src 'none'",
    "base-uri 'none'",
    "form-action 'none'",
    "frame-ancestors 'none'",
  ].join('; ');
}
