import { type DocumentNode, type GraphQLSchema, OperationTypeNode, parse } from 'graphql';
import {
  analyseOperation,
  type FieldRefusal,
  judgeOperation,
  type OperationAnalysis,
  refusalError,
  rootFields,
} from '#guard/gateway';
import { limits } from '../../model/limits.ts';
import { isNestedDeeperThan } from '../http/query-nesting.ts';
import { type AnsweringParts, answerChecks } from './answer-checks.ts';
import type { MessageOutcome } from './message-outcome.ts';
import type { RouterMessage } from './router-message.ts';

const proceed: MessageOutcome = { kind: 'continue' };

/** Decides the guards of an operation that hang on its arguments alone. What cannot be analysed goes on to the subgraphs. */
export async function decideMessage(
  parts: AnsweringParts,
  schema: GraphQLSchema,
  message: RouterMessage,
  sentBytes: number,
): Promise<MessageOutcome> {
  const document = readDocument(message.query);
  if (document === undefined) return proceed;
  const { operationName, variables } = message;
  const analysis = analyseOperation({ schema, document, operationName, variables });
  if (analysis === undefined) return proceed;
  const refusals = judgeOperation(
    analysis,
    await answerChecks(parts, { ...message, operation: analysis.operation }, analysis.checks, sentBytes),
  );
  return outcomeOf(toldRefusals(document, analysis, refusals));
}

/** Undefined for what is no document, which the router itself refuses, and for what is too large to look at. */
function readDocument(query: string): DocumentNode | undefined {
  if (isNestedDeeperThan(query, limits.coprocessorNesting.most)) return undefined;
  try {
    return parse(query, { maxTokens: limits.coprocessorTokens.most });
  } catch {
    return undefined;
  }
}

/**
 * The refusals that end an operation: each one of a mutation or a subscription, since nothing must be half done; and those of a
 * query when it has nothing else.
 */
function toldRefusals(
  document: DocumentNode,
  { operation, variables }: OperationAnalysis,
  refusals: ReturnType<typeof judgeOperation>,
): readonly FieldRefusal[] {
  if (operation.operation !== OperationTypeNode.QUERY) return [...refusals.values()];
  const told = rootFields(document, operation, variables).map((field) => refusals.get(field));
  const ending = told.filter((refusal) => refusal !== undefined && !refusal.isSilent);
  return ending.length === told.length ? ending.filter((refusal) => refusal !== undefined) : [];
}

function outcomeOf(refusals: readonly FieldRefusal[]): MessageOutcome {
  if (refusals.length === 0) return proceed;
  const errors = refusals.map((refusal) => refusalError(refusal, refusal.field.path).toJSON());
  return { kind: 'break', status: statusOf(new Set(refusals.map(({ decision }) => decision.kind))), errors };
}

/** An outage is the answer only where nothing else is: it must not look like a "no", nor a "no" like an outage. */
function statusOf(kinds: ReadonlySet<FieldRefusal['decision']['kind']>): 401 | 403 | 503 {
  if (kinds.has('unauthenticated')) return 401;
  return kinds.has('denied') ? 403 : 503;
}
