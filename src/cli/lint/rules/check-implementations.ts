import type { Field, GraphType } from '#guard/rules';
import { type Finding, finding, locationOf } from '../finding.ts';
import type { Graph } from '../graph.ts';
import type { Subgraph } from '../subgraph.ts';

/** Whoever asks for a field of an interface gets it from every implementation: all guard it, or none. */
export function checkImplementations(graph: Graph): readonly Finding[] {
  const interfaces = Map.groupBy(
    graph.subgraphs.flatMap(({ types }) => [...types.values()].filter(({ kind }) => kind === 'interface')),
    ({ name }) => name,
  );
  return [...interfaces].flatMap(([name, parts]) => {
    const implementations = implementationsOf(graph, name);
    const fields = new Set(parts.flatMap((part) => [...part.fields.keys()]));
    return [...fields].flatMap((field) => checkField(graph, name, field, implementations));
  });
}

/** Each object type that implements an interface in any subgraph. */
export function implementationsOf({ subgraphs }: Graph, name: string): ReadonlySet<string> {
  const types = subgraphs.flatMap((subgraph) => [...subgraph.types.values()]);
  return new Set(
    types.filter(({ kind, interfaces }) => kind === 'object' && interfaces.has(name)).map((type) => type.name),
  );
}

function checkField(
  graph: Graph,
  owner: string,
  field: string,
  implementations: ReadonlySet<string>,
): readonly Finding[] {
  const defined = [...implementations].filter((type) => definitionOf(graph, type, field) !== undefined);
  const guarded = defined.find((type) => graph.guardsOn(type, field).length > 0);
  if (guarded === undefined || graph.isKey(guarded, field)) return [];
  return defined.flatMap((type) => {
    const definition = definitionOf(graph, type, field);
    if (definition === undefined || graph.guardsOn(type, field).length > 0 || graph.isKey(type, field)) return [];
    const message = `"${guarded}.${field}" is guarded and "${type}.${field}" is not, though both are "${owner}.${field}"; guard this one, too.`;
    return [finding('unequal-implementations', locationOf(definition.subgraph.file, definition.field.node), message)];
  });
}

interface Definition {
  readonly subgraph: Subgraph;
  readonly type: GraphType;
  readonly field: Field;
}

/** The first subgraph that resolves a field, or else the first that mentions it. */
function definitionOf(graph: Graph, typeName: string, fieldName: string): Definition | undefined {
  const definitions = graph.subgraphs.flatMap((subgraph): readonly Definition[] => {
    const type = subgraph.types.get(typeName);
    const field = type?.fields.get(fieldName);
    return type === undefined || field === undefined ? [] : [{ subgraph, type, field }];
  });
  return definitions.find(({ subgraph, type, field }) => graph.isResolvedIn(subgraph, type, field)) ?? definitions[0];
}
