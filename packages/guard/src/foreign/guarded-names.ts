import { type DocumentNode, visit } from 'graphql';
import { isElsewhere } from '../rules/foreign-problem.ts';
import { takersOf } from '../rules/takers.ts';
import { isOnInput, ownerOf, type ReadGuards, type WrittenGuard } from '../rules/written-guard.ts';

/** Names of fields of which some type has a guard, or that can be given what has one; more names than needed do no harm. */
export function guardedNames({ guards, inputs }: ReadGuards): ReadonlySet<string> {
  const ofFields = guards.flatMap(({ type, field }) => (field === undefined ? [...type.fields.keys()] : [field.name]));
  const ofInputs = inputs.flatMap((guard) => takersOf(guard).map(({ field }) => field.name));
  return new Set([...ofFields, ...ofInputs]);
}

/** What guards look at in objects of a type, and the field that has to be asked for to make them look; all, without one. */
export interface NeededPath {
  readonly path: readonly string[];
  readonly for: string | undefined;
}

/** By the type of the objects. */
export function neededPaths({ guards, inputs }: ReadGuards): ReadonlyMap<string, readonly NeededPath[]> {
  const found = new Map<string, readonly NeededPath[]>();
  for (const guard of [...guards, ...inputs]) {
    const needed = neededPath(guard);
    if (needed === undefined) continue;
    const { owner, path } = needed;
    found.set(owner, [...(found.get(owner) ?? []), { path, for: guard.field?.name }]);
  }
  return found;
}

function neededPath(guard: WrittenGuard) {
  const owner = ownerOf(guard);
  const isOfObject = owner?.kind === 'object' && !owner.isRoot;
  if (!isOfObject || guard.object?.kind !== 'this' || (isOnInput(guard) && guard.argument === undefined)) return;
  const { path } = guard.object;
  return isElsewhere(guard.subgraph, owner.name, path) ? undefined : { owner: owner.name, path };
}

/** The names of the fields that a document asks for. */
export function fieldNames(document: DocumentNode): ReadonlySet<string> {
  const names = new Set<string>();
  visit(document, {
    Field: ({ name }) => {
      names.add(name.value);
    },
  });
  return names;
}
