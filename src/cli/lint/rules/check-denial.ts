import { Kind } from 'graphql';
import { type Finding, finding, placeOf } from '../finding.ts';
import type { Graph } from '../graph.ts';
import { coordinateOf, type Guard } from '../guard.ts';
import { type GraphType, isListType, namedType } from '../subgraph.ts';
import { guardedFields } from './check-pointer.ts';

/** Whether a denial can do what `onDeny` says. */
export function checkDenials({ guards }: Graph): readonly Finding[] {
  return guards.flatMap((guard) => {
    if (guard.requirement.onDeny === 'FILTER') return checkFilter(guard);
    return checkNullable(guard);
  });
}

function checkNullable(guard: Guard): readonly Finding[] {
  const { subgraph, requirement, type } = guard;
  const nonNull = guardedFields(guard).filter((field) => field.type.kind === Kind.NON_NULL_TYPE);
  const [first] = nonNull;
  if (first === undefined) return [];
  const place = placeOf(subgraph.file, requirement.node);
  const others = nonNull.length > 1 ? ` and ${nonNull.length - 1} more` : '';
  const name = `"${type.name}.${first.name}"${others}`;
  if (requirement.onDeny === 'NULL') {
    return [finding('null-on-non-null', place, `${name} cannot be null; take the "!" away, or leave onDeny out.`)];
  }
  const lost = type.isRoot ? 'all that is asked with it' : `the whole "${type.name}"`;
  const message = `${name} cannot be null, so a denial takes ${lost} away; take the "!" away.`;
  return [finding('error-on-non-null', place, message)];
}

function checkFilter(guard: Guard): readonly Finding[] {
  const { subgraph, requirement, type, field } = guard;
  const place = placeOf(subgraph.file, requirement.node);
  const name = `"${coordinateOf(guard)}"`;
  if (type.name === 'Mutation' || type.name === 'Subscription') {
    const message = `${name} has run before anything could be filtered; leave onDeny out.`;
    return [finding('filter-on-mutation', place, message)];
  }
  const returned = field === undefined ? undefined : subgraph.types.get(namedType(field.type));
  if ([type, returned].some(isConnection)) {
    const message = `${name} is of a connection, whose pages and counts would tell what was filtered; list what may be seen with Postern's own lists, and leave onDeny out.`;
    return [finding('filter-on-non-list', place, message)];
  }
  if (field !== undefined && isListType(field.type) && returned?.kind === 'object') return [];
  return [finding('filter-on-non-list', place, `${name} is no list of one object type; leave onDeny out.`)];
}

function isConnection(type: GraphType | undefined): boolean {
  return type !== undefined && (type.name.endsWith('Connection') || type.fields.has('pageInfo'));
}
