import type { Brand } from '../base/brand.ts';
import { failed, ok, type Result } from '../base/result.ts';
import { quote } from '../base/text-problem.ts';

/** A promise to a reader: what carries it sees at least the write that returned it (Zanzibar §2.2, zookies). */
export type ConsistencyToken = Brand<Position, 'ConsistencyToken'>;

/** A state's place in the history of its database. */
export interface Position {
  /** The database that the revision counts in. */
  readonly identity: string;
  readonly revision: number;
}

/** A state's place, and how long before somebody asked for it it was the last one; 0 for one that missed nothing then. */
export interface AgedPosition extends Position {
  readonly ageMs: number;
}

const version = 'p1';
/**
 * What is read. `p2` will say how the audit chain's hash begins at the revision, so that a fail-over that lost writes is noticed;
 * that is not held against anything yet, but servers of this version stand beside those that will give such tokens out.
 */
const forms = [/^p1\.([0-9a-f-]{36})\.(0|[1-9]\d{0,15})$/, /^p2\.([0-9a-f-]{36})\.(0|[1-9]\d{0,15})\.[0-9a-f]{16}$/];

/** The token of a state: of the last write that it contains. */
export function tokenOf({ identity, revision }: Position): ConsistencyToken {
  return { identity, revision } as ConsistencyToken;
}

/** Opaque text for clients. It holds no secret, and a forged one can only ask for a state that does not exist. */
export function formatConsistencyToken({ identity, revision }: ConsistencyToken): string {
  return Buffer.from(`${version}.${identity}.${revision}`).toString('base64url');
}

export function parseConsistencyToken(text: string): Result<ConsistencyToken, string> {
  const decoded = /^[A-Za-z0-9_-]{1,128}$/.test(text) ? Buffer.from(text, 'base64url').toString('latin1') : '';
  const [, identity, number] = forms.map((form) => form.exec(decoded)).find((match) => match !== null) ?? [];
  const revision = Number(number);
  const isCanonical = Buffer.from(decoded).toString('base64url') === text;
  if (identity === undefined || !isCanonical || !Number.isSafeInteger(revision))
    return failed(`The consistency token ${quote(text)} is none. Next: send one that an answer gave, or leave it out.`);
  return ok(tokenOf({ identity, revision }));
}
