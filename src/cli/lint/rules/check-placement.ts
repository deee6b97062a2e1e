import { type ASTNode, Kind, visit } from 'graphql';
import { directiveName } from '#guard/directive.ts';
import { type Finding, finding, placeOf } from '../finding.ts';
import type { Graph } from '../graph.ts';
import { federationDirectives, type Subgraph } from '../subgraph.ts';

/** Guards stand on object types and their fields; anywhere else nobody would look for them. */
export function checkPlacement({ subgraphs, guards, malformed }: Graph): readonly Finding[] {
  return subgraphs.flatMap((subgraph) => {
    const own = guards.filter((guard) => guard.subgraph === subgraph);
    const onObjects = own.flatMap(({ type, field, requirement }): readonly Finding[] => {
      const place = placeOf(subgraph.file, requirement.node);
      if (federationDirectives(subgraph, type, 'interfaceObject').length > 0) {
        return [finding('guard-on-abstract-type', place, abstract(`"${type.name}" is an @interfaceObject`))];
      }
      if (field !== undefined || !type.isRoot) return [];
      const message = `Every subgraph adds fields to "${type.name}", and this guard would seem to cover them; guard its fields one by one.`;
      return [finding('guard-on-root-type', place, message)];
    });
    const read = new Set<ASTNode>([
      ...own.map(({ requirement }) => requirement.node),
      ...malformed.map(({ node }) => node),
    ]);
    return [...onObjects, ...elsewhere(subgraph, read)];
  });
}

function elsewhere({ document, file }: Subgraph, read: ReadonlySet<ASTNode>): readonly Finding[] {
  const findings: Finding[] = [];
  visit(document, {
    Directive: (node, _key, _parent, _path, ancestors) => {
      if (node.name.value !== directiveName || read.has(node)) return;
      const owners = ancestors.filter((ancestor): ancestor is ASTNode => 'kind' in ancestor);
      findings.push(misplaced(file, node, owners));
    },
  });
  return findings;
}

function misplaced(file: string, node: ASTNode, owners: readonly ASTNode[]): Finding {
  const place = placeOf(file, node);
  const owner = owners.at(-1);
  const type = owners.find((candidate) => abstractKinds.has(candidate.kind));
  const name = type !== undefined && 'name' in type ? (type.name?.value ?? '') : '';
  const isAbstract = owner === type || owner?.kind === Kind.FIELD_DEFINITION;
  if (type !== undefined && isAbstract) {
    return finding('guard-on-abstract-type', place, abstract(`"${name}" is ${abstractKinds.get(type.kind)}`));
  }
  return finding(
    'misplaced-guard',
    place,
    `@${directiveName} can be on object types and their fields only; guard the fields that use it.`,
  );
}

const abstractKinds: ReadonlyMap<string, string> = new Map([
  [Kind.INTERFACE_TYPE_DEFINITION, 'an interface'],
  [Kind.INTERFACE_TYPE_EXTENSION, 'an interface'],
  [Kind.UNION_TYPE_DEFINITION, 'a union'],
  [Kind.UNION_TYPE_EXTENSION, 'a union'],
]);

function abstract(what: string): string {
  return `${what}, on which a guard guards nothing; write it on the same field of each object type instead.`;
}
