// Runs before the scripts of package.json, so that a fresh clone needs nothing but `npm start` or `npm test`.
// Only built-ins, and nothing that Node 20 lacks: it runs before there is anything else.
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { delimiter, dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { buildConsole } from './build-console.mjs';
import { buildGuard } from './build-guard.mjs';

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const bundledNode = join(root, 'node_modules', '.bin', 'node');
const lock = join(root, '.postern', 'installing');

process.exitCode = bootstrap() || buildGuard() || buildConsole();

/** @returns {number} the exit code */
function bootstrap() {
  if (isInstalled()) return complaintAboutNode();
  // Said before a minute is spent on packages that could not run.
  if (bringsNode() ? complaintAboutMusl() : complaintAboutNode()) return 1;
  takeLock();
  try {
    // Whoever held the lock may have done it.
    const code = isInstalled() ? 0 : install();
    return code === 0 ? complaintAboutNode() : code;
  } finally {
    rmSync(lock, { force: true });
  }
}

/** Whether node_modules holds what package-lock.json asks for; a pulled change of the lock file makes it stale. */
function isInstalled() {
  const installed = packagesOf(join(root, 'node_modules', '.package-lock.json'));
  if (installed === undefined) return false;
  const wanted = packagesOf(join(root, 'package-lock.json')) ?? {};
  const hasDev = Object.values(installed).some((entry) => entry.dev);
  return (
    Object.keys(installed).every((path) => path in wanted) &&
    Object.entries(wanted).every(([path, entry]) => {
      if (!path.startsWith('node_modules/')) return true;
      if (path in installed) return isSame(installed[path], entry);
      // Left out on purpose: packages of other platforms, and development packages of a production install.
      return entry.optional || entry.devOptional || entry.peer || (entry.dev && !hasDev);
    })
  );
}

function packagesOf(file) {
  return existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')).packages : undefined;
}

function isSame(left, right) {
  return left.version === right.version && left.integrity === right.integrity && left.link === right.link;
}

/** @returns {number} the exit code of npm */
function install() {
  console.error('Installing the packages that package-lock.json names with "npm ci"; this takes about a minute.');
  const result = spawnSync('npm', ['ci', '--loglevel=error'], {
    cwd: root,
    env: { ...process.env, PATH: pathWithoutPackages() },
    // npm is a script file on Windows, which only a shell runs.
    shell: process.platform === 'win32',
    stdio: 'inherit',
  });
  if (result.status === 0) return 0;
  const reason = result.error?.message ?? `it ended with ${result.status ?? result.signal}`;
  console.error(`"npm ci" failed (${reason}), so the packages are not installed. Its messages above say why.`);
  return result.status ?? 1;
}

/** The Node in node_modules cannot run the npm that replaces it. */
function pathWithoutPackages() {
  const folders = (process.env.PATH ?? '').split(delimiter);
  return folders.filter((folder) => !/node_modules[\\/]\.bin[\\/]?$/.test(folder)).join(delimiter);
}

/** Whether a package for this platform puts a Node into node_modules/.bin, where npm looks first. */
function bringsNode() {
  return process.platform === 'linux' && ['x64', 'arm64'].includes(process.arch);
}

/** @returns {number} 0 when the programs that the packages bring can run: they are linked with glibc */
function complaintAboutMusl() {
  process.report.excludeNetwork = true;
  if (process.report.getReport().header.glibcVersionRuntime !== undefined) return 0;
  console.error(
    'The packages of Postern bring a Node and a PostgreSQL that need glibc, which this Linux does not have. ' +
      'Use an image with Debian or Ubuntu, or install with "npm ci --omit=dev --omit=optional" for production.',
  );
  return 1;
}

/** @returns {number} 0 when the Node that runs the script after this one is recent enough */
function complaintAboutNode() {
  if (existsSync(bundledNode)) return 0;
  const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);
  if (major > 22 || (major === 22 && minor >= 18)) return 0;
  console.error(
    `Postern needs Node 22.18 or newer, and this is Node ${process.versions.node} (${process.execPath}). ` +
      'Install a newer one from https://nodejs.org and run the command again.',
  );
  return 1;
}

/** Two commands may find the packages missing at once; one installs, the others wait for it. */
function takeLock() {
  mkdirSync(dirname(lock), { recursive: true, mode: 0o700 });
  for (let waited = 0; ; waited++) {
    try {
      return writeFileSync(lock, String(process.pid), { flag: 'wx' });
    } catch (error) {
      if (error.code !== 'EEXIST') throw error;
    }
    if (isAbandoned()) rmSync(lock, { force: true });
    else {
      if (waited === 0) console.error('Waiting for another command that is installing the packages.');
      Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 300);
    }
  }
}

/** Whether the command that made the lock was killed, or has had more time than any installation takes. */
function isAbandoned() {
  try {
    const age = Date.now() - statSync(lock).mtimeMs;
    const pid = Number(readFileSync(lock, 'utf8'));
    if (pid === 0) return age > 5_000;
    return age > 15 * 60_000 || !isAlive(pid);
  } catch (error) {
    // It has just been released.
    if (error.code === 'ENOENT') return false;
    throw error;
  }
}

function isAlive(pid) {
  try {
    return process.kill(pid, 0);
  } catch (error) {
    return error.code === 'EPERM';
  }
}
