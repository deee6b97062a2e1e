import { coordinateOf, foreignProblem, type GraphType, type Link } from '#guard/rules';
import { type Finding, finding, locationOf } from '../finding.ts';
import type { Graph } from '../graph.ts';
import type { Guard } from '../guard.ts';
import type { Subgraph } from '../subgraph.ts';

/** Subgraphs by what runs in front of their fields. */
export interface Enforcement {
  /** Those whose servers do not run the guard package. */
  readonly notJavascript: ReadonlySet<string>;
  /** Those around which the coprocessor asks the guards. */
  readonly foreign: ReadonlySet<string>;
}

/** Guards that nobody enforces: what is not resolved by a server that runs the guard package is open to everybody. */
export function checkEnforcement({ guards, inputs }: Graph, enforcement: Enforcement): readonly Finding[] {
  const { notJavascript, foreign } = enforcement;
  return [...guards, ...inputs].flatMap((guard) => {
    const { subgraph } = guard;
    if (hasConnectors(subgraph)) return [unenforced('guard-on-connector', guard, connector)];
    if (foreign.has(subgraph.name)) return uncovered(guard);
    return notJavascript.has(subgraph.name)
      ? [unenforced('guard-not-in-javascript', guard, otherServer(subgraph))]
      : [];
  });
}

/** What the coprocessor cannot ask it withholds from everybody. */
function uncovered(guard: Guard): readonly Finding[] {
  const problem = foreignProblem(guard);
  if (problem === undefined) return [];
  const { subgraph, requirement } = guard;
  const message = `Nobody will get "${coordinateOf(guard)}" through the coprocessor: ${problem}`;
  return [finding('guard-not-covered', locationOf(subgraph.file, requirement.node), message)];
}

function unenforced(code: 'guard-on-connector' | 'guard-not-in-javascript', guard: Guard, why: string): Finding {
  const { subgraph, requirement } = guard;
  const message = `Nobody asks for the permission on "${coordinateOf(guard)}": ${why}`;
  return finding(code, locationOf(subgraph.file, requirement.node), message);
}

const connector =
  'the router itself fetches what has a @connect, and runs no guard; let a server with the guard package resolve it, or move it out of the graph.';

function otherServer({ name }: Subgraph): string {
  return `"${name}" is named in --not-javascript, so the guard package does not run there; let Apollo Router ask for it (POSTERN_FOREIGN_SUBGRAPHS) and name it in --foreign, let it ask Postern itself and take the guard away, or move the field to a subgraph in JavaScript.`;
}

/** The router resolves all of a subgraph that has connectors: types have no other server there. */
function hasConnectors(subgraph: Subgraph): boolean {
  const names = connectNames(subgraph.links);
  const isConnected = ({ directives }: Pick<GraphType, 'directives'>) =>
    directives.some(({ name }) => names.has(name.value));
  return [...subgraph.types.values()].some((type) => isConnected(type) || [...type.fields.values()].some(isConnected));
}

const connectIdentity = 'https://specs.apollo.dev/connect';

/** What `@connect` is called here: by import, by the name of its specification, and by the prefix of what is not imported. */
function connectNames(links: readonly Link[]): ReadonlySet<string> {
  const names = links
    .filter(({ identity }) => identity === connectIdentity)
    .flatMap(({ alias = 'connect', imports }) => [
      alias,
      `${alias}__connect`,
      ...imports.filter(({ name }) => name === '@connect').map(({ as }) => as.replace(/^@/, '')),
    ]);
  return new Set(names);
}
