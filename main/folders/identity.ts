/**
 * What tells one file system from another: its UUID, where the system knows it. A root is then found
 * again wherever its drive is mounted (docs/rules.md 1). Every system's way is one small function.
 */
import { execFile } from 'node:child_process';
import { readdir, readFile, readlink, realpath } from 'node:fs/promises';
import { promisify } from 'node:util';
import { joinBytes, relativeBytes } from '../library/bytes.ts';
import type { Volume } from '../library/reconcile.ts';
import { rootAnswers } from './patience.ts';

/** What identity asks of the system; tests hand in their own. */
export type IdentitySystem = {
  readonly platform: NodeJS.Platform;
  readText(path: string): Promise<string>;
  /** Names and where their links lead; empty when there is no such folder. */
  readLinks(path: string): Promise<readonly { readonly name: string; readonly target: string }[]>;
  /** Output of a program; rejects when it cannot be run. */
  run(program: string, parameters: readonly string[]): Promise<string>;
};

const RUN_TIMEOUT_MS = 5000;
const runProgram = promisify(execFile);

export const realSystem: IdentitySystem = {
  platform: process.platform,
  readText: (path) => readFile(path, 'utf8'),
  async readLinks(path) {
    const names = await readdir(path).catch(() => []);
    return Promise.all(
      names.map(async (name) => ({ name, target: await readlink(`${path}/${name}`) })),
    );
  },
  async run(program, parameters) {
    const { stdout } = await runProgram(program, [...parameters], {
      timeout: RUN_TIMEOUT_MS,
      windowsHide: true,
    });
    return stdout;
  },
};

export type Mount = {
  readonly point: Buffer;
  /** Folder of the file system that is mounted, `/` for the whole. */
  readonly root: Buffer;
  readonly type: string;
  readonly source: string;
};

/** What is known of the place a folder lies at. */
export type Place = {
  readonly volume: Volume | null;
  /** Changes made by other computers do not reach a watcher here. */
  readonly isNetwork: boolean;
};

const NETWORK_TYPES =
  /^(nfs\d?|cifs|smb\d?|smbfs|smb-?share|afpfs|afs|ncpfs|9p|ceph|glusterfs|lustre|webdav|davfs|vboxsf|prl_fs|fuse\.(sshfs|rclone|gvfsd-fuse|davfs2?|s3fs|smbnetfs|vmhgfs-fuse|glusterfs|ceph.*|juicefs|cifs))$/i;

/** Whether a file system's changes can be made elsewhere. */
export function isNetworkType(type: string): boolean {
  return NETWORK_TYPES.test(type);
}

/** Parses `/proc/self/mountinfo`; spaces and the like are octal there. */
export function parseMountinfo(text: string): Mount[] {
  const mounts: Mount[] = [];
  for (const line of text.split('\n')) {
    const [before, after] = line.split(' - ');
    const fields = before?.split(' ');
    const [type, source] = after?.split(' ') ?? [];
    const root = fields?.[3];
    const point = fields?.[4];
    if (root === undefined || point === undefined || !type) continue;
    mounts.push({
      point: unescapeOctal(point),
      root: unescapeOctal(root),
      type,
      source: unescapeOctal(source ?? '').toString('utf8'),
    });
  }
  return mounts;
}

function unescapeOctal(text: string): Buffer {
  const latin = Buffer.from(text, 'utf8').toString('latin1');
  return Buffer.from(
    latin.replace(/\\([0-7]{3})/g, (_, digits: string) => String.fromCharCode(parseInt(digits, 8))),
    'latin1',
  );
}

/** The mount a path lies in: the deepest, of several on one point the last. */
export function mountOf(mounts: readonly Mount[], path: Uint8Array): Mount | null {
  let best: Mount | null = null;
  for (const mount of mounts) {
    if (!relativeBytes(mount.point, path)) continue;
    if (best === null || mount.point.length >= best.point.length) best = mount;
  }
  return best;
}

/** Tells a folder's volume and whether it is a network's. What the system does not tell is null or false. */
export async function identifyPlace(
  path: Uint8Array,
  system: IdentitySystem = realSystem,
): Promise<Place> {
  try {
    if (system.platform === 'linux') return await identifyOnLinux(path, system);
    if (system.platform === 'darwin') return await identifyOnMac(path, system);
    if (system.platform === 'win32') return await identifyOnWindows(path, system);
  } catch {
    // A root without a known volume is known by its path (docs/rules.md 1).
  }
  return { volume: null, isNetwork: false };
}

async function identifyOnLinux(path: Uint8Array, system: IdentitySystem): Promise<Place> {
  const mounts = parseMountinfo(await system.readText('/proc/self/mountinfo'));
  const mount = mountOf(mounts, path);
  if (!mount) return { volume: null, isNetwork: false };
  const isNetwork = isNetworkType(mount.type);
  const uuid = (await linuxUuids(system)).get(mount.source);
  if (!uuid) return { volume: null, isNetwork };
  const inner = relativeBytes(mount.point, path) ?? Buffer.alloc(0);
  return { volume: { id: uuid, path: joinBytes(mount.root, inner) }, isNetwork };
}

/** Device path → UUID of the file system on it. */
async function linuxUuids(system: IdentitySystem): Promise<Map<string, string>> {
  const uuids = new Map<string, string>();
  for (const link of await system.readLinks('/dev/disk/by-uuid')) {
    uuids.set(link.target.replace(/^(\.\.\/)+/, '/dev/'), link.name);
    // Encrypted and logical volumes are mounted by the name they are mapped to.
    uuids.set(link.target, link.name);
  }
  for (const link of await system.readLinks('/dev/mapper')) {
    const uuid = uuids.get(link.target.replace(/^(\.\.\/)+/, '/dev/'));
    if (uuid) uuids.set(`/dev/mapper/${link.name}`, uuid);
  }
  return uuids;
}

async function identifyOnMac(path: Uint8Array, system: IdentitySystem): Promise<Place> {
  const text = Buffer.from(path).toString('utf8');
  const lines = (await system.run('/sbin/mount', [])).split('\n');
  const mounts: Mount[] = [];
  for (const line of lines) {
    const match = /^(.+?) on (.+) \(([^,)]+)/.exec(line);
    if (!match) continue;
    const [, source = '', point = '', type = ''] = match;
    mounts.push({ point: Buffer.from(point), root: Buffer.from('/'), type, source });
  }
  const mount = mountOf(mounts, path);
  const isNetwork = mount !== null && isNetworkType(mount.type);
  if (!mount || isNetwork) return { volume: null, isNetwork };
  const info = await system.run('/usr/sbin/diskutil', ['info', mount.point.toString('utf8')]);
  const uuid = /Volume UUID:\s*([0-9A-F-]{36})/i.exec(info)?.[1];
  const inner = relativeBytes(mount.point, Buffer.from(text)) ?? Buffer.alloc(0);
  return {
    volume: uuid ? { id: uuid, path: joinBytes(Buffer.from('/'), inner) } : null,
    isNetwork: false,
  };
}

async function identifyOnWindows(path: Uint8Array, system: IdentitySystem): Promise<Place> {
  const text = Buffer.from(path).toString('utf8');
  if (/^[\\/]{2}[^.?]/.test(text)) return { volume: null, isNetwork: true };
  const drive = /^([a-z]):/i.exec(text)?.[1]?.toUpperCase();
  if (!drive) return { volume: null, isNetwork: false };
  const output = await system.run('powershell.exe', [
    '-NoProfile',
    '-NonInteractive',
    '-Command',
    `Get-CimInstance Win32_LogicalDisk -Filter "DeviceID='${drive}:'" | ForEach-Object { "$($_.DriveType) $($_.VolumeSerialNumber)" }`,
  ]);
  const [type, serial] = output.trim().split(/\s+/);
  const inner = text.slice(2).replaceAll('\\', '/').replace(/^\/+/, '');
  return {
    volume: serial ? { id: serial, path: Buffer.from(`/${inner}`) } : null,
    // 4 is a network drive in Win32_LogicalDisk.
    isNetwork: type === '4',
  };
}

/** Every place where a folder of a volume could be mounted now; not all of them need to exist. */
export async function placesOfVolume(
  volume: Volume,
  system: IdentitySystem = realSystem,
): Promise<Buffer[]> {
  try {
    if (system.platform === 'linux') return await placesOnLinux(volume, system);
    if (system.platform === 'darwin') return await placesOnMac(volume, system);
    if (system.platform === 'win32') return await placesOnWindows(volume, system);
  } catch {
    // Without the system's help the person locates the folder.
  }
  return [];
}

async function placesOnLinux(volume: Volume, system: IdentitySystem): Promise<Buffer[]> {
  const uuids = await linuxUuids(system);
  const mounts = parseMountinfo(await system.readText('/proc/self/mountinfo'));
  const places: Buffer[] = [];
  for (const mount of mounts) {
    if (uuids.get(mount.source) !== volume.id) continue;
    const inner = relativeBytes(mount.root, volume.path);
    if (inner) places.push(joinBytes(mount.point, inner));
  }
  return places;
}

async function placesOnMac(volume: Volume, system: IdentitySystem): Promise<Buffer[]> {
  const info = await system.run('/usr/sbin/diskutil', ['info', volume.id]);
  const point = /Mount Point:\s*(\/.*)/.exec(info)?.[1]?.trim();
  const inner = relativeBytes(Buffer.from('/'), volume.path);
  return point && inner ? [joinBytes(Buffer.from(point), inner)] : [];
}

async function placesOnWindows(volume: Volume, system: IdentitySystem): Promise<Buffer[]> {
  const output = await system.run('powershell.exe', [
    '-NoProfile',
    '-NonInteractive',
    '-Command',
    'Get-CimInstance Win32_LogicalDisk | ForEach-Object { "$($_.DeviceID) $($_.VolumeSerialNumber)" }',
  ]);
  const places: Buffer[] = [];
  for (const line of output.split('\n')) {
    const [drive, serial] = line.trim().split(/\s+/);
    if (!drive || serial !== volume.id) continue;
    places.push(joinBytes(Buffer.from(drive), Buffer.from(volume.path).subarray(1)));
  }
  return places;
}

/**
 * Where an offline root lies now, when its volume is mounted elsewhere; null when it is not to be found.
 * Only tells of a place that is a folder.
 */
export async function findMovedRoot(
  root: { readonly path: Uint8Array; readonly volume: Volume },
  system: IdentitySystem = realSystem,
): Promise<Buffer | null> {
  for (const place of await placesOfVolume(root.volume, system)) {
    if (place.equals(root.path)) continue;
    if (await rootAnswers(place)) return place;
  }
  return null;
}

/** The path with its links resolved; as it is when it cannot be told. */
export async function resolveRealPath(path: Uint8Array): Promise<Buffer> {
  const bytes = Buffer.from(path);
  return realpath(bytes, { encoding: 'buffer' }).catch(() => bytes);
}
