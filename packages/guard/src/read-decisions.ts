import type { Decision, PermissionCheck } from './decision.ts';
import { ok, type Result, wrong } from './result.ts';

/** The problem is the end of the sentence "Postern …". */
export type ReadDecisions = Result<readonly Decision[]>;

/** Reads an answer of Postern strictly: whatever is not exactly an answer to these checks, is none. */
export function readDecisions(checks: readonly PermissionCheck[], body: string): ReadDecisions {
  const answer = parse(body);
  if (answer === undefined) return wrong('answers something that is not JSON');
  const errors = property(answer, 'errors');
  if (errors !== undefined) return wrong(`answers with errors${codes(errors)}`);
  const viewer = property(property(answer, 'data'), 'viewer');
  if (viewer === null) return ok(checks.map(() => ({ kind: 'unauthenticated' })));
  const decisions = property(viewer, 'decisions');
  if (!Array.isArray(decisions)) return wrong('answers something that is no list of decisions');
  if (decisions.length !== checks.length) {
    return wrong(`answers ${decisions.length} decisions to ${checks.length} checks`);
  }
  return ok(checks.map((check, index) => readDecision(decisions[index], check)));
}

function readDecision(decision: unknown, check: PermissionCheck): Decision {
  const allowed = property(decision, 'allowed');
  const error = property(decision, 'error');
  if (error === null && allowed === true) return { kind: 'allowed' };
  if (error === null && allowed === false) return { kind: 'denied' };
  const code = property(error, 'code');
  if (typeof code !== 'string') return { kind: 'undecided', reason: 'answers something that is no decision' };
  return { kind: 'undecided', reason: describe(code, check) };
}

/** A mistake in the schema or the model is seen in the log, not taken for a no. */
function describe(code: string, { permission, object }: PermissionCheck): string {
  const type = object.slice(0, object.indexOf(':'));
  if (code === 'UNKNOWN_TYPE') return `knows no type "${type}": is it misspelt in @requiresPermission?`;
  if (code === 'UNKNOWN_RELATION') {
    return `knows no permission "${permission}" of type "${type}": is it misspelt in @requiresPermission?`;
  }
  return `cannot decide the permission "${permission}" of type "${type}" (${code.slice(0, 60)})`;
}

/** The code of the first error of an answer; undefined where it has none that can be read. */
export function readErrorCode(body: string): string | undefined {
  return firstCode(property(parse(body), 'errors'));
}

function codes(errors: unknown): string {
  const first = firstCode(errors);
  return first === undefined ? '' : ` (${first.slice(0, 60)})`;
}

function firstCode(errors: unknown): string | undefined {
  const code = Array.isArray(errors) ? property(property(errors[0], 'extensions'), 'code') : undefined;
  return typeof code === 'string' ? code : undefined;
}

function parse(body: string): unknown {
  try {
    const value: unknown = JSON.parse(body);
    return value;
  } catch {
    return undefined;
  }
}

function property(value: unknown, name: string): unknown {
  return typeof value === 'object' && value !== null && Object.hasOwn(value, name)
    ? Reflect.get(value, name)
    : undefined;
}
