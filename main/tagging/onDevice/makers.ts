/** A maker of cameras or phones as EXIF Make names it. */
export type Maker = {
  /** Label in the vocabulary. */
  readonly label: `maker:${string}`;
  readonly en: string;
  readonly zh: string;
  /** Whole words, normalised as by `normaliseWords`, of which one must be in the Make. */
  readonly words: readonly string[];
  /** What the maker's pictures are taken with; `mixed` makers are told apart by the model. */
  readonly builds: 'phone' | 'camera' | 'mixed' | 'neither';
};

function maker(
  id: string,
  en: string,
  zh: string,
  builds: Maker['builds'],
  words: readonly string[] = [id],
): Maker {
  return { label: `maker:${id}`, en, zh, words, builds };
}

/**
 * The makers we know, in the order they are tried: a maker whose name holds another's comes first.
 * Apple and Xiaomi are named as devices because their plain names are a fruit and a grain, and a tag
 * of that name would join what cloud services see in pictures.
 */
export const MAKERS: readonly Maker[] = [
  maker('sony-ericsson', 'Sony Ericsson', '索尼爱立信', 'phone', ['sony ericsson', 'sonyericsson']),
  maker('konica-minolta', 'Konica Minolta', '柯尼卡美能达', 'camera', ['konica minolta']),
  maker('canon', 'Canon', '佳能', 'camera'),
  maker('nikon', 'Nikon', '尼康', 'camera'),
  maker('sony', 'Sony', '索尼', 'mixed'),
  maker('fujifilm', 'Fujifilm', '富士', 'camera', ['fujifilm', 'fuji']),
  maker('om-system', 'OM System', '奥之心', 'camera', ['om digital', 'om system']),
  maker('olympus', 'Olympus', '奥林巴斯', 'camera'),
  maker('panasonic', 'Panasonic', '松下', 'camera', ['panasonic', 'matsushita']),
  maker('pentax', 'Pentax', '宾得', 'camera', ['pentax', 'asahi optical']),
  maker('ricoh', 'Ricoh', '理光', 'camera', ['ricoh', 'caplio']),
  maker('leica', 'Leica', '徕卡', 'camera', ['leica', 'leitz']),
  maker('minolta', 'Minolta', '美能达', 'camera'),
  maker('hasselblad', 'Hasselblad', '哈苏', 'camera'),
  maker('phase-one', 'Phase One', '飞思', 'camera', ['phase one']),
  maker('mamiya', 'Mamiya', '玛米亚', 'camera'),
  maker('sigma', 'Sigma', '适马', 'camera'),
  maker('kodak', 'Kodak', '柯达', 'camera', ['kodak', 'jk imaging']),
  maker('casio', 'Casio', '卡西欧', 'camera'),
  maker('epson', 'Epson', '爱普生', 'mixed'),
  maker('hp', 'HP', '惠普', 'mixed', ['hp', 'hewlett packard']),
  maker('sanyo', 'Sanyo', '三洋', 'camera'),
  maker('kyocera', 'Kyocera', '京瓷', 'mixed'),
  maker('contax', 'Contax', '康泰时', 'camera'),
  maker('toshiba', 'Toshiba', '东芝', 'mixed'),
  maker('jvc', 'JVC', 'JVC', 'camera', ['jvc', 'victor company']),
  maker('polaroid', 'Polaroid', '宝丽来', 'camera'),
  maker('agfa', 'Agfa', '爱克发', 'camera', ['agfa', 'agfaphoto', 'agfa gevaert']),
  maker('vivitar', 'Vivitar', '威达', 'camera'),
  maker('apple', 'Apple device', '苹果设备', 'mixed'),
  maker('samsung', 'Samsung', '三星', 'mixed'),
  maker('huawei', 'Huawei', '华为', 'phone'),
  maker('honor', 'Honor phone', '荣耀手机', 'phone', ['honor']),
  maker('xiaomi', 'Xiaomi device', '小米设备', 'phone', ['xiaomi', 'redmi', 'poco']),
  maker('oppo', 'OPPO', 'OPPO', 'phone'),
  maker('vivo', 'vivo', 'vivo', 'phone'),
  maker('oneplus', 'OnePlus', '一加', 'phone'),
  maker('realme', 'realme', '真我', 'phone'),
  maker('meizu', 'Meizu', '魅族', 'phone'),
  maker('zte', 'ZTE', '中兴', 'phone', ['zte', 'nubia']),
  maker('lenovo', 'Lenovo', '联想', 'phone'),
  maker('google', 'Google', '谷歌', 'phone'),
  maker('motorola', 'Motorola', '摩托罗拉', 'phone'),
  maker('nokia', 'Nokia', '诺基亚', 'phone', ['nokia', 'hmd global']),
  maker('blackberry', 'BlackBerry', '黑莓手机', 'phone', [
    'blackberry',
    'research in motion',
    'rim',
  ]),
  maker('htc', 'HTC', 'HTC', 'phone'),
  maker('lg', 'LG', 'LG', 'phone', ['lg', 'lge', 'lg electronics']),
  maker('asus', 'ASUS', '华硕', 'phone', ['asus', 'asustek']),
  maker('jolla', 'Jolla', 'Jolla', 'phone'),
  maker('dji', 'DJI', '大疆', 'neither'),
  maker('parrot', 'Parrot drone', '派诺特', 'neither', ['parrot']),
  maker('autel', 'Autel', '道通', 'neither'),
  maker('skydio', 'Skydio', 'Skydio', 'neither'),
  maker('yuneec', 'Yuneec', '昊翔', 'neither'),
  maker('gopro', 'GoPro', 'GoPro', 'camera'),
  maker('insta360', 'Insta360', '影石', 'camera', ['insta360', 'arashi vision']),
  maker('flir', 'FLIR', '菲力尔', 'camera'),
];

/** Lower case, full width folded, everything but letters and digits one space; a space at both ends. */
export function normaliseWords(text: string): string {
  return ` ${text
    .normalize('NFKC')
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .trim()} `;
}

/**
 * The maker behind an EXIF Make, or null where it is none we know. Ricoh writes its own name into
 * cameras sold as Pentax, so there the model decides.
 */
export function findMaker(make: string | null, model: string | null): Maker | null {
  if (make === null) return null;
  const words = normaliseWords(make);
  const found = MAKERS.find((known) => known.words.some((word) => words.includes(` ${word} `)));
  if (found?.label === 'maker:ricoh' && model !== null && /^\s*pentax\b/i.test(model)) {
    return MAKERS.find((known) => known.label === 'maker:pentax') ?? found;
  }
  return found ?? null;
}
