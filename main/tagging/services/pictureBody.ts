/** Request bodies with a picture in them, byte for byte, so that their size is known before they exist. */

/** How many base64 characters these bytes become. */
export function base64Length(bytes: number): number {
  return 4 * Math.ceil(bytes / 3);
}

/** Most bytes that become at most this many base64 characters. */
export function bytesOfBase64(characters: number): number {
  return 3 * Math.floor(characters / 4);
}

type Fields = Readonly<Record<string, string | number>>;

/** `{"image":"<base64>", …fields}`. At least one field. */
export function jsonWithImage(fields: Fields, jpeg: Uint8Array): Uint8Array {
  const image = Buffer.from(jpeg.buffer, jpeg.byteOffset, jpeg.byteLength).toString('base64');
  return Buffer.concat([
    Buffer.from(HEAD),
    Buffer.from(image, 'latin1'),
    Buffer.from(tailOf(fields)),
  ]);
}

export function jsonWithImageLength(fields: Fields, jpegBytes: number): number {
  return HEAD.length + base64Length(jpegBytes) + Buffer.byteLength(tailOf(fields));
}

export function jsonWithUrl(fields: Fields, url: string): Uint8Array {
  return Buffer.from(JSON.stringify({ url, ...fields }));
}

const HEAD = '{"image":"';
const tailOf = (fields: Fields): string => `",${JSON.stringify(fields).slice(1)}`;

/** Always of the same length, so that sizes can be told beforehand. */
export function newBoundary(random: () => number): string {
  const digits = Array.from({ length: 32 }, () => Math.floor(random() * 16).toString(16));
  return `----------${digits.join('')}`;
}

/** multipart/form-data: text fields first, then the pictures. File names say nothing about the photo. */
export function multipart(
  fields: Fields,
  images: readonly { readonly name: string; readonly jpeg: Uint8Array }[],
  boundary: string,
): Uint8Array {
  const parts: Uint8Array[] = [Buffer.from(fieldParts(fields, boundary))];
  for (const { name, jpeg } of images) {
    parts.push(Buffer.from(imageHead(name, boundary)), jpeg, Buffer.from('\r\n'));
  }
  return Buffer.concat([...parts, Buffer.from(`--${boundary}--\r\n`)]);
}

export function multipartLength(
  fields: Fields,
  images: readonly { readonly name: string; readonly jpegBytes: number }[],
): number {
  const boundary = newBoundary(() => 0);
  const head =
    fieldParts(fields, boundary) + images.map(({ name }) => imageHead(name, boundary)).join('');
  const pictures = images.reduce((sum, { jpegBytes }) => sum + jpegBytes + '\r\n'.length, 0);
  return Buffer.byteLength(head) + pictures + `--${boundary}--\r\n`.length;
}

function fieldParts(fields: Fields, boundary: string): string {
  return Object.entries(fields)
    .map(
      ([name, value]) =>
        `--${boundary}\r\nContent-Disposition: form-data; name="${name}"\r\n\r\n${value}\r\n`,
    )
    .join('');
}

function imageHead(name: string, boundary: string): string {
  return `--${boundary}\r\nContent-Disposition: form-data; name="${name}"; filename="picture.jpg"\r\nContent-Type: image/jpeg\r\n\r\n`;
}
