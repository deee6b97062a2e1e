// Builds packages/guard when its sources are newer than what was built: what the examples and tests import is what ships.
import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync, statSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const guard = join(root, 'packages', 'guard');
const compiler = join(root, 'node_modules', 'typescript', 'bin', 'tsc');

/** @returns {number} 0 when the package is built, or need not be: a production install has no compiler and no use for it */
export function buildGuard() {
  if (!existsSync(compiler) || isBuilt()) return 0;
  // The second one is for who has to "require" it, as Jest does.
  const steps = [
    [compiler, '-p', join(guard, 'tsconfig.build.json')],
    [compiler, '-p', join(guard, 'tsconfig.cjs.json')],
    [join(guard, 'write-cjs-manifest.mjs')],
  ];
  const failed = steps
    .map((step) => spawnSync(process.execPath, step, { stdio: 'inherit' }).status)
    .find((status) => status !== 0);
  if (failed === undefined) return 0;
  console.error('The package "packages/guard" cannot be built; the messages above say why.');
  return failed ?? 1;
}

function isBuilt() {
  const built = join(guard, 'dist', 'cjs', 'package.json');
  if (!existsSync(built)) return false;
  const builtAt = statSync(built).mtimeMs;
  return [join(guard, 'tsconfig.build.json'), join(guard, 'tsconfig.cjs.json'), ...sources()].every(
    (file) => statSync(file).mtimeMs <= builtAt,
  );
}

function sources() {
  return readdirSync(join(guard, 'src'), { recursive: true }).map((name) => join(guard, 'src', String(name)));
}
