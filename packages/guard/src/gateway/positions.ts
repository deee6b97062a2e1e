import {
  type FieldNode,
  type FragmentDefinitionNode,
  type GraphQLNamedType,
  type GraphQLOutputType,
  type GraphQLSchema,
  getNamedType,
  isInterfaceType,
  isObjectType,
  Kind,
  type SelectionSetNode,
} from 'graphql';
import { fragmentsOf } from './fragments-of.ts';
import { isIncluded } from './is-included.ts';
import type { FieldRefusal } from './judge-operation.ts';
import type { Variables } from './read-variables.ts';
import type { WithheldDocument } from './withhold-fields.ts';

/** What may stand under one response key of an object. */
export interface Position {
  /** Undefined for `__typename`. GraphQL lets one response key be nullable or not, never both. */
  readonly type: GraphQLOutputType | undefined;
  readonly selections: readonly TypedSelection[];
  readonly isTypename: boolean;
  readonly refusal: FieldRefusal | undefined;
}

export interface TypedSelection {
  readonly set: SelectionSetNode;
  readonly type: GraphQLNamedType | undefined;
}

/** Finds the positions below a position; each is worked out once, when an answer has something there. */
export class PositionReader {
  readonly #known = new WeakMap<readonly TypedSelection[], ReadonlyMap<string, Position>>();
  readonly #schema: GraphQLSchema;
  readonly #fragments: ReadonlyMap<string, FragmentDefinitionNode>;
  readonly #withheld: ReadonlyMap<string, FieldRefusal>;
  readonly #variables: Variables;

  constructor(schema: GraphQLSchema, { document, withheld }: WithheldDocument, variables: Variables) {
    this.#schema = schema;
    this.#fragments = fragmentsOf(document);
    this.#withheld = withheld;
    this.#variables = variables;
  }

  /** By response key. Selections that do not belong to an object's type find nothing in it. */
  below(selections: readonly TypedSelection[]): ReadonlyMap<string, Position> {
    const known = this.#known.get(selections);
    if (known !== undefined) return known;
    const found = new Map<string, Position>();
    const seen = new Set<string>();
    for (const selection of selections) this.#collect(selection, found, seen);
    this.#known.set(selections, found);
    return found;
  }

  #collect({ set, type }: TypedSelection, found: Map<string, Position>, seen: Set<string>): void {
    for (const selection of set.selections) {
      if (!isIncluded(selection, this.#variables)) continue;
      if (selection.kind === Kind.FIELD) {
        const key = selection.alias?.value ?? selection.name.value;
        found.set(key, this.#merge(found.get(key), key, selection, type));
      } else if (selection.kind === Kind.INLINE_FRAGMENT) {
        const condition = selection.typeCondition?.name.value;
        const narrowed = condition === undefined ? type : this.#schema.getType(condition);
        this.#collect({ set: selection.selectionSet, type: narrowed }, found, seen);
      } else {
        const fragment = this.#fragments.get(selection.name.value);
        if (fragment === undefined || seen.has(selection.name.value)) continue;
        seen.add(selection.name.value);
        const narrowed = this.#schema.getType(fragment.typeCondition.name.value);
        this.#collect({ set: fragment.selectionSet, type: narrowed }, found, seen);
      }
    }
  }

  #merge(
    before: Position | undefined,
    key: string,
    { name, selectionSet: set }: FieldNode,
    parent: GraphQLNamedType | undefined,
  ): Position {
    const type = fieldType(parent, name.value);
    const own = set === undefined ? [] : [{ set, type: type && getNamedType(type) }];
    return {
      type: before?.type ?? type,
      selections: [...(before?.selections ?? []), ...own],
      isTypename: name.value === '__typename',
      refusal: this.#withheld.get(key),
    };
  }
}

function fieldType(parent: GraphQLNamedType | undefined, name: string): GraphQLOutputType | undefined {
  if (!isObjectType(parent) && !isInterfaceType(parent)) return undefined;
  return parent.getFields()[name]?.type;
}
