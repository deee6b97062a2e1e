import { ok, type Result } from '../base/result.ts';
import type { RelationshipCursor, RelationshipFilter, RelationshipPage } from '../store/read-relationships.ts';
import type { Actor } from './actor.ts';
import { authorize, objectsToAuthorize } from './authorize.ts';
import { orUnavailable } from './or-unavailable.ts';
import type { Postern } from './postern.ts';
import { orRecordDenied } from './record-denied.ts';
import type { Refusal } from './refusal.ts';

/** Stored relationships page by page, for an actor with `can_read_relationships`. */
export async function listRelationships(
  postern: Postern,
  actor: Actor,
  filter: RelationshipFilter,
  first: number,
  after: RelationshipCursor | undefined,
): Promise<Result<RelationshipPage, Refusal>> {
  const { store, platform } = postern;
  return orUnavailable(postern, 'Listing relationships', async () => {
    const entitled = store.reader.withSnapshot(objectsToAuthorize(actor, platform), (snapshot) =>
      authorize(snapshot, actor, 'can_read_relationships', platform),
    );
    const authorized = await orRecordDenied(postern, actor, { action: 'readRelationships', wanted: [] }, entitled);
    return authorized.ok ? ok(await store.readRelationships(filter, first, after)) : authorized;
  });
}
