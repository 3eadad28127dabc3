import { describe, expect, it } from 'vitest';
import { memorySource } from '../../../main/imaging/byteSource.ts';
import {
  detectFormat,
  formatOfExtension,
  isCandidateName,
  isDecodable,
  isWrongExtension,
} from '../../../main/imaging/formats.ts';
import { exifBytes, scene } from './pictures.ts';

const detect = (bytes: Buffer | string, extension = '') =>
  detectFormat(memorySource(Buffer.from(bytes as string, 'latin1')), extension);
const detectBytes = (bytes: Buffer, extension = '') => detectFormat(memorySource(bytes), extension);

describe('candidates by name', () => {
  it('takes pictures and RAW files in any case', () => {
    const names =
      'a.jpg B.JPEG c.HeIc d.hif e.avif f.bmp g.JXL h.jp2 i.ico j.psd k.svg l.dng m.CR2';
    for (const name of `${names} n.cr3 o.nef p.arw q.raf r.rw2 s.orf t.pef u.tif v.webp`.split(
      ' ',
    )) {
      expect(isCandidateName(Buffer.from(name)), name).toBe(true);
    }
  });

  it('leaves everything else alone', () => {
    for (const name of [
      'a.txt',
      'a.jpg.part',
      'jpg',
      '.jpg',
      'a.mp4',
      'a.',
      'a.jpg ',
      'Thumbs.db',
    ]) {
      expect(isCandidateName(Buffer.from(name)), name).toBe(false);
    }
  });

  it('works on bytes that are no UTF-8', () => {
    expect(isCandidateName(Buffer.from([0xff, 0xfe, 0x2e, 0x6a, 0x70, 0x67]))).toBe(true);
    expect(isCandidateName(Buffer.from([0x61, 0x2e, 0xff, 0x70, 0x67]))).toBe(false);
  });
});

describe('formats by content', () => {
  it('knows what sharp writes', async () => {
    expect(detectBytes(await scene().jpeg().toBuffer())).toBe('jpeg');
    expect(detectBytes(await scene().png().toBuffer())).toBe('png');
    expect(detectBytes(await scene().webp().toBuffer())).toBe('webp');
    expect(detectBytes(await scene().gif().toBuffer())).toBe('gif');
    expect(detectBytes(await scene().tiff().toBuffer())).toBe('tiff');
    expect(detectBytes(await scene().avif().toBuffer())).toBe('avif');
  });

  it.each([
    ['\0\0\0\x18ftypheic\0\0\0\0mif1heic', 'heic'],
    ['\0\0\0\x18ftypmif1\0\0\0\0mif1avif', 'avif'],
    ['\0\0\0\x18ftypmif1\0\0\0\0mif1heic', 'heic'],
    ['\0\0\0\x18ftypcrx \0\0\0\x01crx isom', 'raw'],
    ['\0\0\0\x18ftypisom\0\0\0\0isommp41', null],
    ['\xff\x0a\x00\x00', 'jxl'],
    ['\0\0\0\x0cJXL \r\n\x87\n', 'jxl'],
    ['\0\0\0\x0cjP  \r\n\x87\n', 'jp2'],
    ['8BPS\0\x01', 'psd'],
    ['FUJIFILMCCD-RAW 0201', 'raw'],
    ['IIU\0\x18\0\0\0', 'raw'],
    ['IIRO\x08\0\0\0', 'raw'],
    ['BM\x76\0\0\0\0\0\0\0\x36\0\0\0\x28\0\0\0\x10\0\0\0\x10\0\0\0', 'bmp'],
    ['BMW is a car, and this is a text', null],
    ['\0\0\x01\0\x01\0\x10\x10\0\0\x01\0\x20\0\x68\x04\0\0\x16\0\0\0', 'ico'],
    ['<?xml version="1.0"?><svg xmlns="http://www.w3.org/2000/svg"/>', 'svg'],
    ['  <svg width="1">', 'svg'],
    ['<!doctype html><title>404</title><svg/>', null],
    ['%PDF-1.4', null],
    ['\x7fELF', null],
    ['', null],
  ] as const)('%j is %s', (bytes, format) => {
    expect(detect(bytes)).toBe(format);
  });

  it('tells RAW from TIFF by marks, and by the name only where a camera is named', () => {
    const camera = exifBytes([[0x010f, 'NIKON CORPORATION']]);
    const scan = exifBytes([[0x0131, 'A scanner program']]);
    const dng = exifBytes([
      [0x010f, 'Leica'],
      [0xc612, 4],
    ]);
    const cr2 = Buffer.concat([Buffer.from('49492a00100000004352', 'hex'), Buffer.alloc(20)]);
    expect(detectBytes(camera, 'nef')).toBe('raw');
    expect(detectBytes(camera, 'tif')).toBe('tiff');
    expect(detectBytes(scan, 'nef')).toBe('tiff');
    expect(detectBytes(dng, 'tif')).toBe('raw');
    expect(detectBytes(cr2)).toBe('raw');
  });

  it('notes a wrong extension', () => {
    expect(isWrongExtension(Buffer.from('a.heic'), 'jpeg')).toBe(true);
    expect(isWrongExtension(Buffer.from('a.JPE'), 'jpeg')).toBe(false);
    expect(isWrongExtension(Buffer.from('a.hif'), 'heic')).toBe(false);
    expect(isWrongExtension(Buffer.from('a.jpg'), null)).toBe(false);
  });

  it('says what can be decoded', () => {
    expect(formatOfExtension('cr3')).toBe('raw');
    expect(formatOfExtension('mp4')).toBeNull();
    expect(isDecodable('avif')).toBe(true);
    expect(isDecodable('heic')).toBe(true);
    expect(isDecodable('svg')).toBe(false);
  });
});
