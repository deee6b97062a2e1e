import { directiveName, formatObjectTemplate } from '#guard/directive';
import { type Field, federationDirectives, type GraphType, isExternalField, namedType } from '#guard/rules';
import { quote } from '../../../base/text-problem.ts';
import { type Finding, finding, locationOf } from '../finding.ts';
import type { Graph } from '../graph.ts';
import { type Guard, isSameGuard } from '../guard.ts';
import type { Subgraph } from '../subgraph.ts';

/** The gateway may ask any subgraph that resolves a field; each of them has to guard it. */
export function checkOtherSubgraphs(graph: Graph): readonly Finding[] {
  const types = graph.subgraphs.flatMap((subgraph) => [...subgraph.types.values()].map((type) => ({ subgraph, type })));
  const objects = types.filter(({ type }) => type.kind === 'object');
  return [
    ...objects.flatMap(({ subgraph, type }) => checkFields(graph, subgraph, type)),
    ...objects.flatMap(({ subgraph, type }) => checkType(graph, subgraph, type)),
  ];
}

function checkFields(graph: Graph, subgraph: Subgraph, type: GraphType): readonly Finding[] {
  const isInterface = federationDirectives(subgraph, type, 'interfaceObject').length > 0;
  const names = namesOf(graph, subgraph, type);
  return [...type.fields.values()].flatMap((field) => {
    if (!graph.isResolvedIn(subgraph, type, field)) return [];
    return names.flatMap((name) => {
      if (graph.isKey(name, field.name)) return [];
      const own = isInterface ? [] : graph.guardsIn(subgraph, name, field.name);
      return lackingOf(own, graph.guardsOn(name, field.name)).map((guard) => unguarded(subgraph, type, field, guard));
    });
  });
}

/** An `@interfaceObject` adds its fields to every implementation. */
function namesOf(graph: Graph, subgraph: Subgraph, type: GraphType): readonly string[] {
  const isInterface = federationDirectives(subgraph, type, 'interfaceObject').length > 0;
  return isInterface ? implementationNames(graph, type.name) : [type.name];
}

function implementationNames({ subgraphs }: Graph, name: string): readonly string[] {
  const types = subgraphs.flatMap((subgraph) => [...subgraph.types.values()]);
  return [...new Set(types.filter(({ interfaces }) => interfaces.has(name)).map((type) => type.name))];
}

/** The guards of others that have no equal here, each once. */
function lackingOf(own: readonly Guard[], all: readonly Guard[]): readonly Guard[] {
  const lacking: Guard[] = [];
  for (const guard of all) {
    if (![...own, ...lacking].some((known) => isSameGuard(known, guard))) lacking.push(guard);
  }
  return lacking;
}

function unguarded(subgraph: Subgraph, type: GraphType, field: Field, guard: Guard): Finding {
  const isProvided = isExternalField(subgraph, field);
  const isInterface = federationDirectives(subgraph, type, 'interfaceObject').length > 0;
  const write = isInterface
    ? `take it away, and write it with ${written(guard)} on "${guard.type.name}"`
    : `write ${written(guard)} here`;
  const how = isProvided ? ' (by @provides)' : '';
  const otherwise = isProvided ? ', or take it out of @provides' : '';
  const what = `"${type.name}.${field.name}" is resolved in "${subgraph.name}"${how} without a guard`;
  const message = `${what} that "${guard.type.name}.${field.name}" has in "${guard.subgraph.name}"; ${write}${otherwise}.`;
  return finding('unguarded-in-subgraph', locationOf(subgraph.file, field.node), message);
}

/** A guard on a type reaches the supergraph's type, where it seems to cover what others add to it. */
function checkType(graph: Graph, subgraph: Subgraph, type: GraphType): readonly Finding[] {
  if (type.isRoot) return [];
  const names = namesOf(graph, subgraph, type);
  const onType = graph.guards.filter((guard) => guard.field === undefined && names.includes(guard.type.name));
  const added = [...type.fields.values()].filter((field) => isAdded(graph, subgraph, type, field, onType));
  const own = onType.filter((guard) => guard.subgraph === subgraph);
  return lackingOf(own, onType).flatMap((guard) => {
    const open = added.find(
      (field) => !graph.guardsIn(subgraph, type.name, field.name).some((known) => isSameGuard(known, guard)),
    );
    if (open === undefined) return [];
    const fix =
      guard.type.name === type.name
        ? `write ${written(guard)} on the type here, too`
        : `take it from "${type.name}", and write it with ${written(guard)} on "${guard.type.name}"`;
    const message = `"${guard.type.name}" is guarded as a whole in "${guard.subgraph.name}", and "${subgraph.name}" adds "${open.name}" to it without that guard; ${fix}.`;
    return [finding('type-guarded-elsewhere', locationOf(subgraph.file, type.nodes[0]), message)];
  });
}

/** Fields that a guarding subgraph defines, too, are compared one by one; Postern's `permissions` are for everybody. */
function isAdded(graph: Graph, subgraph: Subgraph, type: GraphType, field: Field, onType: readonly Guard[]): boolean {
  const isPosterns = field.name === 'permissions' && namedType(field.type) === `${type.name}Permissions`;
  const isCompared = onType.some((guard) => guard.type.fields.has(field.name) && guard.subgraph !== subgraph);
  return !isPosterns && !isCompared && !graph.isKey(type.name, field.name) && graph.isResolvedIn(subgraph, type, field);
}

/** A guard as one writes it. */
export function written({ requirement: { permission, object, onDeny } }: Guard): string {
  const of = object === undefined ? '' : `, object: ${quote(formatObjectTemplate(object))}`;
  const denial = onDeny === 'ERROR' ? '' : `, onDeny: "${onDeny}"`;
  return `@${directiveName}(permission: ${quote(permission)}${of}${denial})`;
}
