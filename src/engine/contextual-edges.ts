import { assertNever } from '../base/assert-never.ts';
import type { Relationship } from '../model/relationship.ts';
import type { SubjectRef } from '../model/subject-ref.ts';
import { EdgeTable } from './edge-table.ts';
import type { NodeTable } from './node-table.ts';
import type { ContextualRelationships, Edge, EdgeSubject } from './ports.ts';

/** The edges of the relationships that came with the question, without those that have expired. */
export function makeContextualEdges(relationships: ContextualRelationships, nodes: NodeTable, now: Date): EdgeTable {
  const table = new EdgeTable();
  for (const relationship of relationships) {
    if (relationship.expiresAt === undefined || relationship.expiresAt > now) table.add(edgeOf(relationship, nodes));
  }
  return table;
}

export function edgeOf({ object, relation, subject, condition }: Relationship, nodes: NodeTable): Edge {
  return {
    object: nodes.nodeOf(object),
    relation,
    subject: edgeSubject(subject, nodes),
    condition,
    isContextual: true,
  };
}

function edgeSubject(subject: SubjectRef, nodes: NodeTable): EdgeSubject {
  switch (subject.kind) {
    case 'wildcard':
      return { kind: 'wildcard', type: subject.type };
    case 'object':
      return { kind: 'object', type: subject.object.type, node: nodes.nodeOf(subject.object) };
    case 'set': {
      const { object, relation } = subject;
      return { kind: 'set', type: object.type, node: nodes.nodeOf(object), relation };
    }
    default:
      return assertNever(subject);
  }
}
