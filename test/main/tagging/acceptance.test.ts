/** All five adapters with the real upload pictures against the simulators: what is sent is accepted. */
import sharp from 'sharp';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { indexFile } from '../../../main/imaging/indexFile.ts';
import { uploadFile } from '../../../main/imaging/upload.ts';
import { ADAPTERS } from '../../../main/tagging/services/registry.ts';
import type { Service, ServiceAnswer, UploadPicture } from '../../../main/tagging/types.ts';
import type { ServiceId } from '../../../shared/services.ts';
import type { Settings } from '../../../shared/settings.ts';
import { type Simulators, startSimulators } from '../../simulators/start.ts';
import { put, scene, segment, temporaryFolder, withSegments } from '../imaging/pictures.ts';
import { patience, readyPicture, serviceFrom } from './acceptanceParts.ts';

const folder = temporaryFolder();
let simulators: Simulators;

beforeAll(async () => {
  simulators = await startSimulators();
});
beforeEach(() => {
  for (const simulator of [simulators.tencent, simulators.huawei]) {
    simulator.calm();
    simulator.forget();
  }
});
afterAll(() => simulators.close());

const refusals = (): readonly string[] =>
  [...simulators.tencent.requests, ...simulators.huawei.requests]
    .filter(({ verdict }) => verdict !== 'accepted')
    .map(({ service, code, reason }) => `${service} ${code} ${reason}`);

/** Every service, in each way that it can be sent to. */
const WAYS: readonly (readonly [ServiceId, Partial<Settings>])[] = [
  ['tencent-tag', {}],
  ['tencent-tag', { 'tencent-tag.transport': 'multipart' }],
  ['tencent-classify', {}],
  ['tencent-classify', { 'tencent-classify.transport': 'json' }],
  ['tencent-terrorism', {}],
  ['tencent-porn', {}],
  ['tencent-porn', { 'tencent-porn.transport': 'json' }],
  ['huawei-tagging', {}],
  ['huawei-tagging', { 'huawei-tagging.language': 'en' }],
];

/** Files as people have them. */
const FILES: Readonly<Record<string, () => Promise<Buffer>>> = {
  'turned.jpg': () =>
    scene(300, 200)
      .withMetadata({ orientation: 6 })
      .withExifMerge({ IFD0: { Make: 'Maker' }, IFD3: { GPSLatitudeRef: 'N' } })
      .jpeg()
      .toBuffer(),
  'talkative.jpg': async () =>
    withSegments(
      await scene(200, 300).jpeg().toBuffer(),
      segment(0xfe, 'a comment'),
      segment(0xe1, 'http://ns.adobe.com/xap/1.0/\0<x:xmpmeta xmlns:x="adobe:ns:meta/"/>'),
      segment(0xed, 'Photoshop 3.0\0'),
    ),
  'wide.jpg': () => scene(400, 300).withIccProfile('p3').jpeg().toBuffer(),
  'print.jpg': () => scene(160, 120).toColourspace('cmyk').jpeg().toBuffer(),
  'grey.jpg': () => scene(160, 120).greyscale().jpeg().toBuffer(),
  'clear.png': () => scene(200, 120).ensureAlpha(0.4).png().toBuffer(),
  'deep.png': () => scene(64, 64).toColourspace('rgb16').png().toBuffer(),
  'frames.gif': async () =>
    sharp([await scene(60, 40).png().toBuffer(), await scene(60, 40).negate().png().toBuffer()], {
      join: { animated: true },
    })
      .gif()
      .toBuffer(),
  'new.webp': () => scene(500, 333).webp().toBuffer(),
  'scan.tif': () => scene(300, 100).tiff().toBuffer(),
  'one.png': () => scene(1, 1).png().toBuffer(),
  'strip.png': () => scene(10, 300).png().toBuffer(),
  'panorama.jpg': () => scene(20_000, 300).jpeg().toBuffer(),
  'thread.jpg': () => scene(9000, 12).jpeg().toBuffer(),
  'large.jpg': () => scene(5000, 3000).jpeg().toBuffer(),
};

async function prepare(
  name: string,
  bytes: Buffer,
  service: Service,
  longSidePixels = 2048,
): Promise<UploadPicture> {
  const path = put(folder, name, bytes);
  const { facts } = await indexFile(path, { thumbnailFolder: folder, decode: false });
  const { maxSidePixels, minSidePixels } = ADAPTERS[service.id].limits;
  const result = await uploadFile(path, {
    imageHash: facts.imageHash ?? new Uint8Array(32),
    longSidePixels,
    maxSidePixels,
    minSidePixels,
    maxJpegBytes: service.maxJpegBytes,
  });
  if (!('picture' in result)) throw new Error(`${name}: ${result.failure.message}`);
  return result.picture;
}

async function tag(service: Service, picture: UploadPicture): Promise<ServiceAnswer> {
  const [answer] = await service.tag([{ bytes: picture }], patience());
  if (!answer) throw new Error('no answer');
  return answer;
}

describe('every kind of file', () => {
  const made = new Map<string, Buffer>();
  beforeAll(async () => {
    for (const [name, make] of Object.entries(FILES)) made.set(name, await make());
  });

  it.each(WAYS)('is accepted by %s %o', async (id, settings) => {
    const service = await serviceFrom(id, simulators.environment, settings);
    for (const [name, bytes] of made) {
      const picture = await prepare(name, bytes, service);
      const { tags, requestId } = await tag(service, picture);
      expect(refusals(), name).toEqual([]);
      expect(tags.length, name).toBeGreaterThan(2);
      const { requests } = id === 'huawei-tagging' ? simulators.huawei : simulators.tencent;
      const entry = requests.at(-1);
      expect(entry?.requestId).toBe(requestId);
      expect(entry?.bodyBytes).toBe(service.bodyBytes([picture.jpeg.length]));
      expect(entry?.pictures).toMatchObject([
        { width: picture.widthPixels, height: picture.heightPixels },
      ]);
      expect(entry?.pictures[0]?.fileName ?? '').not.toContain(name.split('.')[0]);
    }
  });

  it('is accepted at the size that is the most a service takes', async () => {
    const noisy = await sharp({
      create: {
        width: 3600,
        height: 2400,
        channels: 3,
        background: '#808080',
        noise: { type: 'gaussian', mean: 128, sigma: 70 },
      },
    })
      .jpeg({ quality: 95 })
      .toBuffer();
    for (const id of ['tencent-tag', 'tencent-porn', 'huawei-tagging'] as const) {
      const service = await serviceFrom(id, simulators.environment);
      const picture = await prepare('noise.jpg', noisy, service, 4096);
      expect(picture.jpeg.length).toBeGreaterThan(service.maxJpegBytes * 0.6);
      await tag(service, picture);
    }
    expect(refusals()).toEqual([]);
  });
});

describe('answers', () => {
  it('agree on the same picture in the words of each service', async () => {
    const picture = await readyPicture();
    const best = async (id: ServiceId) => {
      const service = await serviceFrom(id, simulators.environment);
      const [answer] = await service.tag([picture], patience());
      return answer?.tags[0];
    };
    const chinese = await best('tencent-tag');
    const english = await best('tencent-classify');
    const pair = await best('huawei-tagging');
    expect(chinese?.names).toEqual({ zh: pair?.names.zh });
    expect(english?.raw.toLowerCase()).toBe(pair?.names.en?.replaceAll(' ', ''));
    expect(pair?.confidence).toBeGreaterThan(79);
    expect(english?.confidence).toBeCloseTo((pair?.confidence ?? 0) * 0.97, 1);
  });

  it('say where something is in the picture as it is displayed', async () => {
    const square = await sharp({
      create: { width: 100, height: 100, channels: 3, background: 'red' },
    })
      .png()
      .toBuffer();
    const white = sharp({ create: { width: 400, height: 200, channels: 3, background: 'white' } });
    const file = await white
      .composite([{ input: square, left: 200, top: 50 }])
      // Shown upside down.
      .withMetadata({ orientation: 3 })
      .png()
      .toBuffer();
    const service = await serviceFrom('huawei-tagging', simulators.environment);
    const [first] = (await tag(service, await prepare('box.png', file, service))).tags;
    expect(first?.boxes).toHaveLength(1);
    expect(first?.boxes[0]?.x).toBeCloseTo(0.25, 2);
    expect(first?.boxes[0]?.y).toBeCloseTo(0.25, 2);
    expect(first?.boxes[0]?.width).toBeCloseTo(0.25, 2);
    expect(first?.boxes[0]?.height).toBeCloseTo(0.5, 2);
  });

  it('lead boxes back through the padding of what was too thin', async () => {
    const dark = await sharp({ create: { width: 6, height: 150, channels: 3, background: 'red' } })
      .png()
      .toBuffer();
    const strip = await sharp({
      create: { width: 6, height: 300, channels: 3, background: 'white' },
    })
      .composite([{ input: dark, left: 0, top: 75 }])
      .png()
      .toBuffer();
    const service = await serviceFrom('huawei-tagging', simulators.environment);
    const picture = await prepare('thin.png', strip, service);
    expect(picture.widthPixels).toBe(15);
    const [first] = (await tag(service, picture)).tags;
    const box = first?.boxes[0];
    // Nearly the whole width, and not the two fifths that it is of what was sent.
    expect(box?.x).toBeLessThan(0.1);
    expect(box?.width).toBeGreaterThan(0.85);
    expect(box?.y).toBeCloseTo(0.25, 1);
    expect(box?.height).toBeCloseTo(0.5, 1);
  });

  it('are read in every documented shape', async () => {
    const picture = await readyPicture();
    const service = await serviceFrom('tencent-classify', simulators.environment);
    const shapes = ['array', 'object'] as const;
    const fields = ['label_name', 'level_name'] as const;
    const read: unknown[] = [];
    for (const dataShape of shapes) {
      for (const classifyField of fields) {
        simulators.tencent.behave({ dataShape, classifyField });
        read.push((await service.tag([picture], patience()))[0]?.tags);
      }
    }
    expect(read).toHaveLength(4);
    for (const tags of read) expect(tags).toEqual(read[0]);
  });

  it('say what is sensitive, with the exact confidence', async () => {
    const bloody = await serviceFrom('tencent-terrorism', simulators.environment);
    const [red] = await bloody.tag([await readyPicture('#a01414')], patience());
    expect(red?.tags[0]).toMatchObject({ raw: 'blood', type: 'sensitivity' });
    expect(red?.tags[0]?.confidence).toBeGreaterThan(89);
    expect(Number.isInteger(red?.tags[0]?.confidence)).toBe(false);
    const explicit = await serviceFrom('tencent-porn', simulators.environment);
    const [magenta] = await explicit.tag([await readyPicture('#c828c8')], patience());
    expect(magenta?.tags[0]?.raw).toBe('porn');
    const sum = magenta?.tags.reduce((total, { confidence }) => total + confidence, 0);
    expect(sum).toBeCloseTo(100, 3);
  });

  it('come one for each picture of a batch, in their order', async () => {
    simulators.tencent.behave({ batching: true });
    const service = await serviceFrom('tencent-porn', simulators.environment, {
      'tencent-porn.batch': true,
    });
    const grounds = Array.from({ length: service.picturesPerCall }, (_, index) =>
      index % 3 === 0 ? '#c828c8' : '#206030',
    );
    const answers = await service.tag(await Promise.all(grounds.map(readyPicture)), patience());
    expect(answers).toHaveLength(20);
    expect(answers.map(({ tags }) => tags[0]?.raw)).toEqual(
      grounds.map((ground) => (ground === '#c828c8' ? 'porn' : 'normal')),
    );
    expect(simulators.tencent.counters()).toMatchObject({ received: 1, accepted: 1 });
  });
});
