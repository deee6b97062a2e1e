import { spawn } from 'node:child_process';
import { Socket } from 'node:net';

/**
 * Stops the Postgres server when this process ends without a chance to do so (SIGKILL, a crash).
 *
 * A shell waits on a pipe that only this process holds: the pipe closes with the process, whatever the reason.
 * The pid file in its working directory tells whether the id still belongs to the server.
 */
export function watchParent(data: string, postgres: number): () => void {
  const shell = spawn('/bin/sh', ['-c', waitThenStop, 'postern-postgres-watch', String(postgres)], {
    cwd: data,
    env: {},
    detached: true,
    stdio: ['pipe', 'ignore', 'ignore'],
  });
  // Without a shell the next start still stops what is left behind.
  shell.on('error', () => undefined);
  shell.unref();
  if (shell.stdin instanceof Socket) shell.stdin.unref();
  return () => void shell.kill('SIGKILL');
}

const waitThenStop = 'read -r _; read -r pid < postmaster.pid && [ "$pid" = "$1" ] && kill -INT "$1"';
