import { type FieldNode, type GraphQLNamedType, type GraphQLSchema, getNamedType, isObjectType, Kind } from 'graphql';
import { unusedPrefix } from '../unused-prefix.ts';

/** Names of answers that nobody else uses in an operation: for what guards look at, and no client gets. */
export class OwnNames {
  readonly #prefix: string;
  #placeholders = 0;

  /** The same for the same text. */
  constructor(query: string) {
    this.#prefix = unusedPrefix(query);
  }

  /** Under which name an object says what a field of its type is. Types may not agree about a field, so each has its own. */
  of(type: string, field: string): string {
    return `${this.#prefix}${type}_${field}`;
  }

  get typenameKey(): string {
    return `${this.#prefix}typename`;
  }

  typename(): FieldNode {
    return fieldNode(this.typenameKey, '__typename');
  }

  /** Stands for a field that is not fetched, as no selection can be empty. */
  placeholder(): FieldNode {
    this.#placeholders += 1;
    return fieldNode(`${this.#prefix}${this.#placeholders}`, '__typename');
  }

  isOwn(key: string): boolean {
    return key.startsWith(this.#prefix);
  }

  /** Asks for all that is on a path; undefined where the schema has no such path. */
  along(schema: GraphQLSchema, type: string, [name, ...rest]: readonly string[]): FieldNode | undefined {
    const owner: GraphQLNamedType | undefined = schema.getType(type);
    const field = isObjectType(owner) && name !== undefined ? owner.getFields()[name] : undefined;
    if (field === undefined || name === undefined) return undefined;
    if (rest.length === 0) return fieldNode(this.of(type, name), name);
    const inside = this.along(schema, getNamedType(field.type).name, rest);
    return inside && fieldNode(this.of(type, name), name, inside);
  }
}

function fieldNode(alias: string, name: string, inside?: FieldNode): FieldNode {
  return {
    kind: Kind.FIELD,
    alias: { kind: Kind.NAME, value: alias },
    name: { kind: Kind.NAME, value: name },
    ...(inside && { selectionSet: { kind: Kind.SELECTION_SET, selections: [inside] } }),
  };
}
