import { isKeyField } from './field-set.ts';
import { isMutation } from './mutation-types.ts';
import { isExternalField, namedType, type Subgraph } from './subgraph.ts';
import { takersOf } from './takers.ts';
import { isOnInput, ownerOf, type WrittenGuard } from './written-guard.ts';

/**
 * Why a guard cannot be asked around a subgraph whose server runs none, as the end of a sentence. What it is on is withheld there from
 * everybody, with `AUTHORIZATION_UNAVAILABLE`.
 */
export function foreignProblem(guard: WrittenGuard): string | undefined {
  if (answeringTypes(guard).has('Subscription')) {
    return 'the events of a subscription do not pass by Postern; let a server with the guard package resolve it.';
  }
  if (guard.object?.kind !== 'this' || (isOnInput(guard) && guard.argument === undefined)) return undefined;
  const { subgraph, type, field, object } = guard;
  if (isMutation(subgraph, type, field)) {
    return 'nothing is known of "$this" before a mutation runs; point to an argument with "$args".';
  }
  const owner = ownerOf(guard);
  if (owner === undefined || !isElsewhere(subgraph, owner.name, object.path)) return undefined;
  return `another subgraph has "${object.path.join('.')}", so this one cannot be asked for it; point to the @key, or to a field of its own.`;
}

function answeringTypes(guard: WrittenGuard): ReadonlySet<string> {
  if (isOnInput(guard)) return new Set(takersOf(guard).map(({ type }) => type.name));
  return new Set([guard.type.name]);
}

/** What another subgraph resolves nobody can ask this one for; but for keys, which whoever resolves an object knows. */
export function isElsewhere(subgraph: Subgraph, type: string, path: readonly string[]): boolean {
  let owner = subgraph.types.get(type);
  return path.some((name) => {
    const field = owner?.fields.get(name);
    const isForeign =
      field === undefined || (isExternalField(subgraph, field) && !isKeyField(subgraph, owner?.name ?? '', name));
    owner = field === undefined ? undefined : subgraph.types.get(namedType(field.type));
    return isForeign;
  });
}
