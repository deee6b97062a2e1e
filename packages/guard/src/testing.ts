import type { Decision, PermissionCheck, PosternClient } from './decision.ts';

/** A client that needs no server, and remembers what it was asked. */
export interface TestingClient extends PosternClient {
  /** Every check, as `track:42#can_edit`, call by call. */
  readonly asked: readonly (readonly string[])[];
}

/**
 * Allows what is listed, to everybody who is signed in, and denies everything else:
 *
 *     allowOnly(['track:42#can_edit', 'platform:main#can_publish'])
 */
export function allowOnly(allowed: readonly string[]): TestingClient {
  for (const text of allowed) {
    if (!/^[^:#]+:[^:#]+#[^:#]+$/.test(text)) {
      throw new TypeError(`"${text}" is not of the form "track:42#can_edit".`);
    }
  }
  const known = new Set(allowed);
  return answering((check) => ({ kind: known.has(textOf(check)) ? 'allowed' : 'denied' }));
}

/** Postern cannot be reached: nothing is decided. */
export function unavailable(): TestingClient {
  return answering(() => ({ kind: 'undecided', reason: 'is unavailable in this test' }));
}

/** Postern takes nobody's token for valid. */
export function anonymous(): TestingClient {
  return answering(() => ({ kind: 'unauthenticated' }));
}

function answering(decide: (check: PermissionCheck) => Decision): TestingClient {
  const asked: (readonly string[])[] = [];
  return {
    asked,
    decide: async (checks, authorization) => {
      asked.push(checks.map(textOf));
      return checks.map((check) => (authorization === undefined ? { kind: 'unauthenticated' } : decide(check)));
    },
  };
}

function textOf({ permission, object }: PermissionCheck): string {
  return `${object}#${permission}`;
}
