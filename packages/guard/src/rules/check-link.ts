import {
  type ConstDirectiveNode,
  type DirectiveDefinitionNode,
  type DocumentNode,
  Kind,
  parse,
  print,
  visit,
} from 'graphql';
import { directiveName, requiresPermissionSDL, specIdentity, specUrl } from '../requires-permission.ts';
import { type GuardProblem, problem, quote } from './guard-problem.ts';
import { argument, type Link, schemaDirectives, stringArgument } from './links.ts';
import { federationName, type Subgraph } from './subgraph.ts';

/** Whether the definition lets guards be repeated, which are all needed then: what is checked also where nothing is composed. */
export function checkRepeatable({ document }: Subgraph): readonly GuardProblem[] {
  const definition = document.definitions.find(isDirectiveDefinition);
  if (definition === undefined || definition.repeatable) return [];
  const message = `@${directiveName} is defined without "repeatable"; define it with requiresPermissionSDL of @postern/guard.`;
  return [problem('different-definition', definition, message)];
}

/** Whether the directive reaches the supergraph under its own name: each mistake here loses every guard of a subgraph. */
export function checkLink(subgraph: Subgraph): readonly GuardProblem[] {
  const link = subgraph.links.find(({ identity }) => identity === specIdentity);
  const uses = usesOf(subgraph, link);
  const [use] = uses;
  if (link !== undefined && link.major !== 1) {
    return [wrongVersion(link), ...(use === undefined ? [] : checkLinked(subgraph, link, use))];
  }
  const renamed = link === undefined ? undefined : renaming(link);
  if (renamed !== undefined) return [renamed];
  if (use === undefined) return [];
  const other = isImported(link) ? uses.find(({ name }) => name.value !== directiveName) : undefined;
  if (other !== undefined) return [prefixed(other)];
  return [...checkLinked(subgraph, link, use), ...checkDefinition(subgraph.document, use)];
}

function checkLinked(subgraph: Subgraph, link: Link | undefined, use: ConstDirectiveNode): readonly GuardProblem[] {
  const linkText = `@link(url: "${specUrl}", import: ["@${directiveName}"])`;
  if (link === undefined) {
    const message = `@${directiveName} is used without its @link; write extend schema ${linkText}.`;
    return [problem('missing-link', use, message)];
  }
  if (!isImported(link)) {
    return [problem('missing-import', link.node, `@link does not import "@${directiveName}"; write ${linkText}.`)];
  }
  const composed = schemaDirectives(subgraph.document, federationName(subgraph.links, 'composeDirective')).map((node) =>
    stringArgument(node, 'name'),
  );
  if (composed.includes(`@${directiveName}`)) return [];
  const fix = `@composeDirective(name: "@${directiveName}")`;
  const message = `Composition would drop every @${directiveName} of this subgraph and say nothing; write ${fix} next to this @link.`;
  return [problem('missing-compose-directive', link.node, message)];
}

function isImported(link: Link | undefined): boolean {
  return link?.imports.some(({ name }) => name === `@${directiveName}`) ?? false;
}

function prefixed(use: ConstDirectiveNode): GuardProblem {
  const message = `"@${use.name.value}" is a name by which no guard finds it; write @${directiveName}, which is imported.`;
  return problem('renamed-directive', use, message);
}

function wrongVersion({ node }: Link): GuardProblem {
  const url = quote(stringArgument(node, 'url') ?? '');
  const message = `The version of ${url} is not known; write "${specUrl}".`;
  return problem('wrong-version', argument(node, 'url'), message);
}

function renaming({ node, alias, imports }: Link): GuardProblem | undefined {
  const renamed = imports.find(({ name, as }) => name === `@${directiveName}` && as !== name);
  const fix = `write import: ["@${directiveName}"] without "as"`;
  if (renamed !== undefined) {
    const message = `"@${directiveName}" is imported as ${quote(renamed.as)}, by which no guard finds it; ${fix}.`;
    return problem('renamed-directive', renamed.node, message);
  }
  if (alias === undefined) return undefined;
  return problem('renamed-directive', node, `The specification is linked as ${quote(alias)}; ${fix}.`);
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

function checkDefinition(document: DocumentNode, use: ConstDirectiveNode): readonly GuardProblem[] {
  const definition = document.definitions.find(isDirectiveDefinition);
  if (definition === undefined) {
    const message = `The definition of @${directiveName} is missing; add requiresPermissionSDL of @postern/guard to the schema.`;
    return [problem('undefined-directive', use, message)];
  }
  if (isShipped(definition)) return missingScalars(document, definition);
  const message = `The definition of @${directiveName} is not the one that ships; write ${shippedText}.`;
  return [problem('different-definition', definition, message)];
}

function missingScalars(document: DocumentNode, definition: DirectiveDefinitionNode): readonly GuardProblem[] {
  const missing = scalarNames.filter((name) => !scalarsOf(document).includes(name));
  const message = `@${directiveName} needs ${missing.map((name) => `"scalar ${name}"`).join(', ')} besides its definition.`;
  return missing.length === 0 ? [] : [problem('different-definition', definition, message)];
}

function scalarsOf({ definitions }: DocumentNode): readonly string[] {
  return definitions.flatMap((node) => (node.kind === Kind.SCALAR_TYPE_DEFINITION ? node.name.value : []));
}

function isDirectiveDefinition(node: { readonly kind: string }): node is DirectiveDefinitionNode {
  return node.kind === Kind.DIRECTIVE_DEFINITION && (node as DirectiveDefinitionNode).name.value === directiveName;
}

/** Also as version 1.0 had it, or with some of the places that came later: fewer places guard nothing that is not said. */
function isShipped(definition: DirectiveDefinitionNode): boolean {
  const places = new Set(placesOf(definition));
  const isKnown = [...places].every((place) => shippedPlaces.includes(place));
  const isWhole = firstPlaces.every((place) => places.has(place));
  return isKnown && isWhole && shapeOf({ ...definition, locations: [] }) === shippedShape;
}

function placesOf({ locations }: DirectiveDefinitionNode): readonly string[] {
  return locations.map(({ value }) => value);
}

/** A definition without its descriptions. */
function shapeOf({ arguments: args = [], repeatable, locations }: DirectiveDefinitionNode): string {
  const written = args.map(({ name, type, defaultValue }) => {
    const otherwise = defaultValue === undefined ? '' : ` = ${print(defaultValue)}`;
    return `${name.value}: ${print(type)}${otherwise}`;
  });
  const places = locations.map(({ value }) => value);
  const repeat = repeatable ? ' repeatable' : '';
  return `directive @${directiveName}(${written.join(', ')})${repeat} on ${places.join(' | ')}`;
}

const shipped = parse(requiresPermissionSDL);
const shippedDefinitions = shipped.definitions.filter(isDirectiveDefinition);
const shippedText = shippedDefinitions.map(shapeOf).join('');
const shippedShape = shippedDefinitions.map((definition) => shapeOf({ ...definition, locations: [] })).join('');
const shippedPlaces = shippedDefinitions.flatMap(placesOf);
const firstPlaces = ['FIELD_DEFINITION', 'OBJECT'];
const scalarNames = scalarsOf(shipped);
