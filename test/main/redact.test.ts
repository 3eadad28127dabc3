import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { createFileLogger } from '../../main/log.ts';
import { createRedactor } from '../../main/redact.ts';

const KEY = 'TEST"key\\with+odd/signs=äöü';

describe('what is written for people', () => {
  it('holds no known value, however it travelled', () => {
    const redactor = createRedactor();
    redactor.add(KEY);
    expect(redactor.text(`a ${KEY} b`)).toBe('a [secret] b');
    expect(redactor.text(`?k=${encodeURIComponent(KEY)}&x`)).toBe('?k=[secret]&x');
    expect(redactor.text(Buffer.from(KEY).toString('base64'))).toBe('[secret]');
  });

  it.each([0, 1, 2, 3, 4, 5, 19, 20, 21])(
    'holds none inside a base64 text that begins %i bytes before it',
    (before) => {
      const value = 'TESTsecretId0123456789';
      const redactor = createRedactor();
      redactor.add(value);
      const text = Buffer.concat([Buffer.alloc(before, 7), Buffer.from(`${value}&e=1`)]).toString(
        'base64',
      );
      const clean = redactor.text(text);
      expect(clean).toContain('[secret]');
      expect(Buffer.from(clean.replace('[secret]', ''), 'base64').includes('TESTsecret')).toBe(
        false,
      );
    },
  );

  it('holds no signature or token of an unknown account', () => {
    const { text } = createRedactor();
    expect(
      text(
        'SDK-HMAC-SHA256 Access=TESTAK, SignedHeaders=host;x-sdk-date, Signature=0011ff and more',
      ),
    ).toBe('SDK-HMAC-SHA256 Access=[secret] and more');
    expect(text('{"authorization":"TESTsign=="}')).toBe('{"authorization":"[secret]"}');
    expect(text('X-Auth-Token: TESTtoken')).toBe('X-Auth-Token: [secret]');
  });

  it('is otherwise as it was, also where a value is too short to be a key', () => {
    const redactor = createRedactor();
    redactor.add('');
    redactor.add('abc');
    expect(redactor.text('abcdef')).toBe('abcdef');
  });
});

describe('the log', () => {
  const folder = mkdtempSync(join(tmpdir(), 'tagroll-log-'));
  afterAll(() => rmSync(folder, { recursive: true }));

  it('holds no key, wherever it was in the message', () => {
    const path = join(folder, 'tagroll.log');
    const redactor = createRedactor();
    redactor.add(KEY);
    const logger = createFileLogger(path, () => 0, redactor.text);
    logger.error(`failed with ${KEY}`, { deep: { cause: [`x${KEY}y`] }, count: 3 });
    const line = readFileSync(path, 'utf8');
    expect(JSON.parse(line)).toMatchObject({
      message: 'failed with [secret]',
      deep: { cause: ['x[secret]y'] },
      count: 3,
    });
    expect(line).not.toContain('TEST');
  });
});
