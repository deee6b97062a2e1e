import {
  type DocumentNode,
  type ExecutionResult,
  execute,
  type FieldNode,
  type GraphQLResolveInfo,
  getNamedType,
  isListType,
  isNonNullType,
  isObjectType,
  type OperationDefinitionNode,
  OperationTypeNode,
} from 'graphql';
import type { Variables } from '../gateway/read-variables.ts';
import { rootFields } from '../gateway/root-fields.ts';
import { type Ask, askOnce } from './asking.ts';
import type { ForeignSubgraph } from './foreign-subgraph.ts';
import { formatError, pathOf } from './format-errors.ts';
import type { EarlyOutcome, Fetch, Path } from './kept-fetch.ts';
import { entitiesField } from './subgraph-of-supergraph.ts';

export interface AskedBefore {
  readonly outcome: EarlyOutcome;
  /** Of the fields that are asked about before, those that are fetched. */
  readonly fetched: ReadonlySet<FieldNode>;
}

export interface ReadFetch extends Fetch {
  readonly document: DocumentNode;
  readonly operation: OperationDefinitionNode;
  /** As execution sees them. */
  readonly values: Variables;
}

const nothing: AskedBefore = { outcome: { reached: [], errors: [], silent: [] }, fetched: new Set() };

/** Asks the guards of what is at the root, and of mutations below it, by running the operation with no values in it. */
export async function askBefore(
  subgraph: ForeignSubgraph,
  fetch: ReadFetch,
  ask: Ask,
  isSignedIn: boolean,
): Promise<AskedBefore> {
  const roots = rootFields(fetch.document, fetch.operation, fetch.values);
  if (roots.every(({ name }) => name.value === entitiesField)) return nothing;
  const { result, nodes, reached } = await askOnce(subgraph.asking, ask, (name) =>
    runEmpty(subgraph, fetch, isSignedIn ? name : undefined),
  );
  const errors = (result.errors ?? []).flatMap(formatError);
  const told = new Set([
    ...errors.map(({ path }) => JSON.stringify(path)),
    ...reached.map((path) => JSON.stringify(path)),
  ]);
  const silent = pathsIn(result.data, []).filter((path) => !told.has(JSON.stringify(path)));
  const fetched = new Set([...nodes].filter(notAfter(stopOf(subgraph, fetch, roots, nodes), roots)));
  return { outcome: { reached, errors, silent }, fetched };
}

interface EmptyRun {
  readonly result: ExecutionResult;
  readonly nodes: ReadonlySet<FieldNode>;
  readonly reached: readonly Path[];
}

async function runEmpty(subgraph: ForeignSubgraph, fetch: ReadFetch, asker: string | undefined): Promise<EmptyRun> {
  const nodes = new Set<FieldNode>();
  const reached: Path[] = [];
  const read = (_source: unknown, info: GraphQLResolveInfo) => {
    if (isOfPointer(info)) throw new Error('Nothing of the object is known yet.');
    for (const node of info.fieldNodes) nodes.add(node);
    reached.push(pathOf(info.path));
    return placeFor(subgraph, info);
  };
  const result = await execute({
    schema: subgraph.before,
    document: fetch.document,
    operationName: fetch.operationName ?? null,
    variableValues: fetch.variables,
    contextValue: { asker, read, typeOf: () => undefined },
  });
  return { result, nodes, reached };
}

/** What guards read on their own, no operation has asked for. */
export function isOfPointer({ fieldNodes }: GraphQLResolveInfo): boolean {
  return fieldNodes.every(({ loc }) => loc === undefined);
}

/** What mutations stand on has to be there for them to be met. */
function placeFor({ early }: ForeignSubgraph, { returnType, operation }: GraphQLResolveInfo): unknown {
  if (operation.operation !== OperationTypeNode.MUTATION) return null;
  const type = getNamedType(returnType);
  return !isListType(returnType) && isObjectType(type) && early.types.has(type.name) ? {} : null;
}

function pathsIn(data: unknown, before: Path): readonly Path[] {
  if (typeof data !== 'object' || data === null) return [];
  return Object.entries(data).flatMap(([key, value]) => [[...before, key], ...pathsIn(value, [...before, key])]);
}

/** Mutations run one after the other, and none after one that fails and must not. */
function stopOf(
  { plain }: ForeignSubgraph,
  { operation }: ReadFetch,
  roots: readonly FieldNode[],
  nodes: ReadonlySet<FieldNode>,
): number {
  if (operation.operation !== OperationTypeNode.MUTATION) return roots.length;
  const fields = plain.getMutationType()?.getFields();
  const at = roots.findIndex((node) => {
    const type = fields?.[node.name.value]?.type;
    return !nodes.has(node) && type !== undefined && isNonNullType(type);
  });
  return at < 0 ? roots.length : at;
}

function notAfter(stop: number, roots: readonly FieldNode[]): (node: FieldNode) => boolean {
  const stopped = new Set(roots.slice(stop));
  return (node) => !stopped.has(node);
}
