/**
 * Makers as they write themselves. EXIF has them in capitals, with their legal form, or under the name
 * of a firm that makes cameras for others.
 */
const MAKERS: readonly (readonly [RegExp, string])[] = [
  [/^nikon( corporation)?\b/i, 'Nikon'],
  [/^olympus( imaging corp\.?| corporation| optical co\.?,? ?ltd\.?)?/i, 'Olympus'],
  [/^om digital solutions/i, 'OM System'],
  [/^fujifilm( corporation)?/i, 'Fujifilm'],
  [/^fuji photo film co\.?,? ?ltd\.?/i, 'Fujifilm'],
  [/^ricoh imaging company,? ?ltd\.?/i, 'Ricoh'],
  [/^asahi optical co\.?,? ?ltd\.?/i, 'Pentax'],
  [/^pentax corporation/i, 'Pentax'],
  [/^eastman kodak company/i, 'Kodak'],
  [/^konica minolta( camera,? inc\.?| holdings,? inc\.?)?/i, 'Konica Minolta'],
  [/^minolta co\.?,? ?ltd\.?/i, 'Minolta'],
  [/^casio computer co\.?,? ?ltd\.?/i, 'Casio'],
  [/^samsung( techwin( co\.?,? ?ltd\.?)?| electronics)?/i, 'Samsung'],
  [/^sony\b/i, 'Sony'],
  [/^canon\b/i, 'Canon'],
  [/^panasonic\b/i, 'Panasonic'],
  [/^leica camera ag/i, 'Leica'],
  [/^huawei\b/i, 'Huawei'],
  [/^xiaomi\b/i, 'Xiaomi'],
  [/^apple\b/i, 'Apple'],
  [/^google\b/i, 'Google'],
  [/^dji\b/i, 'DJI'],
];

/** A camera's name for people: "NIKON CORPORATION NIKON D90" → "Nikon D90". Null stays null. */
export function cameraText(camera: string | null): string | null {
  const text = camera?.replace(/\s+/g, ' ').trim() ?? '';
  if (text === '') return null;
  for (const [pattern, maker] of MAKERS) {
    const match = pattern.exec(text);
    if (!match) continue;
    const model = withoutMaker(text.slice(match[0].length).trim(), maker);
    return model === '' ? maker : `${maker} ${model}`;
  }
  return withoutRepeatedStart(text);
}

/** Models often begin with the maker again: "Canon EOS 5D", "HUAWEI P30". */
function withoutMaker(model: string, maker: string): string {
  const start = model.slice(0, maker.length);
  const rest = model.slice(maker.length);
  const repeats = start.toLowerCase() === maker.toLowerCase() && !/^\p{L}/u.test(rest);
  return repeats ? rest.trim() : model;
}

/** For makers that are not in the list: "Acme Acme 100" → "Acme 100". */
function withoutRepeatedStart(text: string): string {
  const words = text.split(' ');
  const [first, second] = words;
  return first && second && first.toLowerCase() === second.toLowerCase()
    ? words.slice(1).join(' ')
    : text;
}
