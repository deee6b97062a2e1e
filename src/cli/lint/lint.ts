import type { DocumentNode } from 'graphql';
import type { TypeNames } from '#guard/directive';
import type { Model } from '../../model/model.ts';
import { type Finding, sortFindings } from './finding.ts';
import type { FindingCode } from './finding-codes.ts';
import { type Graph, makeGraph } from './graph.ts';
import { checkCaches } from './rules/check-caches.ts';
import { checkCompositionResult } from './rules/check-composition-result.ts';
import { checkEnforcement, type Enforcement } from './rules/check-enforcement.ts';
import { checkGuards } from './rules/check-guards.ts';
import { checkImplementations } from './rules/check-implementations.ts';
import { checkInputs } from './rules/check-inputs.ts';
import { checkKeys } from './rules/check-keys.ts';
import { checkMutations } from './rules/check-mutations.ts';
import { checkOtherSubgraphs } from './rules/check-other-subgraphs.ts';
import { checkReaders } from './rules/check-readers.ts';
import { checkRequirements } from './rules/check-requirement.ts';
import { checkRevealing } from './rules/check-revealing.ts';
import { checkSupergraph } from './rules/check-supergraph.ts';
import type { Subgraph } from './subgraph.ts';

export interface LintInput {
  readonly subgraphs: readonly Subgraph[];
  /** Problems of inputs that are no schema; then composition, which needs all of them, is left out. */
  readonly unreadable: readonly Finding[];
  /** What is wrong with the configuration of the router. */
  readonly ofRouter: readonly Finding[];
  readonly model: Model;
  readonly typeNames: TypeNames;
  /** The supergraph in use, to be compared with the subgraphs. */
  readonly supergraph: { readonly file: string; readonly document: DocumentNode } | undefined;
  readonly requireMutationGuards: boolean;
  readonly requireInputGuards: boolean;
  readonly enforcement: Enforcement;
}

export interface LintResult {
  readonly graph: Graph;
  readonly findings: readonly Finding[];
}

/** Everything that is wrong with the guards of a graph, by file and line. */
export function lint(input: LintInput): LintResult {
  const { subgraphs, unreadable, model, typeNames, supergraph } = input;
  const graph = makeGraph(subgraphs, typeNames);
  const own = subgraphs.map((subgraph) => ({ subgraph, findings: checkGuards(subgraph, typeNames) }));
  const findings = [
    ...unreadable,
    ...input.ofRouter,
    ...own.flatMap((one) => one.findings),
    ...checkRequirements(graph, model),
    ...checkKeys(graph),
    ...checkImplementations(graph),
    ...checkOtherSubgraphs(graph),
    ...checkReaders(graph),
    ...checkEnforcement(graph, input.enforcement),
    ...checkCaches(graph),
    ...checkInputs(graph),
    ...(input.requireMutationGuards ? checkMutations(graph) : []),
    ...(input.requireInputGuards ? checkRevealing(graph) : []),
    ...(supergraph === undefined ? [] : checkSupergraph(graph, supergraph.file, supergraph.document)),
  ];
  const unlinked = new Set(own.flatMap((one) => (one.findings.some(isAboutLink) ? one.subgraph : [])));
  const composed = unreadable.length > 0 ? [] : checkCompositionResult(graph, unlinked, findings);
  return { graph, findings: sortFindings([...findings, ...composed]) };
}

/** Why the guards of a subgraph get lost, if it is known. */
function isAboutLink({ code }: Finding): boolean {
  return linkCodes.has(code);
}

const linkCodes: ReadonlySet<string> = new Set<FindingCode>([
  'missing-link',
  'missing-import',
  'missing-compose-directive',
  'renamed-directive',
  'wrong-version',
  'undefined-directive',
  'different-definition',
]);
