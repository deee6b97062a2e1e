import { ok, type Result } from '../../base/result.ts';
import type { ConsistencyToken } from '../../model/consistency-token.ts';
import type { Actor } from '../actor.ts';
import { authorizeRead, objectsToAuthorize } from '../authorize.ts';
import type { Postern } from '../postern.ts';
import type { Refusal } from '../refusal.ts';
import { findStartOfFeed, followRevisions, type RevisionEvent, type RevisionFeed } from './follow-revisions.ts';

/** Where a watch starts: after the token's revision, or after the present one. Needs `can_read_relationships`. */
export function findStartOfChanges(
  postern: Postern,
  actor: Actor,
  after: ConsistencyToken | undefined,
): Promise<Result<ConsistencyToken, Refusal>> {
  return findStartOfFeed(postern, actor, feedOf(postern, actor), after);
}

/** Every revision after `start`: see `followRevisions`. */
export function watchRelationshipChanges(
  postern: Postern,
  actor: Actor,
  start: ConsistencyToken,
  signal: AbortSignal,
): AsyncGenerator<Result<RevisionEvent, Refusal>, void, undefined> {
  return followRevisions(postern, actor, feedOf(postern, actor), start, signal);
}

function feedOf({ platform }: Postern, actor: Actor): RevisionFeed {
  return {
    what: 'Watching relationships',
    objects: objectsToAuthorize(actor, platform),
    entitle: (snapshot, audited) => authorizeRead(snapshot, audited, 'can_read_relationships', platform),
    narrow: async (_snapshot, revisions) => ok(revisions),
  };
}
