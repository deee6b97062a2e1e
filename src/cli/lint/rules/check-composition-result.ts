import type { Finding } from '../finding.ts';
import type { Graph } from '../graph.ts';
import type { Subgraph } from '../subgraph.ts';
import { compose, isAboutDirective } from './check-composition.ts';
import { checkComposed } from './check-supergraph.ts';

/**
 * What composing the subgraphs says, besides what the other rules found: the composer's errors, and as a last net each
 * guard that it lost. `unlinked` are subgraphs of which it is known why.
 */
export function checkCompositionResult(
  graph: Graph,
  unlinked: ReadonlySet<Subgraph>,
  found: readonly Finding[],
): readonly Finding[] {
  const composition = compose(graph.subgraphs);
  if (composition.ok) return checkComposed(graph, composition.supergraph, unlinked);
  const isExplained = (error: Finding) => isAboutDirective(error) && found.some(({ file }) => file === error.file);
  return composition.findings.filter((error) => !isExplained(error));
}
