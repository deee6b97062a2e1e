import { isRecord } from '../../../src/base/canonical-json.ts';
import type { PosternServer } from '../../support/postern-server.ts';
import { callTool, problemCodeOf } from '../support/mcp-client.ts';

/** A call that somebody makes to answer a question. `{{0.proposal.id}}` in an argument stands for a part of what call 0 was answered. */
export interface SentCall {
  readonly tool: string;
  readonly arguments: Readonly<Record<string, unknown>>;
}

export interface Caller {
  readonly as: string;
  readonly by?: string;
}

/** What the answers to some calls say, whichever tools were asked: one page or three, check or explanation. */
export interface Facts {
  /** In the order in which they were asked. */
  readonly decisions: readonly string[];
  readonly ids: readonly string[];
  /** Of a proposal; `none` where there is none. */
  readonly state: string | undefined;
  /** Why the last call has no answer. */
  readonly refused: unknown;
  readonly answers: readonly unknown[];
}

/** What a question must be answered with; each is one of the facts, and `contains` is a part of an answer. */
export type Expected =
  | { readonly decisions: readonly string[] }
  | { readonly ids: readonly string[] }
  | { readonly state: string }
  | { readonly refused: string }
  | { readonly contains: unknown };

/** Makes the calls, one after the other, as this caller. */
export async function playCalls(server: PosternServer, caller: Caller, calls: readonly SentCall[]): Promise<Facts> {
  const answers: unknown[] = [];
  let refused: unknown;
  for (const { tool, arguments: sent } of calls) {
    const answer = await callTool(server, tool, filledIn(sent, answers), caller);
    answers.push(answer.body?.result?.structuredContent);
    refused = problemCodeOf(answer);
  }
  const data = answers.filter(isRecord);
  return {
    decisions: data.flatMap(decisionsIn),
    ids: [...new Set(data.flatMap(idsIn))].toSorted(),
    state: data.map(stateIn).findLast((state) => state !== undefined),
    ...{ refused, answers },
  };
}

/** Undefined where the facts are what is expected. */
export function judgeFacts(expected: Expected, facts: Facts): string | undefined {
  if ('contains' in expected) {
    if (facts.answers.some((answer) => contains(answer, expected.contains))) return undefined;
    return `no answer contains ${JSON.stringify(expected.contains)}: ${JSON.stringify(facts.answers)}`;
  }
  if (facts.refused !== undefined && !('refused' in expected)) return `it is refused: ${String(facts.refused)}`;
  const [[name, wanted] = ['', undefined]] = Object.entries(expected);
  const found = new Map<string, unknown>(Object.entries(facts)).get(name);
  const isSame =
    JSON.stringify(found) === JSON.stringify(Array.isArray(wanted) && name === 'ids' ? wanted.toSorted() : wanted);
  return isSame
    ? undefined
    : `${name} are ${JSON.stringify(found)} instead of ${JSON.stringify(wanted)} (${String(facts.refused)})`;
}

function filledIn(sent: SentCall['arguments'], answers: readonly unknown[]): SentCall['arguments'] {
  const text = JSON.stringify(sent).replaceAll(/\{\{([\w.]+)\}\}/g, (_all, path: string) => {
    const [index = '', ...members] = path.split('.');
    const start: unknown = answers[Number(index)];
    return String(members.reduce((value: unknown, member) => (isRecord(value) ? value[member] : undefined), start));
  });
  return JSON.parse(text);
}

function decisionsIn(data: Readonly<Record<string, unknown>>): readonly string[] {
  const all = Array.isArray(data.decisions) ? data.decisions : [data];
  return all.flatMap((one: unknown) => (isRecord(one) && typeof one.decision === 'string' ? [one.decision] : []));
}

function idsIn(data: Readonly<Record<string, unknown>>): readonly string[] {
  const listed = ['objects', 'subjects', 'grants', 'relationships', 'events', 'findings'].flatMap((member) => {
    const list = data[member];
    return Array.isArray(list) ? list : [];
  });
  return listed.map((one: unknown) => {
    if (!isRecord(one)) return String(one);
    const { object, role, relation = role, subject, action, kind } = one;
    return String(action ?? kind ?? `${object}#${relation}@${subject}`);
  });
}

function stateIn(data: Readonly<Record<string, unknown>>): string | undefined {
  if (!('proposal' in data)) return undefined;
  return isRecord(data.proposal) ? String(data.proposal.state) : 'none';
}

/** Whether all that is wanted is there: of a list, some item for each. */
function contains(found: unknown, wanted: unknown): boolean {
  if (Array.isArray(wanted))
    return Array.isArray(found) && wanted.every((one) => found.some((item) => contains(item, one)));
  if (!isRecord(wanted)) return found === wanted;
  return isRecord(found) && Object.entries(wanted).every(([name, value]) => contains(found[name], value));
}
