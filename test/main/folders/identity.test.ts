import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { describe, expect, it } from 'vitest';
import {
  findMovedRoot,
  type IdentitySystem,
  identifyPlace,
  isNetworkType,
  mountOf,
  parseMountinfo,
  placesOfVolume,
} from '../../../main/folders/identity.ts';

const MOUNTINFO = `22 1 8:1 / / rw,relatime shared:1 - ext4 /dev/sda1 rw
36 22 8:17 /Photos /mnt/my\\040drive rw - ext4 /dev/sdb1 rw
37 22 0:45 / /mnt/nas rw - nfs4 nas:/export rw
38 22 253:1 / /crypt rw - btrfs /dev/mapper/home rw
broken line
`;

function system(options: Partial<IdentitySystem>): IdentitySystem {
  return {
    platform: 'linux',
    readText: async () => MOUNTINFO,
    readLinks: async (path) =>
      path === '/dev/disk/by-uuid'
        ? [
            { name: 'UUID-A', target: '../../sda1' },
            { name: 'UUID-B', target: '../../sdb1' },
            { name: 'UUID-C', target: '../../dm-1' },
          ]
        : path === '/dev/mapper'
          ? [{ name: 'home', target: '../dm-1' }]
          : [],
    run: async () => '',
    ...options,
  };
}

describe('on Linux', () => {
  it('a mount is read with its escapes', () => {
    const mounts = parseMountinfo(MOUNTINFO);
    expect(mounts).toHaveLength(4);
    expect(mounts[1]?.point.toString()).toBe('/mnt/my drive');
    expect(mountOf(mounts, Buffer.from('/mnt/my drive/x'))?.source).toBe('/dev/sdb1');
    expect(mountOf(mounts, Buffer.from('/mnt/my drives'))?.source).toBe('/dev/sda1');
  });

  it('a folder is known by the UUID of its file system and its path there', async () => {
    const place = await identifyPlace(Buffer.from('/mnt/my drive/2019'), system({}));
    expect(place.isNetwork).toBe(false);
    expect(place.volume?.id).toBe('UUID-B');
    expect(Buffer.from(place.volume?.path ?? []).toString()).toBe('/Photos/2019');
    const mapped = await identifyPlace(Buffer.from('/crypt/me'), system({}));
    expect(mapped.volume?.id).toBe('UUID-C');
  });

  it('a network folder is told apart and has no volume', async () => {
    expect(await identifyPlace(Buffer.from('/mnt/nas/x'), system({}))).toEqual({
      volume: null,
      isNetwork: true,
    });
  });

  it('a volume is found where it is mounted, whichever part of it', async () => {
    const volume = { id: 'UUID-B', path: Buffer.from('/Photos/2019') };
    expect((await placesOfVolume(volume, system({}))).map(String)).toEqual(['/mnt/my drive/2019']);
    const outside = { id: 'UUID-B', path: Buffer.from('/Music') };
    expect(await placesOfVolume(outside, system({}))).toEqual([]);
  });

  it('nothing is known where the system does not tell', async () => {
    const blind = system({
      readText: async () => {
        throw new Error('ENOENT');
      },
    });
    expect(await identifyPlace(Buffer.from('/x'), blind)).toEqual({
      volume: null,
      isNetwork: false,
    });
    expect(await placesOfVolume({ id: 'x', path: Buffer.from('/') }, blind)).toEqual([]);
  });

  it('a moved root is only told of where there is a folder', async () => {
    const folder = mkdtempSync(`${tmpdir()}/tagroll-identity-`);
    try {
      const mounted = system({
        readText: async () => `1 1 8:17 / ${folder} rw - ext4 /dev/sdb1 rw`,
      });
      const root = {
        path: Buffer.from('/media/old'),
        volume: { id: 'UUID-B', path: Buffer.from('/') },
      };
      expect((await findMovedRoot(root, mounted))?.toString()).toBe(folder);
      const there = { ...root, volume: { id: 'UUID-B', path: Buffer.from('/nowhere') } };
      expect(await findMovedRoot(there, mounted)).toBeNull();
      expect(await findMovedRoot({ ...root, path: Buffer.from(folder) }, mounted)).toBeNull();
    } finally {
      rmSync(folder, { recursive: true });
    }
  });
});

describe('on macOS', () => {
  const mac = system({
    platform: 'darwin',
    run: async (program) =>
      program.endsWith('mount')
        ? '/dev/disk3s1 on / (apfs, local)\n/dev/disk5s1 on /Volumes/My Drive (exfat, local)\n//me@nas/p on /Volumes/nas (smbfs, nodev)'
        : '   Volume UUID:   01234567-89AB-CDEF-0123-456789ABCDEF\n   Mount Point:   /Volumes/My Drive\n',
  });

  it('the volume comes from diskutil', async () => {
    const { volume } = await identifyPlace(Buffer.from('/Volumes/My Drive/2019'), mac);
    expect(volume?.id).toBe('01234567-89AB-CDEF-0123-456789ABCDEF');
    expect(Buffer.from(volume?.path ?? []).toString()).toBe('/2019');
    expect(await identifyPlace(Buffer.from('/Volumes/nas/x'), mac)).toEqual({
      volume: null,
      isNetwork: true,
    });
    if (!volume) throw new Error('no volume');
    expect((await placesOfVolume(volume, mac)).map(String)).toEqual(['/Volumes/My Drive/2019']);
  });
});

describe('on Windows', () => {
  const windows = system({
    platform: 'win32',
    run: async (_program, parameters) =>
      parameters.at(-1)?.includes('Filter') ? '3 1A2B3C4D\r\n' : 'C: 11111111\r\nE: 1A2B3C4D\r\n',
  });

  it('the volume is its serial number', async () => {
    const { volume } = await identifyPlace(Buffer.from('D:\\Photos\\2019'), windows);
    expect(volume?.id).toBe('1A2B3C4D');
    expect(Buffer.from(volume?.path ?? []).toString()).toBe('/Photos/2019');
    if (!volume) throw new Error('no volume');
    expect((await placesOfVolume(volume, windows)).map(String)).toEqual(['E:/Photos/2019']);
  });

  it('a share is a network folder', async () => {
    expect(await identifyPlace(Buffer.from('\\\\nas\\photos'), windows)).toEqual({
      volume: null,
      isNetwork: true,
    });
  });
});

it('knows the file systems of other computers', () => {
  for (const type of ['nfs', 'nfs4', 'cifs', 'smb3', 'fuse.sshfs', '9p', 'smbfs', 'davfs']) {
    expect(isNetworkType(type)).toBe(true);
  }
  for (const type of ['ext4', 'btrfs', 'exfat', 'fuseblk', 'apfs', 'tmpfs', 'fuse.mergerfs']) {
    expect(isNetworkType(type)).toBe(false);
  }
});
