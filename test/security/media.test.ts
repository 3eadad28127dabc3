/** Ways to files that are no photo of the library. The attacker holds the cookie already: this is the second wall. */
import { mkdirSync, readFileSync, renameSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ask, type RawAnswer } from './rawRequest.ts';
import { openRealDoor, type RealDoor } from './realDoor.ts';

const SVG = '<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>';
const KINDS = ['thumbnail', 'preview', 'embedded', 'original', 'upload'];

let real: RealDoor;
beforeAll(async () => {
  real = await openRealDoor(['kept.jpg', 'linked.jpg', 'folder/inner.jpg', 'swapped.jpg']);
});
afterAll(() => real.close());

function get(target: string): Promise<RawAnswer> {
  return ask(real.door.port, target, { Cookie: real.cookie });
}
function idOf(name: string): number {
  const id = real.ids.get(name);
  if (id === undefined) throw new Error(`${name} is not in the library.`);
  return id;
}
/** Whether an answer gives away bytes of the file that nobody may get. */
function leaks(answer: RawAnswer): boolean {
  const secret = readFileSync(join(real.folder, 'secret.jpg')).toString('latin1');
  return answer.text.includes(secret.slice(-200)) || /root:|"token"/.test(answer.text);
}

/** One step up in every spelling that some server somewhere has taken for one. */
const UPS = [
  '..',
  '%2e%2e',
  '%2E%2E',
  '.%2e',
  '%2e.',
  '%252e%252e',
  '%c0%ae%c0%ae',
  '%uff0e%uff0e',
  '..%00',
  '..;',
  '....',
  '..%20',
  '．．',
];
const SLASHES = ['/', '%2f', '%2F', '%252f', '\\', '%5c', '%5C', '//', '/./', '%c0%af', '∕'];

describe('a page that took over the window', () => {
  it('climbs out of the window’s files, in every encoding: nothing outside is served', async () => {
    for (const up of UPS) {
      for (const slash of SLASHES) {
        for (const start of ['/', '/assets/', '//']) {
          for (const file of ['secret.jpg', 'library/holder.json', 'photos/kept.jpg']) {
            const path = `${start}${`${up}${slash}`.repeat(2)}${file.replaceAll('/', slash)}`;
            const bytes = Buffer.from(path, 'utf8').toString('latin1');
            const answer = await get(bytes);
            expect([400, 404], path).toContain(answer.status);
            expect(leaks(answer), path).toBe(false);
          }
        }
      }
    }
  });

  it('climbs from a photo’s address: only digits name a photo', async () => {
    const id = idOf('kept.jpg');
    for (const rest of [
      '../../../secret.jpg',
      '..%2f..%2fsecret.jpg',
      `${id}/../../secret.jpg`,
      `${id}%00.jpg`,
      `${id}.jpg`,
      `-${id}`,
      `+${id}`,
      `0x${id}`,
      `${id}e0`,
      `%20${id}`,
      `${id};x`,
      '',
      '*',
      '99999999999999999999',
      'kept.jpg',
      '/etc/passwd',
    ]) {
      for (const kind of KINDS) {
        const answer = await get(`/media/${kind}/${rest}`);
        expect(answer.status, `${kind} ${rest}`).toBe(404);
      }
    }
    expect((await get(`/media/original/${id}`)).status).toBe(200);
  });

  it('names a file by its path: no address takes one', async () => {
    const path = encodeURIComponent(join(real.folder, 'secret.jpg'));
    for (const target of [
      `/media/original/${path}`,
      `/media/original?path=${path}`,
      `/media/original/${idOf('kept.jpg')}?path=${path}`,
      `/file/${path}`,
      `/fs${join(real.folder, 'secret.jpg')}`,
      `/@fs${join(real.folder, 'secret.jpg')}`,
      `/${join(real.folder, 'secret.jpg')}`,
    ]) {
      expect(leaks(await get(target)), target).toBe(false);
    }
  });

  it('asks for a folder: nothing is listed', async () => {
    for (const path of [
      '/assets',
      '/assets/',
      '/media',
      '/media/',
      '/media/original',
      '/.',
      '/./',
      '/%2e',
    ]) {
      const { status, body } = await get(path);
      if (status === 200) expect(body, path).toContain('id="root"');
      else expect(status, path).toBe(404);
      expect(body, path).not.toContain('index-abcdefgh');
    }
  });

  it('asks for files of another kind beside the window’s own: only known endings are served', async () => {
    const renderer = join(real.folder, 'renderer');
    for (const name of ['.stamp', 'x.map', 'x.exe', 'x', '.env']) {
      writeFileSync(join(renderer, name), 'private');
      expect((await get(`/${name}`)).status, name).toBe(404);
    }
  });
});

describe.runIf(process.platform !== 'win32')('who may write into the photo folder', () => {
  const secret = (): string => join(real.folder, 'secret.jpg');

  it('puts a link out of the folder in a photo’s place: nothing of its target is served', async () => {
    const path = join(real.photosPath, 'linked.jpg');
    rmSync(path);
    symlinkSync(secret(), path);
    const id = idOf('linked.jpg');
    for (const target of [
      `/media/original/${id}`,
      `/media/preview/${id}`,
      `/media/embedded/${id}`,
      `/media/upload/${id}?service=tencent-image`,
      `/media/upload/${id}?service=huawei-tagging`,
    ]) {
      const answer = await get(target);
      expect([answer.status, leaks(answer)], target).toEqual([404, false]);
    }
  });

  it('puts a link in the place of a photo’s folder: nothing of its target is served', async () => {
    const outside = join(real.folder, 'outside');
    mkdirSync(outside);
    renameSync(join(real.photosPath, 'folder', 'inner.jpg'), join(outside, 'inner.jpg'));
    rmSync(join(real.photosPath, 'folder'), { recursive: true });
    symlinkSync(outside, join(real.photosPath, 'folder'));
    for (const kind of ['original', 'preview']) {
      expect((await get(`/media/${kind}/${idOf('folder/inner.jpg')}`)).status, kind).toBe(404);
    }
  });

  it('adds links to files and folders outside: a scan takes none of them in', async () => {
    const target = join(real.folder, 'elsewhere');
    mkdirSync(target);
    writeFileSync(join(target, 'private.jpg'), readFileSync(secret()));
    symlinkSync(secret(), join(real.photosPath, 'alias.jpg'));
    symlinkSync(target, join(real.photosPath, 'alias'));
    symlinkSync('/', join(real.photosPath, 'root'));
    await real.client.library.index({});
    const { photos } = await real.client.photos.search({ query: '' });
    expect(
      photos.map(({ path }) => path).filter((path) => /alias|root|private/.test(path)),
    ).toEqual([]);
  });

  it('puts an SVG with a script in a photo’s place: it is served as a JPEG that no browser guesses at', async () => {
    const path = join(real.photosPath, 'swapped.jpg');
    writeFileSync(path, SVG);
    const answer = await get(`/media/original/${idOf('swapped.jpg')}`);
    expect(answer.headers.get('content-type')).toBe('image/jpeg');
    expect(answer.headers.get('x-content-type-options')).toBe('nosniff');
  });
});

describe('who sends somebody a picture', () => {
  it('draws an SVG with a script: it is listed, and no address of it answers as a document', async () => {
    writeFileSync(join(real.photosPath, 'drawing.svg'), SVG);
    writeFileSync(join(real.photosPath, 'disguised.jpg'), SVG);
    await real.client.library.index({});
    const { photos } = await real.client.photos.search({ query: '' });
    for (const { id, path } of photos.filter((photo) => /drawing|disguised/.test(photo.path))) {
      for (const kind of KINDS) {
        const { status, headers, body } = await get(`/media/${kind}/${id}?service=tencent-image`);
        expect(status, `${path} ${kind}`).toBeGreaterThanOrEqual(400);
        expect(headers.get('content-type'), `${path} ${kind}`).toMatch(
          /^(text\/plain|application\/json)/,
        );
        expect(body).not.toContain('<script');
      }
    }
    expect(photos.some(({ path }) => path.endsWith('drawing.svg'))).toBe(true);
  });

  it('hides a page in a photo: thumbnails and previews are JPEGs that were made here', async () => {
    const id = idOf('kept.jpg');
    for (const kind of ['thumbnail', 'preview']) {
      const { status, headers, body } = await get(`/media/${kind}/${id}`);
      expect([status, headers.get('content-type')], kind).toEqual([200, 'image/jpeg']);
      expect(headers.get('x-content-type-options')).toBe('nosniff');
      // Behind the length of the first chunk.
      expect(body).toMatch(/^([0-9a-f]+\r\n)?\xff\xd8\xff/);
    }
  });
});

describe('the folder picker', () => {
  it.runIf(process.platform !== 'win32')(
    'is asked for a link, a file or a device: it names folders only, and never a file',
    async () => {
      const { client, folder } = real;
      const here = await client.folders.browse({ path: folder });
      expect(here.folders.map(({ name }) => name)).not.toContain('secret.jpg');
      for (const path of [join(folder, 'secret.jpg'), '/dev/null', join(folder, 'none')]) {
        await expect(client.folders.browse({ path })).rejects.toMatchObject({ code: 'TAGROLL' });
      }
    },
  );
});
