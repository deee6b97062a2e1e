import type { GraphQLSchema } from 'graphql';
import { directiveName, specIdentity, specUrl } from './requires-permission.ts';
import { federationName, readLinks, schemaDirectives, stringArgument } from './schema-links.ts';

const at = `@${directiveName}`;

/**
 * Why the directive would not reach the supergraph. Composition drops what is not linked, imported and composed without a word,
 * and then no gateway and no lint sees what this subgraph guards.
 */
export function linkProblems(schema: GraphQLSchema): readonly string[] {
  const definition = schema.getDirective(directiveName);
  const repeat =
    definition?.isRepeatable === false
      ? [`${at} is defined without "repeatable"; define it with requiresPermissionSDL of @postern/guard.`]
      : [];
  return isFederated(schema) ? [...repeat, ...linking(schema)] : repeat;
}

/** Whether the schema is a subgraph's: only those have links. */
function isFederated(schema: GraphQLSchema): boolean {
  return schema.getQueryType()?.getFields()._service !== undefined;
}

function linking(schema: GraphQLSchema): readonly string[] {
  const links = readLinks(schema);
  const link = links.find(({ identity }) => identity === specIdentity);
  if (link === undefined) return [`The schema does not link ${at}; write extend schema ${linkText} (or linkSDL).`];
  const problems: string[] = [];
  if (!link.version.startsWith('v1.')) {
    problems.push(`The schema links "${link.version}" of ${at}, which this package cannot read; write "${specUrl}".`);
  }
  const imported = link.imports.find(({ name }) => name === at);
  if (imported === undefined) {
    problems.push(`The @link of "${specIdentity}" does not import the directive; write ${linkText}.`);
  } else if (imported.as !== at) {
    problems.push(`${at} is imported as "${imported.as}", where no guard finds it; write ${linkText}.`);
  }
  return isComposed(schema) ? problems : [...problems, notComposed];
}

function isComposed(schema: GraphQLSchema): boolean {
  const composeDirective = federationName(readLinks(schema), 'composeDirective');
  return schemaDirectives(schema).some(
    (node) => node.name.value === composeDirective && stringArgument(node, 'name') === at,
  );
}

const linkText = `@link(url: "${specUrl}", import: ["${at}"])`;
const notComposed = `${at} would not reach the supergraph; write extend schema @composeDirective(name: "${at}").`;
