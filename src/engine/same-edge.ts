import type { Edge } from './ports.ts';

/** Whether both are the relationship of one object, relation and subject: the store keeps no second one. */
export function isSameEdge(left: Edge, right: Edge): boolean {
  if (left.object !== right.object || left.relation !== right.relation) return false;
  const [one, other] = [left.subject, right.subject];
  if (one.type !== other.type) return false;
  if (one.kind === 'wildcard' || other.kind === 'wildcard') return one.kind === other.kind;
  if (one.node !== other.node || one.kind !== other.kind) return false;
  return one.kind !== 'set' || other.kind !== 'set' || one.relation === other.relation;
}
