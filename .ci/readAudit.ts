/** What `npm audit --json` said, in one line, and whether it is a reason to fail. */

type Audit = {
  readonly metadata?: { readonly vulnerabilities?: Readonly<Record<string, number>> };
  readonly vulnerabilities?: Readonly<Record<string, { readonly severity?: string }>>;
  readonly error?: { readonly code?: string; readonly summary?: string };
  readonly message?: string;
};

const SEVERE: readonly string[] = ['high', 'critical'];

export function readAudit(
  stdout: string,
  status: number | null,
): { readonly failed: boolean; readonly text: string } {
  const audit = parse(stdout);
  const counts = audit?.metadata?.vulnerabilities;
  if (!audit || !counts) {
    const why = audit?.error?.summary || audit?.message || `npm ended with ${status}`;
    return {
      failed: false,
      text: `npm audit: no registry here answers it (${why.trim()}). Left out.`,
    };
  }
  const severe = SEVERE.reduce((sum, name) => sum + (counts[name] ?? 0), 0);
  const names = Object.entries(audit.vulnerabilities ?? {})
    .filter(([, { severity }]) => SEVERE.includes(severity ?? ''))
    .map(([name]) => name);
  return severe > 0
    ? {
        failed: true,
        text: `npm audit: ${severe} severe, in ${names.join(', ')}. See: npm audit --omit=dev`,
      }
    : { failed: false, text: `npm audit: nothing severe (${counts['total'] ?? 0} in all).` };
}

function parse(text: string): Audit | null {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null ? (value as Audit) : null;
  } catch {
    return null;
  }
}
