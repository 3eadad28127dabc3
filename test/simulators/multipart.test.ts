import { describe, expect, it } from 'vitest';
import { boundaryOf, readForm } from './multipart.ts';

const PART = 'Content-Disposition: form-data; name="app_id"\r\n\r\n123';
const form = (text: string): Buffer => Buffer.from(text, 'latin1');

describe('a form', () => {
  it('gives its parts byte for byte', () => {
    const file =
      'Content-Disposition: form-data; name="image"; filename=""\r\nContent-Type: image/jpeg\r\n\r\n\xff\xd8\r\n--x\r\n';
    const parts = readForm(form(`--xyz\r\n${PART}\r\n--xyz\r\n${file}\r\n--xyz--\r\n`), 'xyz');
    expect(parts.map(({ name, fileName, mediaType }) => [name, fileName, mediaType])).toEqual([
      ['app_id', null, null],
      ['image', '', 'image/jpeg'],
    ]);
    expect(parts[0]?.content.toString()).toBe('123');
    expect(parts[1]?.content.toString('latin1')).toBe('\xff\xd8\r\n--x\r\n');
  });

  it('is what fetch sends', async () => {
    const data = new FormData();
    data.set('app_id', '1');
    data.set('image', new Blob(['abc'], { type: 'image/jpeg' }), 'p.jpg');
    const request = new Request('http://127.0.0.1/', { method: 'POST', body: data });
    const boundary = boundaryOf(request.headers.get('content-type') ?? '');
    const parts = readForm(Buffer.from(await request.arrayBuffer()), boundary);
    expect(parts.map(({ name, content }) => [name, content.toString()])).toEqual([
      ['app_id', '1'],
      ['image', 'abc'],
    ]);
  });

  it.each([
    ['an epilogue', `--x\r\n${PART}\r\n--x--\r\nmore`],
    ['a preamble', `hello\r\n--x\r\n${PART}\r\n--x--`],
    ['no end', `--x\r\n${PART}\r\n`],
    ['bare line feeds', `--x\n${PART}\n--x--`],
    ['a part without a name', '--x\r\nContent-Disposition: form-data\r\n\r\n1\r\n--x--'],
    ['a part without headers', '--x\r\n1\r\n--x--'],
    ['a part without disposition', '--x\r\nContent-Type: image/jpeg\r\n\r\n1\r\n--x--'],
    ['two dispositions', `--x\r\nContent-Disposition: form-data; name="a"\r\n${PART}\r\n--x--`],
    ['base64 parts', `--x\r\nContent-Transfer-Encoding: base64\r\n${PART}\r\n--x--`],
  ])('with %s is malformed', (_, text) => {
    expect(() => readForm(form(text), 'x')).toThrow();
  });

  it('needs a boundary', () => {
    expect(boundaryOf('multipart/form-data; boundary="a b"')).toBe('a b');
    expect(() => boundaryOf('multipart/form-data')).toThrow('no boundary');
    expect(() => boundaryOf(`multipart/form-data; boundary=${'a'.repeat(71)}`)).toThrow('boundary');
  });
});
