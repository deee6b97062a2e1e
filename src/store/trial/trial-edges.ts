import { zip } from '../../base/zip.ts';
import type { Edge, EdgeSubject, NodeId } from '../../engine/ports.ts';
import type { Relationship } from '../../model/relationship.ts';
import type { SubjectRef } from '../../model/subject-ref.ts';
import type { TrialNodes } from './trial-nodes.ts';

/** The edges of relationships, in their order; objects that nothing has named before get nodes. */
export async function edgesOf(nodes: TrialNodes, relationships: readonly Relationship[]): Promise<readonly Edge[]> {
  const objects = await nodes.give(relationships.map(({ object }) => object));
  const named = relationships.flatMap(({ subject }) => (subject.kind === 'wildcard' ? [] : [subject.object]));
  const ends = (await nodes.give(named)).values();
  return zip(relationships, objects).map(([{ relation, subject, condition }, object]) => {
    return { object, relation, subject: endOf(subject, ends), condition };
  });
}

/** The end of an edge to the subject; its node is the next one. */
function endOf(subject: SubjectRef, nodes: Iterator<NodeId>): EdgeSubject {
  if (subject.kind === 'wildcard') return { kind: 'wildcard', type: subject.type };
  const { type } = subject.object;
  const node: NodeId = nodes.next().value;
  return subject.kind === 'object'
    ? { kind: 'object', type, node }
    : { kind: 'set', type, node, relation: subject.relation };
}
