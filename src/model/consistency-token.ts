import type { Brand } from '../base/brand.ts';
import { failed, ok, type Result } from '../base/result.ts';
import { quote } from '../base/text-problem.ts';
import type { HistoryMark } from './history-mark.ts';

/** A promise to a reader: what carries it sees at least the write that returned it (Zanzibar §2.2, zookies). */
export type ConsistencyToken = Brand<Position, 'ConsistencyToken'>;

/** A state's place in the history of its database. */
export interface Position {
  /** The database that the revision counts in. */
  readonly identity: string;
  readonly revision: number;
  /** An event that its history has: of the state, or of a later one in which it was read. Undefined where nothing is known of it. */
  readonly mark: HistoryMark | undefined;
}

/** A state's place, and how long before somebody asked for it it was the last one; 0 for one that missed nothing then. */
export interface AgedPosition extends Position {
  readonly ageMs: number;
}

/** `p1` says nothing of the history; it is still read, and is what a state without a history has. */
const forms = [
  /^p1\.([0-9a-f-]{36})\.(0|[1-9]\d{0,15})$/,
  /^p2\.([0-9a-f-]{36})\.(0|[1-9]\d{0,15})\.([1-9]\d{0,15})\.([0-9a-f]{16})$/,
];

/** The token of a state: of the last write that it contains. */
export function tokenOf({ identity, revision, mark }: Position): ConsistencyToken {
  return { identity, revision, ...(mark && { mark }) } as ConsistencyToken;
}

/** Opaque text for clients. It holds no secret, and a forged one can only ask for a state that does not exist. */
export function formatConsistencyToken({ identity, revision, mark }: ConsistencyToken): string {
  const text = mark === undefined ? ['p1', identity, revision] : ['p2', identity, revision, mark.event, mark.hash];
  return Buffer.from(text.join('.')).toString('base64url');
}

export function parseConsistencyToken(text: string): Result<ConsistencyToken, string> {
  const decoded = /^[A-Za-z0-9_-]{1,150}$/.test(text) ? Buffer.from(text, 'base64url').toString('latin1') : '';
  const found = forms.map((form) => form.exec(decoded)).find((match) => match !== null) ?? [];
  const [, identity, ...rest] = found;
  const [revision, event] = [Number(rest[0]), Number(rest[1] ?? 0)];
  const isCanonical = Buffer.from(decoded).toString('base64url') === text;
  if (identity === undefined || !isCanonical || !Number.isSafeInteger(revision) || !Number.isSafeInteger(event))
    return failed(`The consistency token ${quote(text)} is none. Next: send one that an answer gave, or leave it out.`);
  const hash = rest[2];
  return ok(tokenOf({ identity, revision, mark: hash === undefined ? undefined : { event, hash } }));
}
