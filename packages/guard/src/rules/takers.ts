import { Kind } from 'graphql';
import { type Field, type GraphType, namedType, type Subgraph } from './subgraph.ts';
import type { WrittenGuard } from './written-guard.ts';

/** A field of an object type, and the type that has it. */
export interface Taker {
  readonly type: GraphType;
  readonly field: Field;
}

/** The fields that callers can give to what an input guard is on: by an argument, or by something in it. */
export function takersOf({ subgraph, type, field, argument }: WrittenGuard): readonly Taker[] {
  if (argument !== undefined && field !== undefined) return [{ type, field }];
  return [...subgraph.types.values()]
    .filter(({ kind }) => kind === 'object')
    .flatMap((owner) => [...owner.fields.values()].map((one) => ({ type: owner, field: one })))
    .filter((taker) =>
      [...taker.field.arguments.values()].some((arg) => inputsIn(subgraph, namedType(arg.type)).has(type.name)),
    );
}

/** The directives that an operation can have and that take what an input guard is on, where no guard looks. */
export function directivesTaking({ subgraph, type, argument }: WrittenGuard): readonly string[] {
  if (argument !== undefined) return [];
  return subgraph.document.definitions.flatMap((node) => {
    if (node.kind !== Kind.DIRECTIVE_DEFINITION || !node.locations.some(({ value }) => executable.has(value)))
      return [];
    const takes = node.arguments?.some((arg) => inputsIn(subgraph, namedType(arg.type)).has(type.name));
    return takes === true ? [node.name.value] : [];
  });
}

const executable: ReadonlySet<string> = new Set([
  'QUERY',
  'MUTATION',
  'SUBSCRIPTION',
  'FIELD',
  'FRAGMENT_DEFINITION',
  'FRAGMENT_SPREAD',
  'INLINE_FRAGMENT',
  'VARIABLE_DEFINITION',
]);

const known = new WeakMap<Subgraph, Map<string, ReadonlySet<string>>>();

/** A type that is given, and every type that can be given in it. */
export function inputsIn(subgraph: Subgraph, name: string): ReadonlySet<string> {
  const ofSubgraph = known.get(subgraph) ?? new Map<string, ReadonlySet<string>>();
  known.set(subgraph, ofSubgraph);
  const before = ofSubgraph.get(name);
  if (before !== undefined) return before;
  const found = new Set([name]);
  for (const one of found) {
    const type = subgraph.types.get(one);
    if (type?.kind === 'input') for (const field of type.fields.values()) found.add(namedType(field.type));
  }
  ofSubgraph.set(name, found);
  return found;
}
