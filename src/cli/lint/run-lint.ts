import { didYouMean } from '../../base/did-you-mean.ts';
import { failed, ok, type Result } from '../../base/result.ts';
import { quote } from '../../base/text-problem.ts';
import { modelTypes } from '../../graphql/model-types.ts';
import type { Config } from '../../server/config.ts';
import { checkRouterFile } from './check-router-file.ts';
import type { Finding } from './finding.ts';
import { lint } from './lint.ts';
import type { LintReport } from './lint-report.ts';
import { listPermissions } from './list-permissions.ts';
import { printReport, type ReportFormat } from './print-report.ts';
import { readLintModel } from './read-lint-model.ts';
import { nameOfSource, parseSdl, readSdl, readSubgraphs } from './read-subgraphs.ts';

export interface LintOptions {
  /** Files and URLs, each perhaps with `name=` in front. */
  readonly sources: readonly string[];
  readonly model?: string;
  readonly supergraph?: string;
  readonly format: ReportFormat;
  readonly permissions: boolean;
  readonly requireGuards?: 'mutations' | 'inputs' | 'all';
  readonly maxWarnings?: number;
  /** Names of subgraphs. */
  readonly notJavascript?: readonly string[];
  /** Names of subgraphs, as POSTERN_FOREIGN_SUBGRAPHS has them. */
  readonly foreign?: readonly string[];
  /** A `router.yaml`. */
  readonly router?: string;
  readonly config: () => Config;
  readonly print: (line: string) => void;
}

/** Prints what is wrong with the guards. The exit code: 0 for nothing, 1 for findings; the problem is why it cannot run. */
export async function runLint(options: LintOptions): Promise<Result<0 | 1, string>> {
  const report = await makeReport(options);
  if (!report.ok) return report;
  for (const line of printReport(report.value, options.format)) options.print(line);
  const { errors, warnings } = report.value;
  return ok(errors > 0 || warnings > (options.maxWarnings ?? Number.POSITIVE_INFINITY) ? 1 : 0);
}

/** What is wrong with the guards, as data; the problem is why it cannot run. */
export async function makeReport(options: Omit<LintOptions, 'print' | 'format'>): Promise<Result<LintReport, string>> {
  const read = await readSubgraphs(options.sources);
  if (!read.ok) return read;
  const names = options.sources.map(nameOfSource);
  const { notJavascript = [], foreign = [] } = options;
  const stranger =
    strangerAmong('--not-javascript', notJavascript, names) ?? strangerAmong('--foreign', foreign, names);
  if (stranger !== undefined) return failed(stranger);
  const router = await checkRouterFile(options.router, foreign);
  if (!router.ok) return router;
  const same = sameFile(options.supergraph, options.sources);
  if (same !== undefined) return failed(same);
  const supergraph = await readSupergraph(options.supergraph);
  if (!supergraph.ok) return supergraph;
  const model = await readLintModel(options.model, options.config);
  if (!model.ok) return model;
  const { graph, findings } = lint({
    subgraphs: read.value.subgraphs,
    unreadable: [...read.value.unreadable, ...supergraph.value.unreadable],
    ofRouter: router.value,
    model: model.value.model,
    typeNames: modelTypes(options.config().entities),
    supergraph: supergraph.value.supergraph,
    requireMutationGuards: options.requireGuards === 'mutations' || options.requireGuards === 'all',
    requireInputGuards: options.requireGuards === 'inputs' || options.requireGuards === 'all',
    enforcement: { notJavascript: new Set(notJavascript), foreign: new Set(foreign) },
  });
  return ok({
    subgraphs: graph.subgraphs.map(({ name, file }) => ({ name, file })),
    model: model.value.origin,
    guards: graph.guards.length + graph.inputs.length,
    errors: findings.filter(({ severity }) => severity === 'error').length,
    warnings: findings.filter(({ severity }) => severity === 'warning').length,
    findings,
    ...(options.permissions && { permissions: listPermissions(graph) }),
  });
}

/** A name that no subgraph has would leave its guards unseen. */
function strangerAmong(option: string, names: readonly string[], subgraphs: readonly string[]): string | undefined {
  const name = names.find((one) => !subgraphs.includes(one));
  if (name === undefined) return undefined;
  const hint = didYouMean(name, subgraphs) || ` There is ${subgraphs.map(quote).join(', ')}.`;
  return `No subgraph is called ${quote(name)}, which ${option} names.${hint}`;
}

async function readSupergraph(file: string | undefined) {
  const none = { supergraph: undefined, unreadable: [] as readonly Finding[] };
  if (file === undefined) return ok(none);
  const text = await readSdl(file);
  if (!text.ok) return failed(text.problem);
  const document = parseSdl(file, text.value);
  if (!document.ok) return ok({ ...none, unreadable: [document.problem] });
  return ok({ ...none, supergraph: { file, document: document.value } });
}

/** Compared with what it was composed of, each guard is there. */
function sameFile(supergraph: string | undefined, sources: readonly string[]): string | undefined {
  if (supergraph === undefined || !sources.includes(supergraph)) return undefined;
  return `${quote(supergraph)} is given as a subgraph, and as the supergraph as well. Next: name for "--supergraph" what composition wrote.`;
}
