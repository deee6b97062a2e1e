import {
  type GraphQLField,
  type GraphQLIsTypeOfFn,
  type GraphQLObjectType,
  GraphQLSchema,
  isObjectType,
} from 'graphql';
import { type FieldGuard, holdField } from './hold-field.ts';

/** What is held in a schema. */
export interface HeldField {
  readonly type: GraphQLObjectType;
  readonly field: GraphQLField<unknown, unknown>;
  readonly guard: FieldGuard;
}

/** Guards for what is new in a copy: fields that were added to a guarded type, or with guards of their own. */
export type FindNew = (copy: GraphQLSchema) => readonly HeldField[];

type Enter = (schema: GraphQLSchema) => void;

/** By a function that the root types of a guarded schema have, and with them those of its copies. */
const enterOf = new WeakMap<GraphQLIsTypeOfFn<unknown, unknown>, Enter>();

/**
 * Puts the guards into every copy of a schema before it is used. Tools that transform a schema make a new one of it, with the
 * guards where they kept the resolvers, and without them where they put in others. A schema that only passes operations on to
 * the guarded one (`wrapSchema`, stitching) is no copy: the operation meets the guards there.
 */
export function holdCopies(schema: GraphQLSchema, held: readonly HeldField[], findNew: FindNew): void {
  const known = new WeakSet<GraphQLSchema>([schema]);
  const enter = (used: GraphQLSchema) => {
    if (known.has(used)) return;
    holdAll(used, held);
    // Before the search for more, which looks at the root types as everybody does; and not, should it fail.
    known.add(used);
    try {
      for (const { type, field, guard } of findNew(used)) holdField(type, field.name, guard, 'first');
    } catch (error) {
      known.delete(used);
      throw error;
    }
  };
  const roots = [schema.getQueryType(), schema.getMutationType(), schema.getSubscriptionType()];
  for (const type of roots) if (type) mark(type, enter);
  tellOfUse();
}

function holdAll(schema: GraphQLSchema, held: readonly HeldField[]): void {
  const byNode = new Map(held.flatMap(({ field, guard }) => (field.astNode ? [[field.astNode, guard] as const] : [])));
  const byName = new Map(held.map(({ type, field, guard }) => [`${type.name}.${field.name}`, guard]));
  for (const type of Object.values(schema.getTypeMap()).filter(isObjectType)) {
    for (const [name, { astNode }] of Object.entries(type.getFields())) {
      // Types and fields can have other names in a copy; what they were made of is the same.
      const guard = (astNode && byNode.get(astNode)) ?? byName.get(`${type.name}.${name}`);
      if (guard !== undefined) holdField(type, name, guard, 'later');
    }
  }
}

/** Copies keep `isTypeOf`, which is asked of no root type; where it would be, to find the type of an interface, it stays as it is. */
function mark(type: GraphQLObjectType, enter: Enter): void {
  const own = type.isTypeOf;
  const isAsked = type.getInterfaces().some(({ resolveType }) => typeof resolveType !== 'function');
  if (!own && isAsked) return;
  type.isTypeOf = own ? (value, context, info) => own(value, context, info) : () => true;
  enterOf.set(type.isTypeOf, enter);
}

const rootTypes = ['getQueryType', 'getMutationType', 'getSubscriptionType'] as const;
let isTold = false;

/** Whoever validates or executes an operation asks the schema for the root type first: there is no other place that all of them pass. */
function tellOfUse(): void {
  if (isTold) return;
  isTold = true;
  for (const name of rootTypes) {
    const original = GraphQLSchema.prototype[name];
    GraphQLSchema.prototype[name] = function rootType(this: GraphQLSchema) {
      const type = original.call(this);
      if (type?.isTypeOf) enterOf.get(type.isTypeOf)?.(this);
      return type;
    };
  }
}
