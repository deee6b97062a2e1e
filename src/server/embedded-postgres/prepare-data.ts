import { spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import {
  chmodSync,
  closeSync,
  existsSync,
  lchownSync,
  mkdirSync,
  openSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { Binaries } from './find-binaries.ts';
import { endOfLog, openLog } from './postgres-log.ts';
import { ownNameOfData, type ServerAccount, serverEnvironment } from './server-account.ts';

/** What the steps of a start share. */
export interface PostgresPlan {
  readonly binaries: Binaries;
  readonly account: ServerAccount | undefined;
  readonly folder: string;
  readonly data: string;
  readonly durable: boolean;
  readonly report: (sentence: string) => void;
}

export const userName = 'postern';

const passwordFile = 'postern-password';

export function readPassword(data: string): string {
  return readFileSync(join(data, passwordFile), 'utf8');
}

/**
 * Makes the data, unless they are there.
 *
 * They get their name only when they are complete, so whatever an interrupted attempt leaves has another name
 * and is removed here; nothing that may be data is ever removed.
 */
export async function prepareData(plan: PostgresPlan): Promise<void> {
  for (const name of readdirSync(plan.folder)) {
    if (name.startsWith('unfinished-')) await removeAll(join(plan.folder, name));
  }
  if (!existsSync(plan.data)) return makeData(plan);
  if (!existsSync(join(plan.data, 'PG_VERSION')) || !existsSync(join(plan.data, passwordFile))) {
    throw new Error(
      `${JSON.stringify(plan.data)} is not a data directory that Postern made, or parts of it are missing. ` +
        'Remove it to begin with an empty database.',
    );
  }
  restoreRights(plan);
}

/** What a copy of the folder may have lost, and Postgres insists on; a copy that root made belongs to root. */
function restoreRights({ data, account }: PostgresPlan): void {
  chmodSync(data, 0o700);
  chmodSync(join(data, passwordFile), 0o600);
  if (account !== undefined && statSync(data).uid === 0) handOver(data, account);
}

function handOver(data: string, account: ServerAccount): void {
  for (const name of readdirSync(data, { recursive: true, encoding: 'utf8' })) {
    if (name !== passwordFile) giveTo(account, join(data, name));
  }
  // Last, because it is what tells whether this is done.
  giveTo(account, data);
}

function giveTo(account: ServerAccount, path: string): void {
  try {
    lchownSync(path, account.uid, account.gid);
  } catch (error) {
    throw new Error(
      `Postgres does not run as root, and ${JSON.stringify(path)} cannot be given to the user with the id ` +
        `${account.uid}. Start as an ordinary user, or set DATABASE_URL.`,
      { cause: error },
    );
  }
}

async function makeData(plan: PostgresPlan): Promise<void> {
  plan.report(`Making a new Postgres database in ${JSON.stringify(plan.folder)}.`);
  const unfinished = join(plan.folder, `unfinished-${randomBytes(4).toString('hex')}`);
  const password = randomBytes(24).toString('base64url');
  mkdirSync(unfinished, { mode: 0o700 });
  try {
    if (plan.account !== undefined) giveTo(plan.account, unfinished);
    await runInitdb(plan, unfinished, password);
    writeFileSync(join(unfinished, passwordFile), password, { mode: 0o600, flush: plan.durable });
    renameSync(unfinished, plan.data);
  } catch (error) {
    await removeAll(unfinished);
    throw error;
  }
}

async function runInitdb(plan: PostgresPlan, cwd: string, password: string): Promise<void> {
  const stdin = openPassword(plan, password);
  const log = openLog(plan.folder);
  const child = spawn(plan.binaries.initdb, initdbArguments(plan, cwd), {
    cwd,
    ...plan.account,
    env: serverEnvironment,
    stdio: [stdin, 'ignore', log],
  });
  closeSync(stdin);
  closeSync(log);
  const problem = await new Promise<string | undefined>((resolve) => {
    child.once('error', (error) => resolve(error.message));
    child.once('exit', (code, signal) => resolve(code === 0 ? undefined : `it ended with ${code ?? signal}`));
  });
  if (problem === undefined) return;
  throw new Error(
    `Postgres could not make its data in ${JSON.stringify(plan.folder)} (${problem}): ` +
      `${endOfLog(plan.folder)} Set DATABASE_URL to use another PostgreSQL server.`,
  );
}

function initdbArguments(plan: PostgresPlan, cwd: string): readonly string[] {
  return [
    `--pgdata=${ownNameOfData(cwd, plan.account)}`,
    `--username=${userName}`,
    '--pwfile=/dev/stdin',
    '--auth=scram-sha-256',
    '--encoding=UTF8',
    '--locale=C',
    '--locale-provider=builtin',
    '--builtin-locale=C.UTF-8',
    '--no-instructions',
    ...(plan.durable ? [] : ['--no-sync']),
  ];
}

/**
 * The password as an open file without a name, owned by the account of Postgres: `initdb` opens it again as
 * /dev/stdin, which needs the right to the file but not to its path. An argument would show in process lists.
 */
function openPassword(plan: PostgresPlan, password: string): number {
  const file = join(plan.folder, `unfinished-${randomBytes(4).toString('hex')}`);
  try {
    writeFileSync(file, password, { mode: 0o600, flag: 'wx' });
    if (plan.account !== undefined) giveTo(plan.account, file);
    return openSync(file, 'r');
  } finally {
    rmSync(file, { force: true });
  }
}

/** An `initdb` whose parent was killed may still be adding files; removing them under it makes it give up. */
function removeAll(path: string): Promise<void> {
  return rm(path, { recursive: true, force: true, maxRetries: 10, retryDelay: 50 });
}
