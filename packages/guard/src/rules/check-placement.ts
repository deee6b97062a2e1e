import { type ASTNode, Kind, visit } from 'graphql';
import { directiveName } from '../requires-permission.ts';
import { type GuardProblem, problem } from './guard-problem.ts';
import { federationDirectives, type Subgraph } from './subgraph.ts';
import type { ReadGuards } from './written-guard.ts';

/** Guards stand on object types, their fields, and what callers give to them; anywhere else nobody would look for them. */
export function checkPlacement(subgraph: Subgraph, { guards, inputs, malformed }: ReadGuards): readonly GuardProblem[] {
  const onObjects = [...guards, ...inputs].flatMap(
    ({ type, field, requirement: { node } }): readonly GuardProblem[] => {
      if (federationDirectives(subgraph, type, 'interfaceObject').length > 0) {
        return [problem('guard-on-abstract-type', node, abstract(`"${type.name}" is an @interfaceObject`))];
      }
      if (field !== undefined || !type.isRoot) return [];
      const message = `Every subgraph adds fields to "${type.name}", and this guard would seem to cover them; guard its fields one by one.`;
      return [problem('guard-on-root-type', node, message)];
    },
  );
  const read = new Set<ASTNode>([
    ...[...guards, ...inputs].map(({ requirement }) => requirement.node),
    ...malformed.map(({ node }) => node),
  ]);
  return [...onObjects, ...elsewhere(subgraph, read)];
}

function elsewhere({ document }: Subgraph, read: ReadonlySet<ASTNode>): readonly GuardProblem[] {
  const found: GuardProblem[] = [];
  visit(document, {
    Directive: (node, _key, _parent, _path, ancestors) => {
      if (node.name.value !== directiveName || read.has(node)) return;
      found.push(
        misplaced(
          node,
          ancestors.filter((ancestor): ancestor is ASTNode => 'kind' in ancestor),
        ),
      );
    },
  });
  return found;
}

function misplaced(node: ASTNode, owners: readonly ASTNode[]): GuardProblem {
  const owner = owners.at(-1);
  const type = owners.find((candidate) => abstractKinds.has(candidate.kind));
  const isAbstract = owner === type || owner?.kind === Kind.FIELD_DEFINITION;
  if (type !== undefined && isAbstract) {
    const kind = abstractKinds.get(type.kind);
    const what = owner === type ? `"${nameOf(type)}" is ${kind}` : `"${nameOf(type)}.${nameOf(owner)}" is of ${kind}`;
    return problem('guard-on-abstract-type', node, abstract(what));
  }
  const where = owners.map(nameOf).filter((name) => name !== '');
  const message = `@${directiveName} on "${where.join('.')}" guards nothing, as it can be on object types, their fields and arguments, on fields of inputs and values of enums only; guard the fields that use it.`;
  return problem('misplaced-guard', node, message);
}

function nameOf(node: ASTNode | undefined): string {
  return node !== undefined && 'name' in node ? (node.name?.value ?? '') : '';
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
