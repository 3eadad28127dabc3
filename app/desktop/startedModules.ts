import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

/** Modules that the engine starts by name, found where it does so: a list by hand would go stale. */
export function startedModules(folder: string): readonly string[] {
  const found: string[] = [];
  for (const name of readdirSync(folder, { recursive: true, encoding: 'utf8' })) {
    if (!name.endsWith('.ts')) continue;
    const path = join(folder, name);
    const calls = readFileSync(path, 'utf8').matchAll(
      /siblingModule\(\s*import\.meta\.url,\s*'(\w+)'/g,
    );
    for (const [, module] of calls) found.push(join(dirname(path), `${module}.ts`));
  }
  return [...new Set(found)].sort();
}
