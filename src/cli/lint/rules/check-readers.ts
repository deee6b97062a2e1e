import type { ConstDirectiveNode } from 'graphql';
import {
  type Field,
  federationDirectives,
  type GraphType,
  objectText,
  type SelectedField,
  selectedFields,
  stringArgument,
} from '#guard/rules';
import { quote } from '../../../base/text-problem.ts';
import { type Finding, finding, locationOf } from '../finding.ts';
import { fieldsOf, type Graph } from '../graph.ts';
import type { Guard } from '../guard.ts';
import type { Subgraph } from '../subgraph.ts';
import { implementationsOf } from './check-implementations.ts';

/** A field that is made of guarded data tells of it: whoever reads it needs what the guarded field needs. */
export function checkReaders(graph: Graph): readonly Finding[] {
  return graph.subgraphs.flatMap((subgraph) =>
    fieldsOf(subgraph).flatMap(({ type, field }) => [
      ...federationDirectives(subgraph, field, 'requires').flatMap((node) =>
        checkReads(graph, { subgraph, type, field, node }, 'requires-guarded-field', required(subgraph, type, node)),
      ),
      ...[...field.arguments.values()].flatMap(({ directives = [] }) =>
        federationDirectives(subgraph, { directives }, 'fromContext').flatMap((node) =>
          checkReads(graph, { subgraph, type, field, node }, 'context-of-guarded-field', taken(subgraph, node)),
        ),
      ),
    ]),
  );
}

interface Reader {
  readonly subgraph: Subgraph;
  readonly type: GraphType;
  readonly field: Field;
  readonly node: ConstDirectiveNode;
}

function checkReads(
  graph: Graph,
  { subgraph, type, field, node }: Reader,
  code: 'requires-guarded-field' | 'context-of-guarded-field',
  reads: readonly SelectedField[],
): readonly Finding[] {
  const own = graph.guardsIn(subgraph, type.name, field.name);
  const found = reads.flatMap((read) =>
    // An @interfaceObject stands for implementations that only other subgraphs know.
    [read.type, ...implementationsOf(graph, read.type)]
      .flatMap((owner) => graph.guardsOn(owner, read.field))
      .filter((guard) => !own.some((known) => asksTheSame(known, guard)))
      .map((guard) => {
        const what = `"${type.name}.${field.name}" is made of "${read.type}.${read.field}", which is guarded`;
        const permission = `${quote(guard.requirement.permission)} on its "${guard.object?.type ?? read.type}"`;
        const message = `${what}, and tells of it; guard it with ${permission}, too, or read something else.`;
        return finding(code, locationOf(subgraph.file, node), message);
      }),
  );
  return found.slice(0, 1);
}

/** The object may be written in another way, as the field may be on another type; but no caller may choose it. */
function asksTheSame(one: Guard, other: Guard): boolean {
  if (one.requirement.permission !== other.requirement.permission) return false;
  if (one.object?.type !== other.object?.type) return false;
  if (isFilter(one) && !isFilter(other)) return false;
  if (other.object?.kind === 'this') return one.object?.kind === 'this';
  return other.object?.kind !== 'literal' || objectText(one) === objectText(other);
}

function isFilter({ requirement }: Guard): boolean {
  return requirement.onDeny === 'FILTER';
}

function required(subgraph: Subgraph, { name }: GraphType, node: ConstDirectiveNode): readonly SelectedField[] {
  return selectedFields(subgraph, name, stringArgument(node, 'fields') ?? '');
}

/** `field: "$context { name }"` reads from every type that sets the context. */
function taken(subgraph: Subgraph, node: ConstDirectiveNode): readonly SelectedField[] {
  const [, context, selection = ''] = /^\s*\$(\w+)\s*([\s\S]*)$/.exec(stringArgument(node, 'field') ?? '') ?? [];
  const types = [...subgraph.types.values()].filter((type) =>
    federationDirectives(subgraph, type, 'context').some((set) => stringArgument(set, 'name') === context),
  );
  const fields = `... ${selection.trim()}`;
  const isForEachType = selection.trim().startsWith('...');
  return types.flatMap(({ name }) => selectedFields(subgraph, name, isForEachType ? selection : fields));
}
