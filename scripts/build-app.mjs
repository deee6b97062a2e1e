// Builds a single-page app when one of its sources is newer than what was built.
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { brotliCompressSync } from 'node:zlib';

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const vite = join(root, 'node_modules', 'vite', 'bin', 'vite.js');
const react = join(root, 'node_modules', 'react', 'package.json');
const bundledNode = join(root, 'node_modules', '.bin', 'node');

/**
 * @param {string} folder where the app is, from the root of the project
 * @returns {number} 0 when the app is built, or cannot be: a production install has nothing to build it with, and whoever serves it says so
 */
export function buildApp(folder) {
  const source = join(root, folder);
  if (!existsSync(vite) || !existsSync(react) || isBuilt(source)) return 0;
  // Apart, and then in one step: what another command serves or builds meanwhile is whole.
  const made = join(root, '.postern', `${basename(folder)}-${process.pid}`);
  mkdirSync(dirname(made), { recursive: true, mode: 0o700 });
  // Tests set another one, and React would be the one for development.
  const env = { ...process.env, NODE_ENV: 'production' };
  const node = existsSync(bundledNode) ? bundledNode : process.execPath;
  const step = [vite, 'build', source, '--logLevel', 'warn', '--outDir', made, '--emptyOutDir'];
  const { status } = spawnSync(node, step, { cwd: root, env, stdio: 'inherit' });
  if (status !== 0) {
    console.error(`The app in ${JSON.stringify(folder)} cannot be built; the messages above say why.`);
    return status ?? 1;
  }
  compress(join(made, 'assets'));
  rmSync(join(source, 'dist'), { recursive: true, force: true });
  renameSync(made, join(source, 'dist'));
  return 0;
}

function compress(folder) {
  for (const name of readdirSync(folder)) {
    const path = join(folder, name);
    writeFileSync(`${path}.br`, brotliCompressSync(readFileSync(path)));
  }
}

function isBuilt(source) {
  const page = join(source, 'dist', 'index.html');
  if (!existsSync(page)) return false;
  const builtAt = statSync(page).mtimeMs;
  return sourcesIn(source).every((path) => statSync(path).mtimeMs <= builtAt);
}

/** Folders as well: a file that is gone is no newer than anything. */
function sourcesIn(source) {
  const names = readdirSync(join(source, 'src'), { recursive: true }).map((name) => join('src', String(name)));
  const files = ['index.html', 'vite.config.ts', 'tsconfig.json', 'src', ...names].map((name) => join(source, name));
  return [...files, join(root, 'package-lock.json')];
}
