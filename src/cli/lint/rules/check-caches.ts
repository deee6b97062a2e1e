import { type ConstDirectiveNode, Kind } from 'graphql';
import { argument, coordinateOf, type GraphType, guardedFields, namedType } from '#guard/rules';
import { type Finding, finding, locationOf } from '../finding.ts';
import type { Graph } from '../graph.ts';
import type { Guard } from '../guard.ts';
import type { Subgraph } from '../subgraph.ts';

/** What is for one caller must not be said to be for everybody: hints for caches on what guards guard, and above it. */
export function checkCaches(graph: Graph): readonly Finding[] {
  return graph.guards.flatMap((guard) => [...onGuarded(guard), ...aboveGuarded(guard)]);
}

function onGuarded(guard: Guard): readonly Finding[] {
  const { subgraph, type, field } = guard;
  const written = [
    ...(field === undefined ? type.directives : []),
    ...guardedFields(guard).flatMap((one) => one.directives),
  ];
  return written.filter(isPublic).map((node) => {
    const message = `"${coordinateOf(guard)}" is guarded and said to be for everybody's cache; write @cacheControl(scope: PRIVATE), or take it away.`;
    return finding('public-guarded-field', locationOf(subgraph.file, node), message);
  });
}

/** The type of a guarded field, what it returns, what they are when they are asked for as something else, and the fields that lead there. */
function aboveGuarded(guard: Guard): readonly Finding[] {
  const { subgraph, type, field } = guard;
  const returned = field && subgraph.types.get(namedType(field.type));
  const names = new Set([type, ...abstractTypesOf(subgraph, type)].map(({ name }) => name));
  const types = [...subgraph.types.values()];
  const leading = types.flatMap((owner) => [...owner.fields.values()]).filter((one) => names.has(namedType(one.type)));
  const holding = types.filter((one) => names.has(one.name) && (one !== type || field !== undefined));
  const above = [...holding, ...(returned && !names.has(returned.name) ? [returned] : []), ...leading];
  const guarded = guardedFields(guard);
  const own = new Set(guarded.flatMap(({ directives }) => directives));
  return above
    .flatMap(({ directives }) => directives)
    .filter((node) => isPublic(node) && !own.has(node))
    .map((node) => {
      const message = `This is said to be for everybody's cache, and has "${coordinateOf(guard)}" in it, which is guarded: other caches than Apollo Server's would keep it; write scope: PRIVATE.`;
      return finding('public-above-guard', locationOf(subgraph.file, node), message);
    });
}

function abstractTypesOf({ types }: Subgraph, { name, interfaces }: GraphType): readonly GraphType[] {
  return [...types.values()].filter((one) => interfaces.has(one.name) || one.members.includes(name));
}

/** Nothing is cached for no time, and what has no time of its own has its parent's. */
function isPublic(node: ConstDirectiveNode): boolean {
  if (node.name.value !== 'cacheControl') return false;
  const [scope, maxAge] = [argument(node, 'scope'), argument(node, 'maxAge')];
  if (scope?.kind === Kind.ENUM) return scope.value !== 'PRIVATE' && !isZero(maxAge);
  return maxAge !== undefined && maxAge.kind !== Kind.NULL && !isZero(maxAge);
}

function isZero(value: ReturnType<typeof argument>): boolean {
  return value?.kind === Kind.INT && Number(value.value) === 0;
}
