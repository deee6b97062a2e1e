import type { GraphQLError, GraphQLFieldResolver } from 'graphql';
import { limits } from '../model/limits.ts';
import { findType, type Model } from '../model/model.ts';
import type { ObjectRef } from '../model/object-ref.ts';
import type { AccessEntityType } from './__generated__/resolver-types.ts';
import { assertCount } from './checked-arguments.ts';
import type { EntityBinding } from './entity-binding.ts';
import type { EntityParent } from './entity-parent.ts';
import { problemError } from './errors.ts';
import type { RequestContext } from './request-context.ts';

/** The SDL of the field that makes entities of objects, so that the subgraphs that own them say how they are called. */
export function printEntityReferences(bindings: readonly EntityBinding[]): string {
  if (bindings.length === 0) return '';
  return `
"An object of the authorization model that is an entity of the supergraph."
union AccessEntity = ${bindings.map(({ name }) => name).join(' | ')}

extend type Query {
  """
  The entities that objects are, in their order, at most 100; null for an object of a type that is none, and with an error for one of a
  type that the model lacks. It says nothing of whether there
  is such an object: what is selected of an entity, the subgraph that owns it answers, to whom it answers it.

  For everybody with a token. Errors: \`UNAUTHENTICATED\`, \`UNKNOWN_TYPE\`, \`BAD_USER_INPUT\`.
  """
  accessEntities("The objects." objects: [ObjectRef!]!): [AccessEntity]!
}
`;
}

/** The resolvers about entities as such, as fields of `Query`. */
export function entityReferenceResolvers(model: Model | undefined, bindings: readonly EntityBinding[]) {
  const names = new Map<string, string>(bindings.map(({ type, name }) => [type, name]));
  const accessEntities: GraphQLFieldResolver<unknown, RequestContext, { readonly objects: readonly ObjectRef[] }> = (
    _parent,
    { objects },
  ) => {
    assertCount(objects, limits.objectsPerField.most, 'objects');
    return objects.map(({ type, id }): EntityParent | GraphQLError | null => {
      const name = names.get(type);
      if (name !== undefined) return { __typename: name, id };
      const known = model && findType(model, type);
      return known?.ok === false ? problemError(known.problem) : null;
    });
  };
  const accessEntityTypes = (): readonly AccessEntityType[] =>
    bindings.map(({ type, name, key, label = null, permissions }) => {
      return { type, name, key, label, permissions: permissions.map(({ permission }) => permission) };
    });
  return { accessEntityTypes, ...(bindings.length > 0 && { accessEntities }) };
}
