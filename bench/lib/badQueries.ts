/** What nobody should write and somebody will; each is answered, or refused with a message. */

const many = (count: number, one: (index: number) => string, between = ' '): string =>
  Array.from({ length: count }, (_, index) => one(index)).join(between);

export const BAD_QUERIES: readonly string[] = [
  // Long.
  'x'.repeat(10_000),
  '0'.repeat(10_000),
  '桥'.repeat(10_000),
  `tag:${'y'.repeat(10_000)}`,
  `"${'a'.repeat(5000)}!"`,
  'a '.repeat(5000),
  // Wildcards and bombs for regular expressions.
  `name:${'*a'.repeat(5000)}`,
  'name:*0*1*g',
  'name:i*m*g*0*.*',
  `name:${'a+'.repeat(250)}$`,
  'tag:*',
  // Terms.
  many(500, (index) => `tag:t${index}`),
  many(500, (index) => `tag:t${index}`, ' OR '),
  many(500, (index) => `tag:t${index}*`, ' OR '),
  many(100, (index) => `tag:*>${index}`, ' OR '),
  many(500, (index) => `box:*>0.${index}`, ' OR '),
  many(500, (index) => `conf:>${index % 100}`, ' OR '),
  many(500, (index) => `-date:${1500 + index}`),
  many(500, (index) => `word${index}`, ' OR '),
  many(30, (index) => String(10 + index), ' OR '),
  many(60, (index) => `iso:${index}`, ' OR '),
  many(60, (index) => `on:07-${String((index % 31) + 1).padStart(2, '0')}`, ' OR '),
  many(60, (index) => `near:30,${index},5000km`, ' OR '),
  // Groups and quotes.
  '('.repeat(10_000),
  `${'('.repeat(5000)}a${')'.repeat(5000)}`,
  `${'(dog OR '.repeat(90)}cat${')'.repeat(90)}`,
  `${'-'.repeat(9999)}dog`,
  '"'.repeat(10_001),
  'a:'.repeat(5000),
  'tag:"dog',
  // What cannot be.
  'date:2019-02-30',
  'from:2020 to:2018',
  'iso:800-100',
  'tag:dog>-1',
  'tga:dog',
  // Signs.
  'שלום עולם مرحبا '.repeat(600),
  '\u202eevil\u202c -tag:dog',
  '👩‍🚀'.repeat(2000),
  '👩‍🚀 ❤️ 🐕 tag:🐕',
  '\ud83d',
  'OR',
  'tag:"OR" "-x" "a:b"',
];
