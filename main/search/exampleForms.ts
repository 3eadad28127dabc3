/** Forms that values of keys can have, offered where the library has no list of them. */

/** By key, in the order in which they are offered. */
export const EXAMPLE_FORMS: Readonly<Record<string, readonly string[]>> = {
  conf: ['>50', '>80', '>=90', '50-80'],
  added: ['<1d', '<7d', '<30d', '<1y', '>1y'],
  iso: ['<=200', '>=1600', '>=6400', '100', '100-400'],
  f: ['<2', '<=2.8', '>=8', '2.8-5.6'],
  focal: ['<24', '24-70', '70-200', '>200'],
  width: ['<1000', '>4000', '>=6000', '1920-3840'],
  height: ['<1000', '>4000', '>=6000', '1080-2160'],
  size: ['<1mb', '>10mb', '>50mb', '1-5mb'],
  has: ['gps'],
};
