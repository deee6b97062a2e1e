import { invariant } from '../base/invariant.ts';
import { quote } from '../base/text-problem.ts';
import type { ModelFlaw } from './document-problems.ts';
import type { Model, Relation, RelationGraph, TypeDefinition } from './model.ts';

/**
 * Relations that are computed from themselves on the same object, whatever stands beside it: `define a: [user] or b` with
 * `define b: [user] or a` (OpenFGA refuses them, too). The circle adds nothing, or through "but not" has no meaning.
 * Circles through other objects (`viewer from parent`, `[team#member]`) are what models are for.
 *
 * One problem for each circle that is found; where circles share relations, the next one is found when this one is mended.
 */
export function circleProblems(model: Model): readonly ModelFlaw[] {
  return [...model.types.values()].flatMap((type) => circlesOf(model, type));
}

function circlesOf(model: Model, type: TypeDefinition): readonly ModelFlaw[] {
  const next = nextOnCircles(model, type);
  const done = new Set<Relation>();
  const flaws: ModelFlaw[] = [];
  for (const start of next.keys()) {
    const path: Relation[] = [];
    let at: Relation | undefined = start;
    for (; at !== undefined && !done.has(at); at = next.get(at)) {
      done.add(at);
      path.push(at);
    }
    const begin = at === undefined ? -1 : path.indexOf(at);
    if (begin >= 0) flaws.push(flawOf(path.slice(begin)));
  }
  return flaws;
}

/** Of each relation from which a circle is reached, one that it is computed from and from which one is reached as well. */
function nextOnCircles({ graph }: Model, type: TypeDefinition): ReadonlyMap<Relation, Relation> {
  const uses = new Map([...type.relations.values()].map((relation) => [relation, usedBy(graph, relation)]));
  const users = new Map<Relation, Relation[]>([...uses.keys()].map((relation) => [relation, []]));
  for (const [relation, used] of uses) for (const one of used) users.get(one)?.push(relation);
  const left = new Map([...uses].map(([relation, used]) => [relation, used.size]));
  // What is computed from nothing, or only from what ends as well, ends.
  const ended = [...uses.keys()].filter((relation) => left.get(relation) === 0);
  const isEnded = new Set(ended);
  for (const relation of ended) {
    for (const user of users.get(relation) ?? []) {
      const remaining = (left.get(user) ?? 0) - 1;
      left.set(user, remaining);
      if (remaining > 0) continue;
      isEnded.add(user);
      ended.push(user);
    }
  }
  return new Map(
    [...uses].flatMap(([relation, used]) => {
      const onward = [...used].find((one) => !isEnded.has(one));
      return isEnded.has(relation) || onward === undefined ? [] : [[relation, onward] as const];
    }),
  );
}

function usedBy(graph: RelationGraph, relation: Relation): ReadonlySet<Relation> {
  return new Set(graph.into(relation).flatMap(({ kind, from }) => (kind === 'computed' ? [from] : [])));
}

/** Names on the path round that a message shows. */
const maxShown = 8;

function flawOf(circle: readonly Relation[]): ModelFlaw {
  const [first] = circle;
  invariant(first !== undefined, 'a circle has relations');
  const { type, name } = first;
  const names = circle.slice(0, maxShown).map((relation) => relation.name);
  const more = circle.length > maxShown ? [`… (${circle.length - maxShown} more)`] : [];
  const path = [...names, ...more, name].join(' -> ');
  const message = `The relation ${quote(name)} of the type ${quote(type)} is computed from itself: ${path}.`;
  return { spot: { kind: 'relation', type, relation: name }, message };
}
