import { statSync } from 'node:fs';

/** The user that the Postgres processes run as, where that is not the user of this process. */
export interface ServerAccount {
  readonly uid: number;
  readonly gid: number;
}

/**
 * Postgres refuses to run as root: root hands it to the owner of the data, or to `nobody` for new data.
 * Undefined means that it runs as the user of this process.
 */
export function serverAccount(data: string): ServerAccount | undefined {
  if (process.getuid?.() !== 0) return undefined;
  if (process.platform !== 'linux') {
    throw new Error(
      'The embedded Postgres does not run as root on this system. Start as an ordinary user, or set DATABASE_URL.',
    );
  }
  const owner = statSync(data, { throwIfNoEntry: false });
  return owner === undefined || owner.uid === 0 ? nobody : { uid: owner.uid, gid: owner.gid };
}

/** Nothing of our own environment: it may hold secrets, and Postgres reads variables of its own. */
export const serverEnvironment = { LC_ALL: 'C' };

const nobody: ServerAccount = { uid: 65_534, gid: 65_534 };

/**
 * How a Postgres program names the data directory that is its working directory.
 *
 * Another account may be unable to walk the path (a project below /root), but the working directory is entered
 * before the account changes, and on Linux `/proc/self/cwd` leads to it without a walk.
 */
export function ownNameOfData(data: string, account: ServerAccount | undefined): string {
  return account === undefined ? data : '/proc/self/cwd';
}
