/** Changes photos on disk as people and their programs do, and remembers how it has to look in the end. */
import { createHash } from 'node:crypto';
import { mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import sharp from 'sharp';
import type { Random } from '../fuzz/random.ts';
import { rate } from '../helpers/paidCalls.ts';

export type FileChanger = {
  /** Path below the root → SHA-256 of the file. */
  readonly files: ReadonlyMap<string, string>;
  readonly done: Readonly<Record<ChangeKind, number>>;
  /** Different pictures that were ever written. */
  readonly pictures: number;
  /** Does one thing at random. */
  step(): Promise<void>;
  add(): Promise<void>;
};

export type ChangeKind = 'added' | 'changed' | 'rated' | 'moved' | 'deleted' | 'folders moved';

const FOLDERS = 24;
const WIDTH = 96;
const HEIGHT = 64;

/** `target`: files that are kept, more or less. Each picture that is written differs from all others. */
export function createChanger(root: string, random: Random, target: number): FileChanger {
  const files = new Map<string, string>();
  const done: Record<ChangeKind, number> = {
    added: 0,
    changed: 0,
    rated: 0,
    moved: 0,
    deleted: 0,
    'folders moved': 0,
  };
  let pictures = 0;
  let names = 0;

  const write = (path: string, bytes: Buffer): void => {
    const absolute = join(root, path);
    mkdirSync(dirname(absolute), { recursive: true });
    writeFileSync(absolute, bytes);
    files.set(path, sha256(bytes));
  };

  const newPicture = async (extension: string): Promise<Buffer> => {
    pictures += 1;
    // Noise: no two have the same pixels, and a service that is asked twice can be told.
    const pixels = Buffer.alloc(WIDTH * HEIGHT * 3, pictures % 251);
    random.bytes(600).copy(pixels, random.below(pixels.length - 600));
    pixels.writeUInt32BE(pictures, 0);
    const raw = { width: WIDTH, height: HEIGHT, channels: 3 as const };
    const image = sharp(pixels, { raw });
    if (extension === 'png') return image.png().toBuffer();
    if (extension === 'webp') return image.webp({ lossless: true }).toBuffer();
    return image.jpeg({ quality: 95 }).toBuffer();
  };

  const folder = (): string => {
    const number = random.below(FOLDERS);
    return number % 3 === 0 ? `year ${number}/deep/照片 ${number}` : `year ${number}`;
  };
  const newPath = (extension: string): string => {
    names += 1;
    return `${folder()}/${names}.${extension}`;
  };
  const anyPath = (): string | null => (files.size === 0 ? null : random.pick([...files.keys()]));
  const extensionOf = (path: string): string => path.slice(path.lastIndexOf('.') + 1);

  const changer: FileChanger = {
    files,
    done,
    get pictures() {
      return pictures;
    },
    async add() {
      const extension = random.pick(['jpg', 'jpg', 'jpg', 'png', 'webp']);
      write(newPath(extension), await newPicture(extension));
      done.added += 1;
    },
    async step() {
      const dice = random.next();
      const path = anyPath();
      const most = files.size > target ? 0.18 : 0.4;
      if (path === null || dice < most) return changer.add();
      if (dice < 0.55) {
        write(path, await newPicture(extensionOf(path)));
        done.changed += 1;
      } else if (dice < 0.6 && path.endsWith('.jpg')) {
        rate(join(root, path), 1 + random.below(5));
        files.set(path, sha256(readFileSync(join(root, path))));
        done.rated += 1;
      } else if (dice < 0.78) {
        move(path, newPath(extensionOf(path)));
        done.moved += 1;
      } else if (dice < 0.79) {
        moveFolder(path);
      } else {
        rmSync(join(root, path));
        files.delete(path);
        done.deleted += 1;
      }
    },
  };

  const move = (from: string, to: string): void => {
    mkdirSync(dirname(join(root, to)), { recursive: true });
    renameSync(join(root, from), join(root, to));
    files.set(to, files.get(from) ?? '');
    files.delete(from);
  };

  const moveFolder = (path: string): void => {
    const from = dirname(path);
    names += 1;
    const to = `renamed ${names}`;
    renameSync(join(root, from), join(root, to));
    for (const [each, hash] of [...files]) {
      if (!each.startsWith(`${from}/`)) continue;
      files.delete(each);
      files.set(`${to}${each.slice(from.length)}`, hash);
    }
    done['folders moved'] += 1;
  };
  return changer;
}

function sha256(bytes: Buffer): string {
  return createHash('sha256').update(bytes).digest('hex');
}
