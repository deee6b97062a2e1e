import { assertNever } from '../../base/assert-never.ts';
import { invariant } from '../../base/invariant.ts';
import { zip } from '../../base/zip.ts';
import { isLiveAt, type Relationship } from '../../model/relationship.ts';
import type { ContextualRelationships, Edge, EdgeSubject } from '../ports.ts';
import { EdgeTable } from './edge-table.ts';
import type { Ends, NodeTable } from './node-table.ts';

/** The edges of the relationships that came with the question, without those that have expired or not begun. */
export async function makeContextualEdges(
  relationships: ContextualRelationships,
  nodes: NodeTable,
  now: Date,
): Promise<EdgeTable> {
  const table = new EdgeTable();
  const live = relationships.filter((one) => isLiveAt(one, now));
  for (const edge of await edgesOf(live, nodes)) table.add(edge);
  return table;
}

/** The edges of relationships, in their order. */
export async function edgesOf(relationships: ContextualRelationships, nodes: NodeTable): Promise<readonly Edge[]> {
  const ends = await nodes.resolveEnds(relationships);
  return zip(relationships, ends).map(([relationship, ofOne]) => {
    const { relation, condition } = relationship;
    return { object: ofOne.object, relation, subject: edgeSubject(relationship, ofOne), condition, isContextual: true };
  });
}

function edgeSubject({ subject }: Relationship, { subject: node }: Ends): EdgeSubject {
  if (subject.kind === 'wildcard') return { kind: 'wildcard', type: subject.type };
  invariant(node !== undefined, 'only a wildcard has no node');
  switch (subject.kind) {
    case 'object':
      return { kind: 'object', type: subject.object.type, node };
    case 'set':
      return { kind: 'set', type: subject.object.type, node, relation: subject.relation };
    default:
      return assertNever(subject);
  }
}
