import { askWorld } from '../../src/cli/store-file/play-world.ts';
import type { CheckCase } from '../../src/cli/store-file/test-world.ts';
import { evaluation, post } from '../authzen/support/authzen-client.ts';
import { callTool } from '../mcp/support/mcp-client.ts';
import type { PosternServer } from '../support/postern-server.ts';

/** A question in words that every door can be asked with. */
export interface DoorQuestion {
  readonly subject: string;
  readonly relation: string;
  readonly object: string;
  readonly context: Readonly<Record<string, unknown>>;
}

/** Answers questions: `allowed`, `denied`, or the code of why not; all as one request. A further door is one more of these. */
export type AskDoor = (server: PosternServer, questions: readonly DoorQuestion[]) => Promise<readonly string[]>;

/** Who asks: whoever may ask about any subject. */
export const asker = 'service:pep';

export const doors: Readonly<Record<string, AskDoor>> = {
  GraphQL: askGraphql,
  AuthZEN: askAuthzen,
  MCP: askMcp,
  CLI: askCli,
};

async function askGraphql(server: PosternServer, questions: readonly DoorQuestion[]): Promise<readonly string[]> {
  const query =
    'query ($checks: [PermissionCheckInput!]!) { checkPermissions(input: { checks: $checks }) { decisions { allowed error { code } } } }';
  const checks = questions.map(({ relation, ...rest }) => ({ permission: relation, ...rest }));
  const { data, errors } = await server.ask(query, { as: asker, variables: { checks } });
  if (errors.length > 0) throw new Error(errors.map(({ message }) => message).join(' '));
  const { checkPermissions } = data as {
    readonly checkPermissions: {
      readonly decisions: readonly { readonly allowed: boolean; readonly error: { readonly code: string } | null }[];
    };
  };
  return checkPermissions.decisions.map(({ allowed, error }) => error?.code ?? (allowed ? 'allowed' : 'denied'));
}

async function askAuthzen(server: PosternServer, questions: readonly DoorQuestion[]): Promise<readonly string[]> {
  const evaluations = questions.map(({ subject, relation, object, context }) =>
    evaluation(`${subject} ${relation} ${object}`, { context }),
  );
  const { status, text, body } = await post(server, 'evaluations', { evaluations }, { as: asker });
  if (status !== 200) throw new Error(text);
  const answers = (
    body as {
      readonly evaluations: readonly { readonly decision: boolean; readonly context?: { readonly code: string } }[];
    }
  ).evaluations;
  return answers.map(({ decision, context }) => context?.code ?? (decision ? 'allowed' : 'denied'));
}

/** As many as a call takes, one call after the other. */
const mostChecks = 50;

async function askMcp(server: PosternServer, questions: readonly DoorQuestion[]): Promise<readonly string[]> {
  const answers: string[] = [];
  for (let start = 0; start < questions.length; start += mostChecks) {
    const checks = questions
      .slice(start, start + mostChecks)
      .map(({ relation, ...rest }) => ({ permission: relation, ...rest }));
    const { text, body } = await callTool(server, 'check_access', { checks }, { as: asker });
    const decisions = body?.result?.structuredContent?.decisions;
    if (!Array.isArray(decisions) || body?.result?.isError) throw new Error(text);
    answers.push(...decisions.map(({ decision, code }: { decision: string; code?: string }) => code ?? decision));
  }
  return answers;
}

/** `postern test` on what the server has stored. */
async function askCli(server: PosternServer, questions: readonly DoorQuestion[]): Promise<readonly string[]> {
  const { store } = server.running.postern;
  const active = await store.loadActiveModel();
  if (active === undefined) throw new Error('No model is active.');
  const cases = questions.map(
    ({ subject, relation, object, context }): CheckCase => ({
      ...{ kind: 'check', name: '', user: subject, relation, object, context },
      ...{ contextual: [], expected: 'allowed' },
    }),
  );
  const world = { name: '', continues: true, model: { kind: 'dsl', dsl: '' }, relationships: [], cases } as const;
  const results = await askWorld(store.reader, active.prepared.model, world);
  return results.map(({ actual }) => actual.split(':', 1)[0] ?? '');
}
