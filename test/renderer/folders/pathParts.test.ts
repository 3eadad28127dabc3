import { describe, expect, it } from 'vitest';
import { pathParts } from '../../../renderer/folders/pathParts.ts';

describe('pathParts', () => {
  it('goes from the root to the folder', () => {
    expect(pathParts('/')).toEqual([{ name: '/', path: '/' }]);
    expect(pathParts('/home/李/My photos/')).toEqual([
      { name: '/', path: '/' },
      { name: 'home', path: '/home' },
      { name: '李', path: '/home/李' },
      { name: 'My photos', path: '/home/李/My photos' },
    ]);
  });

  it('keeps a backslash in a name where it is no separator', () => {
    expect(pathParts('/a\\b').at(-1)).toEqual({ name: 'a\\b', path: '/a\\b' });
  });

  it('knows drives and network shares', () => {
    expect(pathParts('C:\\Users\\li')).toEqual([
      { name: 'C:', path: 'C:\\' },
      { name: 'Users', path: 'C:\\Users' },
      { name: 'li', path: 'C:\\Users\\li' },
    ]);
    expect(pathParts('\\\\nas\\photos').at(-1)).toEqual({
      name: 'photos',
      path: '\\\\nas\\photos',
    });
  });
});
