import { beforeAll, describe, expect, it } from 'vitest';
import { startTranslation, translate } from '../../../renderer/i18n/index.ts';
import { queryProblem } from '../../../renderer/search/queryProblem.ts';
import { TagrollError } from '../../../shared/errors.ts';
import { withDocument } from '../withDocument.ts';

beforeAll(() => withDocument(() => startTranslation('en')));

const invalid = (data: Record<string, string | number>): TagrollError =>
  new TagrollError('query_invalid', 'English', data);

describe('queryProblem', () => {
  it('says in a sentence what is wrong and where', () => {
    const error = invalid({ reason: 'unknown_key', position: 4, length: 5, suggestion: 'from' });
    expect(queryProblem(error, 'dog form2:2019', translate)).toEqual({
      start: 4,
      end: 9,
      sentence: '“form2” is not something to search by.',
      suggestion: 'from',
    });
  });

  it('stays inside the query and knows no reason by heart', () => {
    const error = invalid({ reason: 'something_new', position: 90, length: 9 });
    expect(queryProblem(error, 'dog', translate)).toMatchObject({
      start: 3,
      end: 3,
      sentence: 'This search is not understood.',
      suggestion: null,
    });
  });

  it('is silent about other errors', () => {
    expect(queryProblem(null, 'dog', translate)).toBeNull();
    expect(queryProblem(new TagrollError('internal', 'x'), 'dog', translate)).toBeNull();
  });
});
