import { ok, type Result } from '../base/result.ts';
import type { RelationshipCursor, RelationshipFilter, RelationshipPage } from '../store/read-relationships.ts';
import type { Actor } from './actor.ts';
import { authorizeRead, objectsToAuthorize } from './authorize.ts';
import type { Postern } from './postern.ts';
import { readAs } from './read-as.ts';
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
  const request = { what: 'Listing relationships', attempt: { action: 'readRelationships', wanted: [] } };
  return readAs(postern, actor, request, async (reading) => {
    const authorized = await store.reader.withSnapshot(objectsToAuthorize(actor, platform), (snapshot) =>
      authorizeRead(snapshot, reading, 'can_read_relationships', platform),
    );
    return authorized.ok ? ok(await store.readRelationships(filter, first, after)) : authorized;
  });
}
