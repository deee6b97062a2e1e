import {
  type DocumentNode,
  type FieldNode,
  getOperationAST,
  Kind,
  type OperationDefinitionNode,
  OperationTypeNode,
  parse,
  print,
  type TypeNode,
} from 'graphql';
import { readVariables } from '../gateway/read-variables.ts';
import { rootFields } from '../gateway/root-fields.ts';
import { type AskedBefore, askBefore, type ReadFetch } from './ask-before.ts';
import type { Ask } from './asking.ts';
import type { ForeignSubgraph } from './foreign-subgraph.ts';
import { fieldNames } from './guarded-names.ts';
import type { AnswerBody, Fetch, KeptFetch } from './kept-fetch.ts';
import { OwnNames } from './own-names.ts';
import { playAnswer } from './play-answer.ts';
import { refusedBody } from './refused-body.ts';
import { rewriteDocument, UnknownPart } from './rewrite-document.ts';
import { entitiesField } from './subgraph-of-supergraph.ts';

/** What becomes of a fetch. */
export type Prepared =
  /** Nothing in it is guarded. */
  | { readonly kind: 'untouched' }
  | { readonly kind: 'send'; readonly fetch: Fetch; readonly kept: KeptFetch }
  /** Nothing is left that would have to be fetched, or nothing may be. */
  | { readonly kind: 'answer'; readonly body: AnswerBody };

/** Who asks for a fetch. */
export interface Asker {
  /** Without a token nobody is asked about. */
  readonly isSignedIn: boolean;
  operation(kind: OperationTypeNode): Ask;
  /** What is longer is not read, and so not fetched. */
  readonly maxTokens?: number;
}

/** Decides what can be decided before a fetch, and says what is fetched for the rest. */
export async function prepareFetch(subgraph: ForeignSubgraph, given: Fetch, asker: Asker): Promise<Prepared> {
  const document = tryParse(given.query, asker.maxTokens);
  if (document === undefined) return refused('The operation cannot be read, so nobody knows what is guarded in it.');
  if (![...fieldNames(document)].some((name) => subgraph.guarded.has(name))) return { kind: 'untouched' };
  const fetch = readFetch(subgraph, document, given);
  if (typeof fetch === 'string') return refused(fetch);
  const ask = asker.operation(fetch.operation.operation);
  try {
    const asked = await askBefore(subgraph, fetch, ask, asker.isSignedIn);
    return await prepared(subgraph, fetch, asked, { ask, isSignedIn: asker.isSignedIn });
  } catch (error) {
    if (error instanceof UnknownPart) return refused('The operation asks for what the supergraph does not know.');
    throw error;
  }
}

function tryParse(query: string, maxTokens: number | undefined): DocumentNode | undefined {
  try {
    return parse(query, maxTokens === undefined ? {} : { maxTokens });
  } catch {
    return undefined;
  }
}

/** The problem is why nothing of it may be fetched. */
function readFetch(subgraph: ForeignSubgraph, document: DocumentNode, fetch: Fetch): ReadFetch | string {
  const operation = getOperationAST(document, fetch.operationName);
  if (!operation) return 'The operation is not in its document.';
  if (operation.operation === OperationTypeNode.SUBSCRIPTION) {
    return 'The events of a subscription cannot be guarded on their way.';
  }
  const read = readVariables(subgraph.plain, operation.variableDefinitions ?? [], fetch.variables);
  if (read.kind !== 'read') return 'The variables do not fit the operation.';
  return { ...fetch, document, operation, values: read.variables };
}

async function prepared(
  subgraph: ForeignSubgraph,
  fetch: ReadFetch,
  { outcome, fetched }: AskedBefore,
  asker: { readonly ask: Ask; readonly isSignedIn: boolean },
): Promise<Prepared> {
  const { query, operationName, variables, document, operation, values } = fetch;
  const roots = rootFields(document, operation, values);
  const entities = roots.filter(({ name }) => name.value === entitiesField).map((node) => countOf(node, variables));
  const kept: KeptFetch = {
    query,
    operationName,
    operation: operation.operation,
    variables: without(operation, variables),
    early: outcome,
    entities,
  };
  const isFetched = (node: FieldNode) => fetched.has(node);
  if (!roots.some((node) => node.name.value === entitiesField || isFetched(node))) {
    return { kind: 'answer', body: await playAnswer(subgraph, kept, { data: {} }, asker) };
  }
  const { plain: schema, early, needed } = subgraph;
  const names = new OwnNames(query);
  const rewriting = { schema, early, needed, asked: fieldNames(document), isFetched, names };
  const own = rewriteDocument(rewriting, document, operation);
  return { kind: 'send', fetch: { query: print(own), operationName, variables: usedBy(own, variables) }, kept };
}

/** An object for each that is asked for: another number of them would be those of others. */
function countOf(
  { alias, name: field, arguments: args = [] }: FieldNode,
  variables: Fetch['variables'],
): [string, number] {
  const value = args[0]?.value;
  const key = alias?.value ?? field.value;
  if (value?.kind === Kind.LIST) return [key, value.values.length];
  const name = value?.kind === Kind.VARIABLE ? value.name.value : undefined;
  const given = name !== undefined && Object.hasOwn(variables, name) ? variables[name] : undefined;
  if (!Array.isArray(given)) throw new UnknownPart();
  return [key, given.length];
}

/** Without the representations, which are long, and which nobody needs any more. */
function without({ variableDefinitions = [] }: OperationDefinitionNode, variables: Fetch['variables']) {
  const isLong = new Set(
    variableDefinitions.filter(({ type }) => typeName(type) === '_Any').map(({ variable }) => variable.name.value),
  );
  return Object.fromEntries(Object.entries(variables).map(([name, value]) => [name, isLong.has(name) ? [] : value]));
}

function typeName(type: TypeNode): string {
  return type.kind === Kind.NAMED_TYPE ? type.name.value : typeName(type.type);
}

function usedBy({ definitions }: DocumentNode, variables: Fetch['variables']): Fetch['variables'] {
  const [operation] = definitions;
  const used = operation?.kind === Kind.OPERATION_DEFINITION ? (operation.variableDefinitions ?? []) : [];
  const names = new Set(used.map(({ variable }) => variable.name.value));
  return Object.fromEntries(Object.entries(variables).filter(([name]) => names.has(name)));
}

function refused(message: string): Prepared {
  return { kind: 'answer', body: refusedBody(message) };
}
