import type { CallToolResult } from '@modelcontextprotocol/server';
import { assertNever } from '../base/assert-never.ts';
import type { Result } from '../base/result.ts';
import { describeRefusal, type Refusal } from '../operations/refusal.ts';
import type { ToolAnswer } from './tool.ts';

/** Most that is answered to a call, data and words together. */
export const mostAnswerBytes = 64 * 1024;
/** Most of a sentence about what went wrong. */
const mostErrorCharacters = 2000;

/** Where the code of an error stands, for programs. */
const errorMember = 'dev.postern/error';

/** Why a call has no answer. It is never a denial: those are answers. */
export interface CallProblem {
  readonly code: string;
  readonly message: string;
  readonly retryAfterSeconds?: number | undefined;
}

/** What a call is answered with: what the tool found, in data and in words, or an error that cannot be taken for either. */
export function callAnswer(answered: Result<ToolAnswer<Readonly<Record<string, unknown>>>, CallProblem>): {
  readonly result: CallToolResult;
  readonly problem: CallProblem | undefined;
} {
  if (!answered.ok) return errorAnswer(answered.problem);
  const { says, data } = answered.value;
  const bytes = Buffer.byteLength(says) + Buffer.byteLength(JSON.stringify(data));
  if (bytes > mostAnswerBytes) return errorAnswer(tooLarge);
  return { result: { content: [{ type: 'text', text: says }], structuredContent: { ...data } }, problem: undefined };
}

const tooLarge: CallProblem = {
  code: 'ANSWER_TOO_LARGE',
  message: `The answer has more than ${mostAnswerBytes / 1024} KiB: ask for less at once.`,
};

function errorAnswer(problem: CallProblem) {
  const { code, message, retryAfterSeconds } = problem;
  const shown = message.slice(0, mostErrorCharacters);
  const error = { code, message: shown, ...(retryAfterSeconds !== undefined && { retryAfterSeconds }) };
  const result: CallToolResult = {
    isError: true,
    content: [{ type: 'text', text: `${code}: ${shown}` }],
    _meta: { [errorMember]: error },
  };
  return { result, problem };
}

/** What a client is told that an operation has refused. */
export function problemOfRefusal(refusal: Refusal): CallProblem {
  switch (refusal.kind) {
    case 'forbidden':
      return { code: 'FORBIDDEN', message: refusal.message };
    case 'undecided':
      return refusal.problem;
    case 'invalid':
      return { code: refusal.errors[0]?.code ?? 'INVALID_INPUT', message: describeRefusal(refusal) };
    default:
      return assertNever(refusal);
  }
}
