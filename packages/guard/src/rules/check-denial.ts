import { Kind } from 'graphql';
import { type GuardProblem, problem } from './guard-problem.ts';
import { isMutation } from './mutation-types.ts';
import { type GraphType, namedType } from './subgraph.ts';
import { coordinateOf, guardedFields, ownerOf, type WrittenGuard } from './written-guard.ts';

/** Whether a denial can do what `onDeny` says. */
export function checkDenial(guard: WrittenGuard): readonly GuardProblem[] {
  return guard.requirement.onDeny === 'FILTER' ? checkFilter(guard) : checkNullable(guard);
}

function checkNullable(guard: WrittenGuard): readonly GuardProblem[] {
  const { requirement, type } = guard;
  const nonNull = guardedFields(guard).filter((field) => field.type.kind === Kind.NON_NULL_TYPE);
  const [first] = nonNull;
  if (first === undefined) return [];
  const others = nonNull.length > 1 ? ` and ${nonNull.length - 1} more` : '';
  const name = `"${type.name}.${first.name}"${others}`;
  if (requirement.onDeny === 'NULL') {
    const message = `${name} cannot be null; take the "!" away, or leave onDeny out.`;
    return [problem('null-on-non-null', requirement.node, message)];
  }
  const lost = type.isRoot ? 'all that is asked with it' : `the whole "${type.name}"`;
  const message = `${name} cannot be null, so a denial takes ${lost} away; take the "!" away.`;
  return [problem('error-on-non-null', requirement.node, message)];
}

function checkFilter(guard: WrittenGuard): readonly GuardProblem[] {
  const { subgraph, type, field, requirement } = guard;
  const { node } = requirement;
  const name = `"${coordinateOf(guard)}"`;
  if (type.name === 'Subscription' || isMutation(subgraph, type, field)) {
    const message = `${name} has run before anything could be filtered; leave onDeny out.`;
    return [problem('filter-on-mutation', node, message)];
  }
  const returned = field === undefined ? undefined : subgraph.types.get(namedType(field.type));
  if ([type, returned].some(isConnection)) {
    const message = `${name} is of a connection, whose pages and counts would tell what was filtered; list what may be seen with Postern's own lists, and leave onDeny out.`;
    return [problem('filter-on-non-list', node, message)];
  }
  if (field !== undefined && ownerOf(guard) !== undefined) return [];
  const message = `${name} is no plain list of one object type, such as "[Track!]"; leave onDeny out.`;
  return [problem('filter-on-non-list', node, message)];
}

function isConnection(type: GraphType | undefined): boolean {
  return type?.kind === 'object' && (type.name.endsWith('Connection') || type.fields.has('pageInfo'));
}
