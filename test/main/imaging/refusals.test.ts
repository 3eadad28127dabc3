import { describe, expect, it } from 'vitest';
import { damaged } from '../../../main/imaging/refusals.ts';

const PATH = Buffer.from('/photos/a.heic');

describe('the reason of a damaged file', () => {
  it('is one line, however its decoder says it', () => {
    expect(damaged(PATH, 'heic', 'Unexpected end of file:\n  no data \n', false).message).toBe(
      '/photos/a.heic is a damaged HEIC: it cannot be shown (Unexpected end of file: no data). Copy it again from where it came from.',
    );
  });

  it('is told to be missing where the decoder gave none', () => {
    expect(damaged(PATH, null, null, true).message).toContain('a damaged file');
    expect(damaged(PATH, null, '\n', true).message).toContain('(no reason given)');
  });
});
