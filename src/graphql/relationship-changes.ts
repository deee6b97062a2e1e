import type { RevisionEvent } from '../operations/live/follow-revisions.ts';
import { recordOf } from '../operations/relationship-record.ts';
import { eventValue, type LiveEvent } from './live-events.ts';

const operationNames = { write: 'WRITE', delete: 'DELETE' } as const;

/** What a feed of revisions says of one. */
export function relationshipChangesOf(event: LiveEvent<RevisionEvent>) {
  const { token, changes, activatedModel } = eventValue(event);
  return {
    consistencyToken: token,
    changes: changes.map(({ operation, relationship }) => ({
      operation: operationNames[operation],
      relationship: recordOf(relationship),
    })),
    activatedModel: activatedModel === undefined ? null : String(activatedModel),
  };
}
