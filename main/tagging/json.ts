const BARE_NUMBERS = /"(?:[^"\\]|\\.)*"|-?\b(?:NaN|Infinity)\b/g;

/**
 * The value of a JSON text, `undefined` where it is none. Servers write `NaN` where a number should be:
 * such a value becomes null instead of costing the whole answer.
 */
export function parseJson(text: string): unknown {
  return (
    parse(text) ?? parse(text.replace(BARE_NUMBERS, (found) => (found[0] === '"' ? found : 'null')))
  );
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
