import {
  type DirectiveNode,
  type DocumentNode,
  type ExecutionResult,
  type GraphQLError,
  type GraphQLSchema,
  OperationTypeNode,
  visit,
} from 'graphql';
import { consistencyFor } from './consistency.ts';
import type { PosternClient } from './decision.ts';
import { analyseOperation, type OperationAnalysis } from './gateway/analyse-operation.ts';
import { type Authorization, askAll } from './gateway/ask-all.ts';
import { type FieldRefusal, judgeOperation } from './gateway/judge-operation.ts';
import { refusalError } from './gateway/refusal-error.ts';
import { createWithheldAnswer } from './gateway/withheld-answer.ts';
import { withholdFields } from './gateway/withhold-fields.ts';

export interface PosternGatewayOptions<Context> {
  readonly client: PosternClient;
  /** The caller's `authorization` header, as it came: `({ request }) => request.headers.get('authorization')`. */
  readonly authorization: (context: Context) => Authorization | Promise<Authorization>;
  /** The `postern-consistency` header of the request: how fresh the decisions must be. Those of mutations are never old ones. */
  consistency?(context: Context): string | null | undefined;
}

/** A plugin for Hive Gateway, GraphQL Yoga and Envelop. */
export interface PosternGatewayPlugin<Context> {
  onExecute(payload: ExecutePayload<Context>): Promise<ExecuteHooks | undefined>;
  onSubscribe(payload: ExecutePayload<Context>): Promise<undefined>;
}

export interface ExecutePayload<Context> {
  readonly args: {
    readonly schema: GraphQLSchema;
    document: DocumentNode;
    readonly operationName?: string | null | undefined;
    readonly variableValues?: { readonly [name: string]: unknown } | null | undefined;
    readonly contextValue?: Context;
  };
  setResultAndStopExecution(result: ExecutionResult): void;
}

export interface ExecuteHooks {
  onExecuteDone(payload: ExecuteDonePayload): void;
}

export interface ExecuteDonePayload {
  readonly result: ExecutionResult | AsyncIterable<unknown>;
  setResult(result: ExecutionResult): void;
}

/**
 * Answers the guards of an operation that hang on its arguments alone, in one question and before any subgraph is asked.
 *
 * - A query goes on without the refused fields, which are null with the error that the subgraph would have sent.
 * - A mutation or a subscription with a refused field is refused whole: nothing is half done.
 * - Everything else is the subgraphs' to decide, which ask again: this plugin answers earlier, never more generously.
 */
export function postern<Context>(options: PosternGatewayOptions<Context>): PosternGatewayPlugin<Context> {
  return {
    async onExecute(payload) {
      const refused = await refusedOf(options, payload);
      if (refused === undefined) return undefined;
      if (refused.analysis.operation.operation !== OperationTypeNode.QUERY) {
        payload.setResultAndStopExecution({ data: null, errors: errorsOf(refused) });
        return undefined;
      }
      return withhold(refused, payload);
    },
    async onSubscribe(payload) {
      const refused = await refusedOf(options, payload);
      if (refused !== undefined) payload.setResultAndStopExecution({ errors: errorsOf(refused) });
      return undefined;
    },
  };
}

interface Refused {
  readonly analysis: OperationAnalysis;
  readonly refusals: ReturnType<typeof judgeOperation>;
}

async function refusedOf<Context>(
  options: PosternGatewayOptions<Context>,
  { args }: ExecutePayload<Context>,
): Promise<Refused | undefined> {
  const { schema, document, operationName, variableValues: variables } = args;
  const analysis = analyseOperation({ schema, document, operationName, variables });
  if (analysis === undefined) return undefined;
  const context = args.contextValue as Context;
  const consistency = consistencyFor(options, context, analysis.operation);
  const readAuthorization = () => options.authorization(context);
  const answers = await askAll(options.client, analysis.checks, readAuthorization, consistency);
  const refusals = judgeOperation(analysis, answers);
  return refusals.size === 0 ? undefined : { analysis, refusals };
}

/** Of an operation that is refused whole: there every refused field has its error, whatever its `onDeny` is. */
function errorsOf({ refusals }: Refused): readonly GraphQLError[] {
  return [...refusals.values()].map((refusal: FieldRefusal) => refusalError(refusal, refusal.field.path));
}

function withhold<Context>(refused: Refused, payload: ExecutePayload<Context>): ExecuteHooks | undefined {
  const { args } = payload;
  // Parts of an answer that come later have no place yet where an error could stand.
  if (isIncremental(args.document)) return undefined;
  const withheld = withholdFields(args.document, refused.refusals);
  const { schema, operationName } = args;
  const answered = { schema, operationName, variables: refused.analysis.variables };
  const { complete, restore } = createWithheldAnswer(answered, withheld);
  if (complete !== undefined) {
    payload.setResultAndStopExecution(complete);
    return undefined;
  }
  args.document = withheld.document;
  return {
    onExecuteDone: ({ result, setResult }) => {
      if (!(Symbol.asyncIterator in result)) setResult(restore(result));
    },
  };
}

function isIncremental(document: DocumentNode): boolean {
  let found = false;
  const Directive = ({ name }: DirectiveNode) => {
    found ||= name.value === 'defer' || name.value === 'stream';
  };
  visit(document, { Directive });
  return found;
}
