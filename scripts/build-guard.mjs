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
  const result = spawnSync(process.execPath, [compiler, '-p', join(guard, 'tsconfig.build.json')], {
    stdio: 'inherit',
  });
  if (result.status === 0) return 0;
  console.error('The package "packages/guard" cannot be built; the messages above say why.');
  return result.status ?? 1;
}

function isBuilt() {
  const built = join(guard, 'dist', 'index.js');
  if (!existsSync(built)) return false;
  const builtAt = statSync(built).mtimeMs;
  return [join(guard, 'tsconfig.build.json'), ...sources()].every((file) => statSync(file).mtimeMs <= builtAt);
}

function sources() {
  return readdirSync(join(guard, 'src')).map((name) => join(guard, 'src', name));
}
