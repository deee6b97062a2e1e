import type { TypeNames } from '#guard/directive';
import {
  type Field,
  federationDirectives,
  type GraphType,
  isExternalField,
  isKeyField,
  keyFields,
  namedType,
  readGuards,
  selectedFields,
  stringArgument,
} from '#guard/rules';
import type { Guard } from './guard.ts';
import type { Subgraph } from './subgraph.ts';

/** All subgraphs together, and who guards what. */
export interface Graph {
  readonly subgraphs: readonly Subgraph[];
  /** Of types and fields. */
  readonly guards: readonly Guard[];
  /** Of arguments, fields of inputs and values of enums. */
  readonly inputs: readonly Guard[];
  /** Whether a field belongs to a key of its type, in any subgraph. */
  isKey(type: string, field: string): boolean;
  /** The guards that a subgraph puts on a field, by itself and by its type. */
  guardsIn(subgraph: Subgraph, type: string, field: string): readonly Guard[];
  /** The guards that any subgraph puts on a field. */
  guardsOn(type: string, field: string): readonly Guard[];
  /** Whether a subgraph may be asked for a field: it defines it, or `@provides` it, and no other took it over. */
  isResolvedIn(subgraph: Subgraph, type: GraphType, field: Field): boolean;
}

export function makeGraph(subgraphs: readonly Subgraph[], typeNames: TypeNames): Graph {
  const read = subgraphs.map((subgraph) => readGuards(subgraph, typeNames));
  const guards = read.flatMap((part) => part.guards);
  const guardsByType = Map.groupBy(guards, ({ type }) => type.name);
  const keys = new FieldNames(subgraphs.flatMap((subgraph) => allKeyFields(subgraph)));
  const provided = new Map(subgraphs.map((subgraph) => [subgraph, new FieldNames(providedFields(subgraph))]));
  const overridden = new Map(
    subgraphs.map((subgraph) => [subgraph, new FieldNames(overriddenFields(subgraphs, subgraph))]),
  );
  const guardsIn: Graph['guardsIn'] = (subgraph, type, field) => {
    const isExempt = isKeyField(subgraph, type, field);
    const isDefined = subgraph.types.get(type)?.fields.has(field) ?? false;
    return (guardsByType.get(type) ?? []).filter(
      (guard) =>
        guard.subgraph === subgraph &&
        (guard.field === undefined ? isDefined && !isExempt : guard.field.name === field),
    );
  };
  return {
    subgraphs,
    guards,
    inputs: read.flatMap((part) => part.inputs),
    isKey: (type, field) => keys.has(type, field),
    guardsIn,
    guardsOn: (type, field) => subgraphs.flatMap((subgraph) => guardsIn(subgraph, type, field)),
    isResolvedIn: (subgraph, type, field) => {
      if (overridden.get(subgraph)?.has(type.name, field.name)) return false;
      return !isExternalField(subgraph, field) || (provided.get(subgraph)?.has(type.name, field.name) ?? false);
    },
  };
}

/** A set of fields, each with its type. */
class FieldNames {
  readonly #fieldsByType = new Map<string, Set<string>>();

  constructor(fields: readonly { readonly type: string; readonly field: string }[]) {
    for (const { type, field } of fields) {
      const known = this.#fieldsByType.get(type);
      if (known === undefined) this.#fieldsByType.set(type, new Set([field]));
      else known.add(field);
    }
  }

  has(type: string, field: string): boolean {
    return this.#fieldsByType.get(type)?.has(field) ?? false;
  }
}

function allKeyFields(subgraph: Subgraph) {
  return [...subgraph.types.values()].flatMap((type) => keyFields(subgraph, type));
}

function providedFields(subgraph: Subgraph) {
  return fieldsOf(subgraph).flatMap(({ field, returns }) =>
    federationDirectives(subgraph, field, 'provides').flatMap((node) =>
      selectedFields(subgraph, returns, stringArgument(node, 'fields') ?? ''),
    ),
  );
}

/** What other subgraphs took over from one as a whole; with a label both still resolve it. */
function overriddenFields(subgraphs: readonly Subgraph[], { name }: Subgraph) {
  return subgraphs.flatMap((subgraph) =>
    fieldsOf(subgraph)
      .filter(({ field }) =>
        federationDirectives(subgraph, field, 'override').some(
          (node) => stringArgument(node, 'from') === name && stringArgument(node, 'label') === undefined,
        ),
      )
      .map(({ type, field }) => ({ type: type.name, field: field.name })),
  );
}

/** Every field of objects and interfaces, and the name of the type that it returns. */
export function fieldsOf(subgraph: Subgraph) {
  return [...subgraph.types.values()]
    .filter(({ kind }) => kind === 'object' || kind === 'interface')
    .flatMap((type) => [...type.fields.values()].map((field) => ({ type, field, returns: namedType(field.type) })));
}
