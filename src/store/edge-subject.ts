import type { EdgeSubject } from '../engine/ports.ts';
import { packSubject, unpackSubject } from './packed-subject.ts';
import type { Terms } from './terms.ts';

/** The subject of a stored edge; undefined when it has a name that the model never had, and so cannot matter to it. */
export function edgeSubjectOf(
  row: { readonly subject: number; readonly subject_type: number },
  terms: Terms,
): EdgeSubject | undefined {
  const packed = unpackSubject(row.subject);
  const type = terms.type.nameOf(row.subject_type);
  if (type === undefined) return undefined;
  if (packed.kind === 'wildcard') return { kind: 'wildcard', type };
  if (packed.kind === 'object') return { kind: 'object', type, node: packed.object };
  const relation = terms.relation.nameOf(packed.relation);
  return relation === undefined ? undefined : { kind: 'set', type, node: packed.object, relation };
}

/** The number that a stored edge has for a subject; undefined for one that cannot be stored. */
export function packEdgeSubject(subject: EdgeSubject, terms: Terms): number | undefined {
  if (subject.kind === 'wildcard') return terms.type.numberOf(subject.type);
  if (subject.node < 0 || subject.kind === 'object') return subject.node < 0 ? undefined : subject.node;
  const relation = terms.relation.numberOf(subject.relation);
  return relation === undefined ? undefined : packSubject({ kind: 'set', object: subject.node, relation });
}
