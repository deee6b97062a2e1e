import { execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { link, mkdir, mkdtemp, readdir, readlink, rm, symlink } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { ownCheckout } from '../start-server.ts';

/** Another revision in a folder of its own, ready to run. */
export interface Checkout {
  readonly folder: string;
  /** As `git log --oneline` says it. */
  readonly title: string;
  remove(): Promise<void>;
}

const run = promisify(execFile);
const git = async (...words: readonly string[]) => (await run('git', words, { cwd: ownCheckout })).stdout.trim();

export async function checkOutRevision(revision: string): Promise<Checkout> {
  const commit = await git('rev-parse', '--verify', '--quiet', `${revision}^{commit}`).catch(() => {
    throw new Error(`There is no revision "${revision}" here. Next: name one that "git log --oneline" prints.`);
  });
  // Ignored by git, and on the file system of the packages, which are linked and not copied.
  await mkdir(join(ownCheckout, '.postern'), { recursive: true });
  const parent = await mkdtemp(join(ownCheckout, '.postern', 'revision-'));
  const folder = join(parent, 'checkout');
  await git('worktree', 'add', '--quiet', '--detach', folder, commit);
  const remove = async () => {
    process.off('SIGINT', interrupted);
    await git('worktree', 'remove', '--force', folder);
    await rm(parent, { recursive: true, force: true });
  };
  // Whoever gives up waiting leaves no checkout behind.
  const interrupted = () => void remove().finally(() => process.exit(130));
  process.once('SIGINT', interrupted);
  try {
    await linkTree(join(ownCheckout, 'node_modules'), join(folder, 'node_modules'));
    await install(folder);
    return { folder, title: await git('log', '-1', '--format=%h %s', commit), remove };
  } catch (error) {
    await remove();
    throw error;
  }
}

/** The same files under another path. What is installed anew replaces them and changes none. */
async function linkTree(from: string, to: string): Promise<void> {
  await mkdir(to, { recursive: true });
  const entries = await readdir(from, { withFileTypes: true });
  for (const entry of entries) {
    const [source, target] = [join(from, entry.name), join(to, entry.name)];
    if (entry.isDirectory()) await linkTree(source, target);
    else if (entry.isSymbolicLink()) await symlink(await readlink(source), target);
    else await link(source, target);
  }
}

/** Does nothing where the linked packages are those that the revision asks for. */
async function install(folder: string): Promise<void> {
  const child = spawn(process.execPath, ['scripts/bootstrap.mjs'], {
    cwd: folder,
    stdio: ['ignore', 'ignore', 'inherit'],
  });
  const [code] = await once(child, 'exit');
  if (code !== 0)
    throw new Error(`The packages of the revision could not be installed: its bootstrap ended with ${code}.`);
}
