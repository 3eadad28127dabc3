import { createElement } from 'react';
import { renderToStaticMarkup } from 'react-dom/server';
import { describe, expect, it } from 'vitest';
import { PathName } from '../../../renderer/ui/PathName.tsx';

function markup(path: string): string {
  return renderToStaticMarkup(createElement(PathName, null, path));
}

describe('a path', () => {
  it('may break behind each of its folders', () => {
    expect(markup('/photos/2010/sea.jpg')).toBe(
      '/<wbr/><bdi>photos</bdi>/<wbr/><bdi>2010</bdi>/<wbr/><bdi>sea.jpg</bdi><wbr/>',
    );
    expect(markup('D:\\2010\\sea.jpg').match(/<wbr\/>/g)).toHaveLength(3);
  });

  it.each(['/a/b.jpg', '//server/share//a b.jpg', 'C:\\a\\b.jpg', '/a/back\\slash.jpg', '/', ''])(
    'is the very same text: %s',
    (path) => {
      expect(markup(path).replace(/<[^>]*>/g, '')).toBe(path);
    },
  );
});
