import { type DocumentNode, execute, type GraphQLFormattedError, type GraphQLResolveInfo, parse, visit } from 'graphql';
import { AnswerReader } from './answer-reader.ts';
import { type Ask, askOnce } from './asking.ts';
import type { ForeignSubgraph } from './foreign-subgraph.ts';
import { formatError } from './format-errors.ts';
import type { AnswerBody, EarlyOutcome, KeptFetch } from './kept-fetch.ts';
import { OwnNames } from './own-names.ts';
import { refusedBody } from './refused-body.ts';
import { type AnswerKeys, closedError, errorAt, placeErrors } from './subgraph-failures.ts';

export interface AnswerAsker {
  readonly ask: Ask;
  readonly isSignedIn: boolean;
}

/**
 * What clients get of a subgraph's answer: the operation as it was before it was rewritten, run over the answer by the guard package.
 * So everything is as if the subgraph had guarded itself: errors, nulls and what they take with them, items that are left out.
 * What was not asked for is not in it, whatever came.
 */
export async function playAnswer(
  subgraph: ForeignSubgraph,
  kept: KeptFetch,
  body: unknown,
  { ask, isSignedIn }: AnswerAsker,
): Promise<AnswerBody> {
  const answer = readBody(body, kept);
  if (answer === undefined) return refusedBody('The answer of the subgraph does not fit what it was asked.');
  const { data, errors } = answer;
  const document = parse(kept.query);
  const names = new OwnNames(kept.query);
  const keys: AnswerKeys = { mayBeGuarded: guardedKeys(subgraph, document), isOwn: (key) => names.isOwn(key) };
  if (data === null) return withoutData(kept.early, errors, keys);
  const placed = placeErrors(data, errors, keys);
  const reader = new AnswerReader(subgraph, kept.early, placed, names);
  const result = await askOnce(subgraph.asking, ask, async (name) =>
    execute({
      schema: subgraph.after,
      document,
      rootValue: data,
      operationName: kept.operationName ?? null,
      variableValues: kept.variables,
      contextValue: {
        asker: isSignedIn ? name : undefined,
        read: (source: unknown, info: GraphQLResolveInfo) => reader.read(source, info),
        typeOf: (source: unknown) => reader.typeOf(source),
      },
    }),
  );
  const told = [...(result.errors ?? []).flatMap(formatError), ...(placed.hasOthers ? [placed.others] : [])];
  return { data: result.data ?? null, ...(told.length > 0 && { errors: told }) };
}

interface ReadBody {
  readonly data: object | null;
  readonly errors: readonly unknown[];
}

/** Undefined for what is no answer, or the answer to something else. */
function readBody(body: unknown, { entities }: KeptFetch): ReadBody | undefined {
  if (!isRecord(body)) return undefined;
  const { data = null, errors = null } = body;
  if (errors !== null && !Array.isArray(errors)) return undefined;
  if (data !== null && !isRecord(data)) return undefined;
  if (data !== null && !entities.every(([key, count]) => hasCount(data, key, count))) return undefined;
  return { data, errors: errors ?? [] };
}

/** The router knows by its place whose part an object is. */
function hasCount(data: Readonly<Record<string, unknown>>, key: string, count: number): boolean {
  const value: unknown = Object.hasOwn(data, key) ? data[key] : undefined;
  return value === null || (Array.isArray(value) && value.length === count);
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** Names in the answer under which guarded fields may be. */
function guardedKeys({ guarded }: ForeignSubgraph, document: DocumentNode): (key: string) => boolean {
  const keys = new Set<string>();
  visit(document, {
    Field: ({ alias, name }) => {
      if (guarded.has(name.value)) keys.add(alias?.value ?? name.value);
    },
  });
  return (key) => keys.has(key);
}

/** A subgraph that answers nothing tells why, as far as that says nothing of a value. */
function withoutData(early: EarlyOutcome, errors: readonly unknown[], keys: AnswerKeys): AnswerBody {
  const told = errors.map((error) => errorAt(error, keys));
  const all: readonly GraphQLFormattedError[] = [...early.errors, ...told];
  return { data: null, errors: all.length > 0 ? all : [closedError(undefined)] };
}
