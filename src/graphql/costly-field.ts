import { type GraphQLObjectType, getNamedType, isListType, isNonNullType, isObjectType } from 'graphql';
import { entityListPrice, entityPermissionPrice, type FieldPrice, fieldPrices } from './field-price.ts';

/** What of a field has to do with its cost. */
export interface CostlyField {
  readonly price: FieldPrice | undefined;
  /** What it is an object, or a list of objects, of. */
  readonly type: GraphQLObjectType | undefined;
  readonly isList: boolean;
}

/** A type is of one schema only, so what is known of its fields is never that of another. */
const costlyFields = new WeakMap<GraphQLObjectType, Map<string, CostlyField>>();

/** Undefined for a name that the type does not have. */
export function costlyFieldOf(parent: GraphQLObjectType, name: string): CostlyField | undefined {
  const known = costlyFields.get(parent) ?? new Map<string, CostlyField>();
  costlyFields.set(parent, known);
  const field = known.get(name) ?? readCostlyField(parent, name);
  // Names that it does not have are without number.
  if (field !== undefined) known.set(name, field);
  return field;
}

function readCostlyField(parent: GraphQLObjectType, name: string): CostlyField | undefined {
  const fields = parent.getFields();
  const field = Object.hasOwn(fields, name) ? fields[name] : undefined;
  if (field === undefined) return undefined;
  const type = getNamedType(field.type);
  const isList = isListType(isNonNullType(field.type) ? field.type.ofType : field.type);
  return { price: priceOf(parent, name), type: isObjectType(type) ? type : undefined, isList };
}

function priceOf(parent: GraphQLObjectType, field: string): FieldPrice | undefined {
  const known = fieldPrices.get(`${parent.name}.${field}`);
  if (known !== undefined) return known;
  if (parent.name === 'Viewer' && field !== 'subject' && !field.startsWith('__')) return entityListPrice;
  return isEntityPermissions(parent) ? entityPermissionPrice : undefined;
}

/** The types of the model's entities are the only ones that are named so; see `printEntityTypes`. */
function isEntityPermissions({ name }: GraphQLObjectType): boolean {
  return name.endsWith('Permissions') && name !== 'ObjectPermissions';
}
