import { tools } from '../../../src/mcp/tools.ts';
import { usualConsistency } from '../../../src/model/consistency.ts';
import { context, object, subject } from '../../support/parse.ts';
import type { PosternServer } from '../../support/postern-server.ts';

export interface Caller {
  readonly as: string;
  readonly by?: string;
}

/** What a call is answered: data and words, or why there are none. */
export type Called =
  | { readonly ok: true; readonly data: Readonly<Record<string, unknown>>; readonly says: string }
  | { readonly ok: false; readonly code: string; readonly message: string };

export async function callTool(server: PosternServer, name: string, sent: object, { as, by }: Caller): Promise<Called> {
  const read = tools.find((tool) => tool.name === name)?.read(sent);
  if (!read?.ok) return { ok: false, code: 'BAD', message: read?.problem ?? name };
  const delegate =
    by === undefined
      ? undefined
      : ({ kind: 'agent', object: object(by), context: context({}), permission: 'can_act_for' } as const);
  const actor = {
    kind: 'subject',
    subject: subject(as),
    context: context({}),
    requestId: undefined,
    delegate,
  } as const;
  const answered = await read.value.run({
    postern: server.running.postern,
    actor,
    consistency: usualConsistency,
    requestId: 'r',
  });
  if (answered.ok) return { ok: true, data: answered.value.data, says: answered.value.says };
  const { problem } = answered;
  if (problem.kind === 'forbidden') return { ok: false, code: 'FORBIDDEN', message: problem.message };
  if (problem.kind === 'undecided') return { ok: false, code: problem.problem.code, message: problem.problem.message };
  return {
    ok: false,
    code: problem.errors[0]?.code ?? '',
    message: problem.errors.map(({ message }) => message).join(' '),
  };
}

/** Every text of some data, whatever it is a part of. */
export function textsIn(data: unknown): readonly string[] {
  if (typeof data === 'string') return [data];
  return typeof data === 'object' && data !== null ? Object.values(data).flatMap(textsIn) : [];
}
