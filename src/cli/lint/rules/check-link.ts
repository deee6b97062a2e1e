import {
  type ConstDirectiveNode,
  type DirectiveDefinitionNode,
  type DocumentNode,
  Kind,
  parse,
  print,
  visit,
} from 'graphql';
import { directiveName, requiresPermissionSDL, specIdentity, specUrl } from '#guard/directive.ts';
import { quote } from '../../../base/text-problem.ts';
import { type Finding, finding, placeOf } from '../finding.ts';
import { argument, type Link, schemaDirectives, stringArgument } from '../link.ts';
import { federationName, type Subgraph } from '../subgraph.ts';

/** Whether the directive reaches the supergraph under its own name: each mistake here loses every guard of a subgraph. */
export function checkLink(subgraph: Subgraph): readonly Finding[] {
  const link = subgraph.links.find(({ identity }) => identity === specIdentity);
  const uses = usesOf(subgraph, link);
  const [use] = uses;
  if (link !== undefined && link.major !== 1) return [wrongVersion(subgraph, link)];
  const renamed = link === undefined ? undefined : renaming(subgraph, link);
  if (renamed !== undefined) return [renamed];
  if (use === undefined) return [];
  const other = isImported(link) ? uses.find(({ name }) => name.value !== directiveName) : undefined;
  if (other !== undefined) return [prefixed(subgraph, other)];
  return [...checkLinked(subgraph, link, use), ...checkDefinition(subgraph, use)];
}

function checkLinked(subgraph: Subgraph, link: Link | undefined, use: ConstDirectiveNode): readonly Finding[] {
  const linkText = `@link(url: "${specUrl}", import: ["@${directiveName}"])`;
  if (link === undefined) {
    const place = placeOf(subgraph.file, use);
    return [
      finding('missing-link', place, `@${directiveName} is used without its @link; write extend schema ${linkText}.`),
    ];
  }
  const at = placeOf(subgraph.file, link.node);
  if (!isImported(link)) {
    return [finding('missing-import', at, `@link does not import "@${directiveName}"; write ${linkText}.`)];
  }
  const composed = schemaDirectives(subgraph.document, federationName(subgraph.links, 'composeDirective')).map((node) =>
    stringArgument(node, 'name'),
  );
  if (composed.includes(`@${directiveName}`)) return [];
  const fix = `@composeDirective(name: "@${directiveName}")`;
  const message = `Composition would drop every @${directiveName} of this subgraph and say nothing; write ${fix} next to this @link.`;
  return [finding('missing-compose-directive', at, message)];
}

function isImported(link: Link | undefined): boolean {
  return link?.imports.some(({ name }) => name === `@${directiveName}`) ?? false;
}

function prefixed({ file }: Subgraph, use: ConstDirectiveNode): Finding {
  const message = `"@${use.name.value}" is a name by which no guard finds it; write @${directiveName}, which is imported.`;
  return finding('renamed-directive', placeOf(file, use), message);
}

function wrongVersion({ file }: Subgraph, { node }: Link): Finding {
  const url = quote(stringArgument(node, 'url') ?? '');
  return finding(
    'wrong-version',
    placeOf(file, argument(node, 'url')),
    `The version of ${url} is not known; write "${specUrl}".`,
  );
}

function renaming({ file }: Subgraph, { node, alias, imports }: Link): Finding | undefined {
  const renamed = imports.find(({ name, as }) => name === `@${directiveName}` && as !== name);
  const fix = `write import: ["@${directiveName}"] without "as"`;
  if (renamed !== undefined) {
    const message = `"@${directiveName}" is imported as ${quote(renamed.as)}, by which no guard finds it; ${fix}.`;
    return finding('renamed-directive', placeOf(file, renamed.node), message);
  }
  if (alias === undefined) return undefined;
  return finding('renamed-directive', placeOf(file, node), `The specification is linked as ${quote(alias)}; ${fix}.`);
}

/** Every application, also under the name that it has without an import. */
function usesOf({ document }: Subgraph, link: Link | undefined): readonly ConstDirectiveNode[] {
  const names = new Set([directiveName, ...(link === undefined ? [] : [`postern__${directiveName}`])]);
  const uses: ConstDirectiveNode[] = [];
  visit(document, {
    Directive: (node) => {
      if (names.has(node.name.value)) uses.push(node as ConstDirectiveNode);
    },
  });
  return uses;
}

function checkDefinition({ document, file }: Subgraph, use: ConstDirectiveNode): readonly Finding[] {
  const definition = document.definitions.find(isDirectiveDefinition);
  if (definition === undefined) {
    const message = `The definition of @${directiveName} is missing; add requiresPermissionSDL of the guard package to the schema.`;
    return [finding('undefined-directive', placeOf(file, use), message)];
  }
  if (shapeOf(definition) === shippedShape) return missingScalars(document, file, definition);
  const message = `The definition of @${directiveName} is not the one that ships; write ${shippedShape}.`;
  return [finding('different-definition', placeOf(file, definition), message)];
}

function missingScalars(document: DocumentNode, file: string, definition: DirectiveDefinitionNode): readonly Finding[] {
  const missing = scalarNames.filter((name) => !scalarsOf(document).includes(name));
  const message = `@${directiveName} needs ${missing.map((name) => `"scalar ${name}"`).join(', ')} besides its definition.`;
  return missing.length === 0 ? [] : [finding('different-definition', placeOf(file, definition), message)];
}

function scalarsOf({ definitions }: DocumentNode): readonly string[] {
  return definitions.flatMap((node) => (node.kind === Kind.SCALAR_TYPE_DEFINITION ? node.name.value : []));
}

function isDirectiveDefinition(node: { readonly kind: string }): node is DirectiveDefinitionNode {
  return node.kind === Kind.DIRECTIVE_DEFINITION && (node as DirectiveDefinitionNode).name.value === directiveName;
}

/** A definition without its descriptions, its locations in the order of the alphabet. */
function shapeOf({ arguments: args = [], repeatable, locations }: DirectiveDefinitionNode): string {
  const written = args.map(({ name, type, defaultValue }) => {
    const otherwise = defaultValue === undefined ? '' : ` = ${print(defaultValue)}`;
    return `${name.value}: ${print(type)}${otherwise}`;
  });
  const places = locations.map(({ value }) => value).toSorted();
  const repeat = repeatable ? ' repeatable' : '';
  return `directive @${directiveName}(${written.join(', ')})${repeat} on ${places.join(' | ')}`;
}

const shipped = parse(requiresPermissionSDL);
const shippedShape = shipped.definitions.filter(isDirectiveDefinition).map(shapeOf).join('');
const scalarNames = scalarsOf(shipped);
