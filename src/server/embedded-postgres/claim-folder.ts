import { setTimeout as sleep } from 'node:timers/promises';
import { hasBeside, livingMarks, type Mark, makeMark, markBeside, type Role, removeMark } from './marks.ts';

/** The folder is this process's own, until `release`. */
export interface OwnFolder {
  readonly kind: 'own';
  /** From here on commands of other processes may come in. */
  open(): void;
  /** Lets nobody in any more, and waits for those who are: a command gets the time that it takes, a server's end does not. */
  close(): Promise<void>;
  release(): void;
}

/** The folder is another process's, whose database this one may use until `release`. */
export interface JoinedFolder {
  readonly kind: 'joined';
  /** The process that runs the database. */
  readonly owner: number;
  /** Whether that process still does. */
  isOpen(): boolean;
  release(): void;
}

/**
 * Makes this process the only owner of `folder`, or a guest of the process that is.
 *
 * A server wants the folder for itself: it waits for a command, and is refused beside another server. A command joins
 * whoever is there. Two that claim at once see each other, both step back, and try again after different pauses.
 */
export async function claimFolder(
  folder: string,
  role: Role,
  report: (sentence: string) => void,
): Promise<OwnFolder | JoinedFolder> {
  const deadline = performance.now() + patienceMs;
  const tellOnce = once(report);
  for (let servers = 0; ; await sleep(20 + Math.random() * 80)) {
    const joined = role === 'command' ? join(folder) : undefined;
    if (joined !== undefined) return joined;
    const mine = makeMark(folder, 'owner', role);
    const other = livingMarks(folder, 'owner').find(({ name }) => name !== mine.name);
    if (other === undefined) return own(folder, mine, report);
    removeMark(folder, mine);
    const stays = role === 'server' && other.role === 'server' && !hasBeside(folder, other, 'leaving');
    servers = stays ? servers + 1 : 0;
    if (servers === attempts || performance.now() > deadline) throw new Error(refusal(folder, other));
    // Two that claim at once are no reason to say anything.
    if (!stays && hasBeside(folder, other, 'open')) {
      tellOnce(`Waiting for another command (process ${other.pid}) that uses the data directory.`);
    }
  }
}

const attempts = 5;
const patienceMs = 60_000;
const serverPatienceMs = 10_000;

function refusal(folder: string, { role, pid }: Mark): string {
  return (
    `Another Postern ${role} (process ${pid}) uses the data directory ${JSON.stringify(folder)}. ` +
    'Stop it first, or start this one with another POSTERN_DATA_DIRECTORY.'
  );
}

function own(folder: string, mark: Mark, report: (sentence: string) => void): OwnFolder {
  return {
    kind: 'own',
    open: () => markBeside(folder, mark, 'open'),
    close: async () => {
      // First this, then the look at who is there: whoever comes in between sees it and goes again.
      markBeside(folder, mark, 'leaving');
      const deadline = mark.role === 'server' ? performance.now() + serverPatienceMs : Number.POSITIVE_INFINITY;
      const tellOnce = once(report);
      for (;;) {
        const [guest] = livingMarks(folder, 'guest');
        if (guest === undefined || performance.now() > deadline) return;
        tellOnce(`Waiting for another command (process ${guest.pid}) that uses this database.`);
        await sleep(20);
      }
    },
    release: () => removeMark(folder, mark),
  };
}

/** Undefined where nobody is there, or is not ready yet, or is about to go. */
function join(folder: string): JoinedFolder | undefined {
  const isOpen = (owner: Mark) => hasBeside(folder, owner, 'open') && !hasBeside(folder, owner, 'leaving');
  if (!livingMarks(folder, 'owner').some(isOpen)) return undefined;
  const mine = makeMark(folder, 'guest', 'command');
  const owner = livingMarks(folder, 'owner').find(isOpen);
  const release = () => removeMark(folder, mine);
  if (owner !== undefined) return { kind: 'joined', owner: owner.pid, isOpen: () => isLiving(folder, owner), release };
  release();
  return undefined;
}

function isLiving(folder: string, owner: Mark): boolean {
  return livingMarks(folder, 'owner').some(({ name }) => name === owner.name);
}

function once(report: (sentence: string) => void): (sentence: string) => void {
  let said = false;
  return (sentence) => {
    if (!said) report(sentence);
    said = true;
  };
}
