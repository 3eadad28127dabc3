import { beforeAll, describe, expect, it } from 'vitest';
import { QUERY_KEYS } from '../../../main/search/keys.ts';
import { parseQuery } from '../../../main/search/query.ts';
import { setLanguage, startTranslation, translate } from '../../../renderer/i18n/index.ts';
import { keyExamples } from '../../../renderer/search/keyHelp.ts';
import {
  hintProblem,
  MISTAKES,
  type QueryProblem,
  queryProblem,
} from '../../../renderer/search/queryProblem.ts';
import { TagrollError } from '../../../shared/errors.ts';
import type { Language, QueryHint } from '../../../shared/model.ts';
import { withDocument } from '../withDocument.ts';

beforeAll(() => withDocument(() => startTranslation('en')));

const invalid = (data: Record<string, string | number>): TagrollError =>
  new TagrollError('query_invalid', 'English', data);

/** What the engine finds wrong. */
function errorOf(query: string): TagrollError {
  try {
    parseQuery(query);
  } catch (error) {
    if (error instanceof TagrollError) return error;
  }
  throw new Error(`“${query}” has no mistake.`);
}

function problemOf(query: string, language: Language = 'en'): QueryProblem {
  const problem = queryProblem(errorOf(query), query, translate, language);
  if (!problem) throw new Error('Nothing is said.');
  return problem;
}

/** A query for each mistake that the engine can find. */
const WRONG: Readonly<Record<(typeof MISTAKES)[number], string>> = {
  unknown_key: 'dog colur:red',
  missing_value: 'iso:',
  bad_value: 'tag:dog>500',
  reversed_range: 'iso:400-100',
  no_such_date: 'date:2019-02-30',
  unclosed_quote: 'dog "golden ret',
  unclosed_group: '(dog OR cat',
  unopened_group: 'dog)',
  missing_term: 'dog OR',
  too_deep: `${'('.repeat(101)}a${')'.repeat(101)}`,
  too_many_terms: 'a '.repeat(1001),
};

describe('queryProblem', () => {
  it('says in a sentence what is wrong and where', () => {
    const error = invalid({ reason: 'unknown_key', position: 4, length: 5, suggestion: 'from' });
    expect(queryProblem(error, 'dog form2:2019', translate, 'en')).toEqual({
      marks: [{ start: 4, end: 9, kind: 'mistake' }],
      note: {
        kind: 'mistake',
        sentence: '“form2” is not something to search by.',
        actions: [
          { label: 'Use “from:”', query: 'dog from:2019' },
          { label: 'Search for the text “form2:2019”', query: 'dog "form2:2019"' },
        ],
      },
    });
  });

  it('stays inside the query and knows no reason by heart', () => {
    const error = invalid({ reason: 'something_new', position: 90, length: 9 });
    expect(queryProblem(error, 'dog', translate, 'en')).toEqual({
      marks: [{ start: 0, end: 3, kind: 'mistake' }],
      note: { kind: 'mistake', sentence: 'This search is not understood.', actions: [] },
    });
  });

  it('is silent about other errors', () => {
    expect(queryProblem(null, 'dog', translate, 'en')).toBeNull();
    expect(queryProblem(new TagrollError('internal', 'x'), 'dog', translate, 'en')).toBeNull();
  });

  it.each(MISTAKES)('has a sentence for %s in both languages', async (mistake) => {
    const query = WRONG[mistake];
    expect(errorOf(query).data['reason']).toBe(mistake);
    const english = problemOf(query).note.sentence;
    await withDocument(() => setLanguage('zh'));
    const chinese = problemOf(query, 'zh').note.sentence;
    await withDocument(() => setLanguage('en'));
    expect(english).not.toBe(translate('search.mistakes.other'));
    expect(english).toMatch(/^[^{}]+\.$/);
    expect(chinese).toMatch(/^[^{}]*\p{Script=Han}[^{}]*。$/u);
    expect(problemOf(query).marks[0]).toMatchObject({ kind: 'mistake' });
  });

  it('says for every key what it takes', () => {
    for (const key of QUERY_KEYS) {
      const { sentence } = problemOf(`${key}:`).note;
      expect(sentence).toContain(translate(`search.help.keys.${key}`));
      expect(sentence).toContain(keyExamples(key, 'en')[0]);
    }
    expect(problemOf('tag:dog>500').note.sentence).toBe(
      '“dog>500” does not fit here. Expected: Tag in either language, with a confidence of 0 to 100, e.g. tag:dog, tag:dog>80.',
    );
  });

  it('underlines what stands before the place where something is missing', () => {
    expect(problemOf('dog OR').marks).toEqual([{ start: 4, end: 6, kind: 'mistake' }]);
    expect(problemOf('(').marks).toEqual([{ start: 0, end: 1, kind: 'mistake' }]);
  });

  it('does not repeat a page of text', () => {
    expect(problemOf(`${'x'.repeat(5000)}:1`).note.sentence.length).toBeLessThan(120);
  });
});

describe('hintProblem', () => {
  const hint: QueryHint = {
    position: 4,
    length: 5,
    name: 'beech',
    suggestion: 'beach',
    replacement: 'beach',
  };

  it('names the nearest tag and offers it', () => {
    expect(hintProblem([hint], 'tag:beech dog', translate)).toEqual({
      marks: [{ start: 4, end: 9, kind: 'hint' }],
      note: {
        kind: 'hint',
        sentence: 'No tag is called “beech”. Did you mean “beach”?',
        actions: [{ label: 'Use “beach”', query: 'tag:beach dog' }],
      },
    });
  });

  it('says so where there is none near, and underlines every one', () => {
    const far = { ...hint, suggestion: null, replacement: null };
    const problem = hintProblem([far, { ...hint, position: 14 }], 'tag:beech tag:beech', translate);
    expect(problem?.note).toEqual({
      kind: 'hint',
      sentence: 'No tag is called “beech”.',
      actions: [],
    });
    expect(problem?.marks).toHaveLength(2);
    expect(hintProblem([], 'dog', translate)).toBeNull();
  });
});
