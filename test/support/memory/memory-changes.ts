import type { RelationshipChange, RevisionPage } from '../../../src/store/revision-page.ts';
import type { MemoryChange } from './memory-state.ts';

/** The revisions after one: about `rows` changes, and none in parts. */
export function pageOfRevisions(all: readonly MemoryChange[], after: number, rows: number): RevisionPage {
  const later = all.filter(({ revision }) => revision > after);
  const last = later.slice(0, rows).at(-1)?.revision ?? after;
  const found = later.filter(({ revision }) => revision <= last);
  const revisions = [...Map.groupBy(found, ({ revision }) => revision)].map(([revision, changes]) => {
    const activated = changes.findLast((change) => change.operation === 'model');
    const activatedModel = activated?.operation === 'model' ? activated.model : undefined;
    return { revision, changes: changes.flatMap(changeOf), activatedModel };
  });
  return { revisions, hasMore: found.length >= rows, removedTo: 0 };
}

/** Of a relationship that was deleted, only the key is certain. */
function changeOf(change: MemoryChange): readonly RelationshipChange[] {
  if (change.operation === 'model') return [];
  const { operation, node } = change;
  const { object, relation, subject, condition, startsAt, expiresAt } = change.relationship;
  const unsaid = { condition: undefined, startsAt: undefined, expiresAt: undefined };
  const said = operation === 'write' ? { condition, startsAt, expiresAt } : unsaid;
  return [{ operation, node, relationship: { object, relation, subject, ...said } }];
}
