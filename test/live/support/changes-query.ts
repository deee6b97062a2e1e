import { eventOf, type LiveStream } from '../../support/live-client.ts';

export const changesQuery = `subscription ($after: ConsistencyToken) {
  relationshipChanges(after: $after) {
    consistencyToken
    changes { operation relationship { object relation subject condition { name context } startsAt expiresAt } }
    activatedModel
  }
}`;

export interface ChangesEvent {
  readonly consistencyToken: string;
  readonly changes: readonly {
    readonly operation: 'WRITE' | 'DELETE';
    readonly relationship: { readonly object: string; readonly relation: string; readonly subject: string };
  }[];
  readonly activatedModel: string | null;
}

export async function changesFrom(stream: LiveStream): Promise<ChangesEvent> {
  return (await eventOf<{ readonly relationshipChanges: ChangesEvent }>(stream)).relationshipChanges;
}
