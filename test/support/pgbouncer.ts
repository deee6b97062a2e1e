import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { chmod, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** Whether the pooler is installed here: it comes with no package of the project. */
export const hasPgBouncer = spawnSync('pgbouncer', ['--version']).status === 0;

export interface PgBouncer extends AsyncDisposable {
  /** The address of the target, through it. */
  readonly url: string;
}

export interface PgBouncerOptions {
  readonly mode: 'session' | 'transaction' | 'statement';
  /** What it leaves out of the first message of a session; a session that says something else is refused. */
  readonly ignores: readonly string[];
}

/** The real pooler in front of a database. */
export async function startPgBouncer(target: string, { mode, ignores }: PgBouncerOptions): Promise<PgBouncer> {
  const folder = await mkdtemp(join(tmpdir(), `postern-test-${process.pid}-pgbouncer-`));
  const port = await freePort();
  const { hostname, port: targetPort, username, password, pathname } = new URL(target);
  const users = join(folder, 'users.txt');
  await writeFile(users, `"${decodeURIComponent(username)}" "${decodeURIComponent(password)}"\n`);
  const config = join(folder, 'pgbouncer.ini');
  await writeFile(
    config,
    `[databases]
* = host=${hostname} port=${targetPort}
[pgbouncer]
listen_addr = 127.0.0.1
listen_port = ${port}
unix_socket_dir =
auth_type = plain
auth_file = ${users}
pool_mode = ${mode}
ignore_startup_parameters = ${ignores.join(', ')}
`,
  );
  for (const path of [folder, users, config]) await chmod(path, path === folder ? 0o755 : 0o644);
  // It refuses to be root.
  const as = process.getuid?.() === 0 ? ['-u', 'nobody'] : [];
  const pooler = spawn('pgbouncer', [...as, config], { stdio: ['ignore', 'ignore', 'pipe'] });
  await untilListening(pooler);
  return {
    url: Object.assign(new URL(`postgres://127.0.0.1:${port}${pathname}`), { username, password }).href,
    [Symbol.asyncDispose]: async () => {
      const ended = once(pooler, 'exit');
      pooler.kill('SIGTERM');
      await ended;
      await rm(folder, { recursive: true, force: true });
    },
  };
}

async function untilListening(pooler: ChildProcess): Promise<void> {
  let told = '';
  for await (const chunk of pooler.stderr ?? []) {
    told += String(chunk);
    if (told.includes('process up')) {
      pooler.stderr?.resume();
      return;
    }
  }
  throw new Error(`PgBouncer did not start: ${told}`);
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  await new Promise((resolve) => server.close(resolve));
  return typeof address === 'object' && address !== null ? address.port : 0;
}
