import { withDeadline } from '../../base/with-deadline.ts';
import type { Postern } from '../../operations/postern.ts';
import { NotPrimary } from '../../store/not-primary.ts';
import { UnreadableModel } from '../../store/unreadable-model.ts';
import type { Authenticator } from '../identity/authenticate.ts';

/** What a load balancer is told: whether this server can answer now, and if not, why. */
export type Readiness =
  | { readonly status: 'ready'; readonly model: number }
  | { readonly status: 'not ready'; readonly reason: string };

export interface ReadinessParts {
  readonly postern: Postern;
  readonly authenticator: Authenticator;
}

/** Below what those who ask usually wait for, which is a second. */
const deadlineMs = 900;

/**
 * Ready is who can answer: a model decides, the database lets relationships be read in time, and there are keys to verify
 * tokens with. Whoever asks while that is being found out is told the same, so that asking often costs no more.
 */
export class ReadinessProbe {
  readonly #parts: ReadinessParts;
  #isDraining = false;
  #asked: Promise<Readiness> | undefined;

  constructor(parts: ReadinessParts) {
    this.#parts = parts;
  }

  /** From now on no answer is "ready", while everything is still answered. */
  drain(): void {
    this.#isDraining = true;
  }

  get isDraining(): boolean {
    return this.#isDraining;
  }

  async ask(): Promise<Readiness> {
    if (this.#isDraining) return notReady('The server is stopping.');
    this.#asked ??= this.#find().finally(() => {
      this.#asked = undefined;
    });
    const found = await this.#asked;
    return this.#isDraining ? notReady('The server is stopping.') : found;
  }

  async #find(): Promise<Readiness> {
    const { postern, authenticator } = this.#parts;
    const [database, keys] = await Promise.all([askDatabase(postern), canVerify(authenticator)]);
    if (database.status === 'ready' && !keys) {
      return notReady('The keys of no issuer of tokens could be read; the log names their addresses.');
    }
    return database;
  }
}

async function canVerify(authenticator: Authenticator): Promise<boolean> {
  try {
    return await withDeadline(authenticator.canVerify(), deadlineMs, 'Reading the keys of issuers');
  } catch {
    return false;
  }
}

async function askDatabase(postern: Postern): Promise<Readiness> {
  try {
    await withDeadline(postern.store.ping(), deadlineMs, 'The question whether the server is ready');
  } catch (error) {
    postern.report('The database does not answer.', error);
    return notReady(error instanceof NotPrimary ? 'The database is a standby.' : 'The database does not answer.');
  }
  return askForModel(postern);
}

async function askForModel({ store, report }: Postern): Promise<Readiness> {
  try {
    const model = await withDeadline(store.loadActiveModel(), deadlineMs, 'Loading the active authorization model');
    return model === undefined ? notReady('No authorization model is active.') : { status: 'ready', model: model.id };
  } catch (error) {
    report('The active authorization model cannot be used.', error);
    if (!(error instanceof UnreadableModel)) return notReady('The active authorization model is not loaded.');
    const next = 'activate another one: npm run postern -- model activate ID';
    return notReady(`The active authorization model ${error.id} cannot be used (${codesOf(error)}); ${next}`);
  }
}

function notReady(reason: string): Readiness {
  return { status: 'not ready', reason };
}

function codesOf({ problems }: UnreadableModel): string {
  return [...new Set(problems.map(({ code }) => code))].join(', ');
}
