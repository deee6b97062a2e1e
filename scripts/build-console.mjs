// Builds the console when one of its sources is newer than what was built.
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { brotliCompressSync } from 'node:zlib';

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const source = join(root, 'console');
const built = join(source, 'dist');
const vite = join(root, 'node_modules', 'vite', 'bin', 'vite.js');
const react = join(root, 'node_modules', 'react', 'package.json');
const bundledNode = join(root, 'node_modules', '.bin', 'node');

/** @returns {number} 0 when the console is built, or cannot be: a production install has nothing to build it with, and says so at `/console` */
export function buildConsole() {
  if (!existsSync(vite) || !existsSync(react) || isBuilt()) return 0;
  // Apart, and then in one step: what another command serves or builds meanwhile is whole.
  const folder = join(root, '.postern', `console-${process.pid}`);
  mkdirSync(dirname(folder), { recursive: true, mode: 0o700 });
  // Tests set another one, and React would be the one for development.
  const env = { ...process.env, NODE_ENV: 'production' };
  const node = existsSync(bundledNode) ? bundledNode : process.execPath;
  const step = [vite, 'build', source, '--logLevel', 'warn', '--outDir', folder, '--emptyOutDir'];
  const { status } = spawnSync(node, step, { cwd: root, env, stdio: 'inherit' });
  if (status !== 0) {
    console.error('The console in "console" cannot be built; the messages above say why.');
    return status ?? 1;
  }
  compress(join(folder, 'assets'));
  rmSync(built, { recursive: true, force: true });
  renameSync(folder, built);
  return 0;
}

function compress(folder) {
  for (const name of readdirSync(folder)) {
    const path = join(folder, name);
    writeFileSync(`${path}.br`, brotliCompressSync(readFileSync(path)));
  }
}

function isBuilt() {
  const page = join(built, 'index.html');
  if (!existsSync(page)) return false;
  const builtAt = statSync(page).mtimeMs;
  return sources().every((path) => statSync(path).mtimeMs <= builtAt);
}

/** Folders as well: a file that is gone is no newer than anything. */
function sources() {
  const names = readdirSync(join(source, 'src'), { recursive: true }).map((name) => join('src', String(name)));
  const files = ['index.html', 'vite.config.ts', 'tsconfig.json', 'src', ...names].map((name) => join(source, name));
  return [...files, join(root, 'package-lock.json')];
}
