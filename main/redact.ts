/** The last line of defence for keys: whatever is written for people passes through here first. */

export type Redactor = {
  /** From now on this value is taken out of every text. Too short ones would take out everything else. */
  add(value: string): void;
  /** The text without any known value, as it is or as it travels: in an address, in base64. */
  text(text: string): string;
};

const SHORTEST = 4;
const INSTEAD = '[secret]';
/** What follows these words is a signature or a token, whatever its value. */
const PATTERNS: readonly RegExp[] = [
  /(SDK-HMAC-SHA256\s+Access=)[^\s",]+(,\s*SignedHeaders=[^\s",]+(,\s*Signature=[^\s"]+)?)?/gi,
  /((?:authorization|x-auth-token|x-subject-token|x-security-token)["']?\s*[:=]\s*["']?)[^\s"',}]+/gi,
];

export function createRedactor(): Redactor {
  const forms = new Set<string>();
  let longestFirst: readonly string[] = [];
  return {
    add(value) {
      if (value.length < SHORTEST || forms.has(value)) return;
      for (const form of formsOf(value)) forms.add(form);
      longestFirst = [...forms].sort((left, right) => right.length - left.length);
    },
    text(text) {
      const known = longestFirst.reduce((rest, form) => rest.replaceAll(form, INSTEAD), text);
      return PATTERNS.reduce((rest, pattern) => rest.replace(pattern, `$1${INSTEAD}`), known);
    },
  };
}

/** The ways a value is written on its way to a service. */
function formsOf(value: string): readonly string[] {
  const bytes = Buffer.from(value);
  // Inside a longer base64 text its letters depend on where it begins: three ways, without the edges
  // that neighbours have a part in.
  const inside = [0, 1, 2].map((offset) => {
    const whole = Buffer.concat([Buffer.alloc(offset), bytes]).toString('base64');
    const first = Math.ceil((offset * 8) / 6);
    return whole.slice(first, Math.floor(((offset + bytes.length) * 8) / 6));
  });
  const forms = [value, encodeURIComponent(value), bytes.toString('base64'), ...inside];
  return forms.filter((form) => form.length >= SHORTEST);
}
