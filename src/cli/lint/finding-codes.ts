export type Severity = 'error' | 'warning';

interface CodeEntry {
  readonly severity: Severity;
  /** What it means, as the documentation says it. */
  readonly meaning: string;
}

const error = (meaning: string): CodeEntry => ({ severity: 'error', meaning });
const warning = (meaning: string): CodeEntry => ({ severity: 'warning', meaning });

/** Every code that `postern lint` can report; they stay, so that a build may rely on them. */
export const findingCodes = {
  'unreadable-sdl': error('The SDL is no GraphQL.'),
  'not-composable': error('The subgraphs do not compose; the composer says why.'),
  'not-composed': warning(
    'The composer does not know the linked version of federation (it ends at v2.9): use `--supergraph`.',
  ),
  'missing-link': error('The directive is used without `@link` to its specification: composition drops the guards.'),
  'missing-import': error('`@link` does not import `@requiresPermission`, so it has another name.'),
  'missing-compose-directive': error('`@composeDirective` is missing: composition drops the guards and says nothing.'),
  'renamed-directive': error('The directive is imported under another name, by which no guard finds it.'),
  'wrong-version': error('`@link` names a major version of the specification that this release does not know.'),
  'undefined-directive': error('The directive is used, and its definition is not in the SDL.'),
  'different-definition': error('The definition of the directive or its scalars is not the one that ships.'),
  'lost-in-composition': error('A guard of a subgraph is not in the schema that composition makes.'),
  'malformed-directive': error('An argument is unknown or missing, no string, or a template that cannot be read.'),
  'guard-on-abstract-type': error(
    'A guard on an interface, a union, a field of an interface, or an `@interfaceObject`.',
  ),
  'guard-on-root-type': error('A guard on `Query`, `Mutation` or `Subscription` as a whole: other subgraphs share it.'),
  'misplaced-guard': error(
    'A guard where none can be, such as on a scalar; or on what is given to a directive of operations, or by `@fromContext`.',
  ),
  'unknown-type': error('The model has no such type.'),
  'unknown-permission': error('The model has no such permission.'),
  'permission-of-another-type': error('The permission exists, and not on the type of the object.'),
  'not-a-permission': warning('The guard asks for a relation that is no permission (`can_*`).'),
  'missing-object': error('`object` is left out where there is no entity that it could be.'),
  'unknown-pointer': error('`$args` or `$this` points to an argument or a field that does not exist.'),
  'unusable-pointer': error('`$args` or `$this` points to no `ID`, `String` or `Int`, nor to a list of them.'),
  'args-on-type': error('`$args` in a guard of a whole type, whose fields have arguments of their own.'),
  'this-on-root': error('`$this` on a root field, or a value of an enum, which has no parent.'),
  'this-not-available': error('`$this` points to an `@external` field that the gateway does not send along.'),
  'guarded-key': error('A field of a `@key` has a guard: the gateway could no longer join the entity.'),
  'unequal-implementations': error(
    'A field of an interface, or an argument of it, is guarded on one implementation and not on another.',
  ),
  'unguarded-in-subgraph': error(
    'A field, or what is given to one, is guarded in one subgraph, and another one resolves it without that guard.',
  ),
  'type-guarded-elsewhere': error('A type is guarded in one subgraph, and another one adds fields without that guard.'),
  'requires-guarded-field': error('`@requires` reads a guarded field for a field that lacks the guard.'),
  'context-of-guarded-field': error('`@fromContext` reads a guarded field for a field that lacks the guard.'),
  'null-on-non-null': error('`onDeny: "NULL"` on a field that cannot be null.'),
  'filter-on-non-list': error('`onDeny: "FILTER"` on a field that is no plain list, or on what callers give.'),
  'filter-on-mutation': error('`onDeny: "FILTER"` on a mutation or subscription, which would have run already.'),
  'filter-of-other-object': error('`onDeny: "FILTER"` with an object that is not the item of the list.'),
  'error-on-non-null': warning('A guarded field cannot be null: a denial takes its parent away, too.'),
  'guard-on-connector': error(
    'A guard in a subgraph with `@connect`: the router fetches its fields, and runs no guard.',
  ),
  'guard-not-in-javascript': error('With `--not-javascript`: a guard in a subgraph whose server runs no guard.'),
  'guard-not-covered': error(
    'With `--foreign`: a guard that cannot be asked around its subgraph; what it is on is withheld from everybody.',
  ),
  'router-not-told': error(
    'With `--router`: the router is not told what it has to ask the coprocessor, so it is refused or guards nothing.',
  ),
  'public-guarded-field': error('`@cacheControl` without `scope: PRIVATE` on a guarded field or type.'),
  'public-above-guard': warning(
    '`@cacheControl` without `scope: PRIVATE` on what leads to a guarded field, or is of its type.',
  ),
  'missing-in-supergraph': error('With `--supergraph`: a guard of a subgraph is not in the supergraph.'),
  'missing-in-subgraphs': error('With `--supergraph`: a guard of the supergraph is in no subgraph.'),
  'unguarded-input': warning(
    'With `--require-guards inputs`: an argument, a field of an input or a value of an enum has the name of a guarded field of what is returned, and no guard.',
  ),
  'unguarded-mutation': error(
    'With `--require-guards mutations`: a mutation without a guard, at the root or in a namespace.',
  ),
} as const satisfies Readonly<Record<string, CodeEntry>>;

export type FindingCode = keyof typeof findingCodes;
