import { composeServices } from '@theguild/federation-composition';
import type { DocumentNode, GraphQLError } from 'graphql';
import { directiveName } from '#guard/directive';
import { federationIdentity } from '#guard/rules';
import { didYouMean } from '../../../base/did-you-mean.ts';
import { type Finding, finding, type Location, locationOf } from '../finding.ts';
import type { Subgraph } from '../subgraph.ts';

export type Composition =
  | { readonly ok: true; readonly supergraph: DocumentNode }
  | { readonly ok: false; readonly findings: readonly Finding[] };

/** Composes the subgraphs; what the composer says against them becomes findings at their places. */
export function compose(subgraphs: readonly Subgraph[]): Composition {
  const services = subgraphs.map(({ name, document }) => ({ name, url: `http://${name}`, typeDefs: document }));
  try {
    const composed = composeServices(services);
    if (composed.errors === undefined) return { ok: true, supergraph: composed.supergraphDocumentNode };
    const tooNew = composed.errors.flatMap((error) => notComposed(subgraphs, error));
    // Then the composer looked at nothing, and what it says besides is about what it did not read.
    if (tooNew.length > 0) return { ok: false, findings: tooNew };
    return { ok: false, findings: composed.errors.map((error) => notComposable(subgraphs, error)) };
  } catch (error) {
    // The composer throws over some mistakes that it has no sentence for; that must not look like a clean schema.
    const message = error instanceof Error ? error.message : String(error);
    return {
      ok: false,
      findings: [notComposable(subgraphs, { message, extensions: {}, locations: undefined, nodes: undefined })],
    };
  }
}

/** A version of federation that came after the composer is no mistake of the subgraph; everything else is still looked at. */
function notComposed(subgraphs: readonly Subgraph[], { extensions }: ComposerError): readonly Finding[] {
  const subgraph = subgraphs.find(({ name }) => name === extensions.subgraphName);
  if (extensions.code !== 'UNKNOWN_FEDERATION_LINK_VERSION' || subgraph === undefined) return [];
  const link = subgraph.links.find(({ identity }) => identity === federationIdentity);
  const message = `"${subgraph.name}" links a version of federation that the composer here does not know, so nothing was composed; compose with your own, and give the result with --supergraph.`;
  return [finding('not-composed', locationOf(subgraph.file, link?.node), message)];
}

/** Whether a composer's error only repeats what a finding about the directive says better. */
export function isAboutDirective({ message }: Finding): boolean {
  return /requiresPermission|postern__/.test(message);
}

type ComposerError = Pick<GraphQLError, 'message' | 'extensions' | 'locations' | 'nodes'>;

function notComposable(subgraphs: readonly Subgraph[], error: ComposerError): Finding {
  const text = error.message.replaceAll(/\s+/g, ' ').trim();
  const whole = /[.!?]$/.test(text) ? text : `${text}.`;
  return finding('not-composable', locationOfError(subgraphs, error), `${whole}${nearDirective(text)}`);
}

const directives = [directiveName, 'key', 'shareable', 'external', 'provides', 'requires', 'override', 'tag', 'link'];

function nearDirective(text: string): string {
  const [, name] = /^(?:\[.*?\] )?Unknown directive "@(\w+)"/.exec(text) ?? [];
  return name === undefined ? '' : didYouMean(name, directives);
}

/** The composer's own place; without one, the first field that it names. */
function locationOfError(
  subgraphs: readonly Subgraph[],
  { message, extensions, locations, nodes }: ComposerError,
): Location {
  const named = subgraphs.filter(({ name }) => name === extensions.subgraphName);
  const file = (named[0] ?? subgraphs[0])?.file ?? '';
  const [location] = locations ?? [];
  if (location !== undefined) {
    return { file: nodes?.[0]?.loc?.source.name ?? file, line: location.line, column: location.column };
  }
  const [, type = '', field = ''] = /"(\w+)\.(\w+)/.exec(message) ?? [];
  const owner = [...named, ...subgraphs].find(({ types }) => types.get(type)?.fields.has(field));
  return locationOf(owner?.file ?? file, owner?.types.get(type)?.fields.get(field)?.node);
}
