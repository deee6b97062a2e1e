import { mkdirSync, readFileSync, symlinkSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';

interface LockEntry {
  readonly dev?: boolean;
  readonly optional?: boolean;
  readonly devOptional?: boolean;
  readonly peer?: boolean;
  readonly link?: boolean;
}

/**
 * Links what a production install without optional packages has into `folder/node_modules`, from the packages that are here: no network
 * is needed. Whoever runs there says NODE_PRESERVE_SYMLINKS=1, so that packages, too, find only what was linked.
 */
export function linkProductionPackages(folder: string): void {
  const { packages }: { readonly packages: Readonly<Record<string, LockEntry>> } = JSON.parse(
    readFileSync('package-lock.json', 'utf8'),
  );
  for (const [path, entry] of Object.entries(packages)) {
    const isInner = !/^node_modules\/(?:@[^/]+\/)?[^/]+$/.test(path);
    const isLeftOut = entry.dev || entry.optional || entry.devOptional || entry.peer || entry.link;
    if (isInner || isLeftOut) continue;
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    symlinkSync(resolve(path), join(folder, path));
  }
}
