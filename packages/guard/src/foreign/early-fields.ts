import { type DocumentNode, Kind, type ObjectTypeDefinitionNode, type TypeNode, visit } from 'graphql';
import { directiveName, readRequiresPermission } from '../requires-permission.ts';
import { isMutation } from '../rules/mutation-types.ts';
import { makeSubgraph } from '../rules/subgraph.ts';
import { entitiesField } from './subgraph-of-supergraph.ts';

/** Fields whose guards are decided before anything is fetched: those at the root, and mutations wherever they are. */
export interface EarlyFields {
  has(type: string, field: string): boolean;
  /** Types below the root that have such fields: what mutations stand on. */
  readonly types: ReadonlySet<string>;
}

export function earlyFieldsOf(document: DocumentNode): EarlyFields {
  const subgraph = makeSubgraph(document);
  const found = new Map<string, ReadonlySet<string>>();
  for (const type of subgraph.types.values()) {
    if (type.kind !== 'object') continue;
    const early = [...type.fields.values()].filter(
      (field) => (type.isRoot && field.name !== entitiesField) || isMutation(subgraph, type, field),
    );
    if (early.length > 0) found.set(type.name, new Set(early.map(({ name }) => name)));
  }
  const types = new Set([...found.keys()].filter((name) => subgraph.types.get(name)?.isRoot === false));
  return { has: (type, field) => found.get(type)?.has(field) ?? false, types };
}

/** The schema for what comes back: what was decided before is not asked again, as a mutation may have changed what would be said. */
export function withoutEarlyGuards(document: DocumentNode, early: EarlyFields): DocumentNode {
  const ObjectTypeDefinition = (type: ObjectTypeDefinitionNode): ObjectTypeDefinitionNode => {
    const { name, fields = [], directives = [] } = type;
    const isAllEarly = fields.every((field) => early.has(name.value, field.name.value));
    return {
      ...type,
      directives: isAllEarly ? directives.filter((node) => node.name.value !== directiveName) : directives,
      fields: fields.map((field) => (early.has(name.value, field.name.value) ? withoutGuards(field) : field)),
    };
  };
  return visit(document, { ObjectTypeDefinition });
}

type FieldDefinition = NonNullable<ObjectTypeDefinitionNode['fields']>[number];

/** Without arguments, nothing is given to it that could be guarded. What filters its items needs the items. */
function withoutGuards(field: FieldDefinition): FieldDefinition {
  const directives = (field.directives ?? []).filter((node) => {
    const [guard] = readRequiresPermission([node]);
    return guard === undefined || !guard.ok || guard.value.onDeny === 'FILTER';
  });
  return { ...field, arguments: [], directives };
}

/** The schema in which nothing has to have a value: nothing has one before it is fetched. */
export function withoutNonNull(document: DocumentNode): DocumentNode {
  return visit(document, {
    FieldDefinition: (field) => ({ ...field, type: nullable(field.type) }),
    InputObjectTypeDefinition: () => false,
    DirectiveDefinition: () => false,
  });
}

function nullable(type: TypeNode): TypeNode {
  if (type.kind === Kind.NON_NULL_TYPE) return nullable(type.type);
  return type.kind === Kind.LIST_TYPE ? { ...type, type: nullable(type.type) } : type;
}
