import { ORPCError } from '@orpc/client';
import { describe, expect, it } from 'vitest';
import { resultUrl, thumbnailUrl, toTagrollError } from '../../../renderer/api/client.ts';
import { TagrollError } from '../../../shared/errors.ts';

describe('toTagrollError', () => {
  it('turns an answer of the engine back into the error it threw', () => {
    const data = { code: 'folder_nested', message: 'Nested.', data: { path: '/a' } };
    const error = toTagrollError(new ORPCError('TAGROLL', { data }));
    expect(error).toBeInstanceOf(TagrollError);
    expect(error).toMatchObject(data);
  });

  it('tells a broken connection from a fault', () => {
    const broken = new DOMException('gone', 'AbortError');
    expect(toTagrollError(broken).code).toBe('library_unreachable');
    expect(toTagrollError(new ORPCError('INTERNAL_SERVER_ERROR')).code).toBe('internal');
    expect(toTagrollError(new ORPCError('TAGROLL', { data: 'odd' })).code).toBe('internal');
    expect(toTagrollError('text')).toMatchObject({ code: 'internal', message: 'text' });
    const known = new TagrollError('disk_full', 'Full.');
    expect(toTagrollError(known)).toBe(known);
  });
});

describe('addresses', () => {
  it('carry any query', () => {
    const url = new URL(
      resultUrl({ query: 'tag:"a&b" 狗 +1', threshold: 60, sort: 'name', ascending: true }),
      'http://127.0.0.1',
    );
    expect(Object.fromEntries(url.searchParams)).toEqual({
      query: 'tag:"a&b" 狗 +1',
      threshold: '60',
      sort: 'name',
      ascending: '1',
    });
    expect(thumbnailUrl(7, 'ab12')).toBe('/media/thumbnail/7?v=ab12');
  });
});
