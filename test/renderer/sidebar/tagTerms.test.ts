import { describe, expect, it } from 'vitest';
import { tagUse, termSet, toggleTag, withoutTag } from '../../../renderer/sidebar/tagTerms.ts';

const bridge = { en: 'bridge', zh: '桥' };
const retriever = { en: 'golden retriever' };

describe('toggleTag', () => {
  it('adds the tag in the language of the window and takes it away again', () => {
    expect(toggleTag('', bridge, 'zh', 'included')).toBe('tag:桥');
    expect(toggleTag('tag:桥', bridge, 'zh', 'included')).toBe('');
    expect(toggleTag('dog', retriever, 'en', 'included')).toBe('dog tag:"golden retriever"');
  });

  it('knows a tag that was added in the other language', () => {
    expect(toggleTag('dog tag:bridge', bridge, 'zh', 'included')).toBe('dog');
    expect(tagUse(termSet('tag:桥 dog'), bridge)).toBe('included');
  });

  it('turns an excluded tag into a wanted one and back', () => {
    expect(toggleTag('tag:bridge', bridge, 'en', 'excluded')).toBe('-tag:bridge');
    expect(toggleTag('-tag:bridge', bridge, 'en', 'included')).toBe('tag:bridge');
    expect(tagUse(termSet('-tag:桥'), bridge)).toBe('excluded');
    expect(toggleTag('-tag:桥', bridge, 'en', 'excluded')).toBe('');
  });
});

describe('withoutTag', () => {
  it('leaves other terms as they are', () => {
    expect(withoutTag('(a OR b) tag:bridge -tag:桥 "c d"', bridge)).toBe('(a OR b) "c d"');
    expect(tagUse(termSet('tag:bridges'), bridge)).toBe('none');
  });
});
