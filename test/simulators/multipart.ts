/** A strict reader of `multipart/form-data`: anything unusual is an error, not a guess. */

export type FormPart = {
  readonly name: string;
  /** Null: the part is a plain field. */
  readonly fileName: string | null;
  readonly mediaType: string | null;
  readonly content: Buffer;
};

/** A body that is no well-formed form. */
export class MalformedForm extends Error {
  override readonly name = 'MalformedForm';
}

const LINE_END = '\r\n';

/** The boundary named by a `Content-Type` header. Throws `MalformedForm` when there is none. */
export function boundaryOf(contentType: string): string {
  const match = /^multipart\/form-data\s*;\s*boundary=(?:"([^"]+)"|([^\s;"]+))\s*$/i.exec(
    contentType,
  );
  const boundary = match?.[1] ?? match?.[2];
  if (boundary === undefined) throw new MalformedForm('the content type has no boundary');
  if (boundary.length > 70 || !/^[\w'()+,./:=? -]*[\w'()+,./:=?-]$/.test(boundary))
    throw new MalformedForm('the boundary is not a valid one');
  return boundary;
}

/** The parts of a form in their order. Throws `MalformedForm`. */
export function readForm(body: Buffer, boundary: string): readonly FormPart[] {
  const first = Buffer.from(`--${boundary}${LINE_END}`);
  const between = Buffer.from(`${LINE_END}--${boundary}`);
  if (!body.subarray(0, first.length).equals(first))
    throw new MalformedForm('the body does not begin with its boundary');
  const parts: FormPart[] = [];
  let start = first.length;
  for (;;) {
    const end = body.indexOf(between, start);
    if (end < 0) throw new MalformedForm('the last boundary is missing');
    parts.push(readPart(body.subarray(start, end)));
    const after = end + between.length;
    const next = body.toString('latin1', after, after + 2);
    if (next === '--') {
      const rest = body.toString('latin1', after + 2);
      if (rest !== '' && rest !== LINE_END)
        throw new MalformedForm('something follows the last boundary');
      return parts;
    }
    if (next !== LINE_END) throw new MalformedForm('a boundary does not end its line');
    start = after + 2;
  }
}

function readPart(bytes: Buffer): FormPart {
  const end = bytes.indexOf(LINE_END + LINE_END);
  if (end < 0) throw new MalformedForm('a part has no empty line after its headers');
  const headers = readHeaders(bytes.toString('utf8', 0, end));
  const disposition = headers.get('content-disposition');
  if (disposition === undefined) throw new MalformedForm('a part has no Content-Disposition');
  const encoding = headers.get('content-transfer-encoding');
  if (encoding !== undefined && encoding !== 'binary')
    throw new MalformedForm(`a part is encoded as ${encoding}`);
  const { name, fileName } = readDisposition(disposition);
  return {
    name,
    fileName,
    mediaType: headers.get('content-type') ?? null,
    content: bytes.subarray(end + 4),
  };
}

function readHeaders(text: string): ReadonlyMap<string, string> {
  const headers = new Map<string, string>();
  for (const line of text.split(LINE_END)) {
    const match = /^([A-Za-z-]+):[ \t]*(.*)$/.exec(line);
    if (!match) throw new MalformedForm('a header of a part cannot be read');
    const [, name = '', value = ''] = match;
    if (headers.has(name.toLowerCase())) throw new MalformedForm(`a part has two ${name} headers`);
    headers.set(name.toLowerCase(), value.trim());
  }
  return headers;
}

function readDisposition(text: string): { name: string; fileName: string | null } {
  const match = /^form-data; name="([^"]+)"(?:; filename="([^"]*)")?$/.exec(text);
  const name = match?.[1];
  if (name === undefined) throw new MalformedForm('a Content-Disposition cannot be read');
  return { name, fileName: match?.[2] ?? null };
}
