import { type BreakerOptions, createCircuitBreaker } from './circuit-breaker.ts';
import { consistencyHeader } from './consistency.ts';
import type { Decision, PermissionCheck, PosternClient } from './decision.ts';
import { type Exchange, exchange, type Fetch } from './exchange.ts';
import { readDecisions, readErrorCode } from './read-decisions.ts';
import type { ShadowOptions } from './shadow/shadow-options.ts';
import { type ShadowClient, withShadow } from './shadow/with-shadow.ts';

export interface PosternClientOptions {
  /** Postern's GraphQL endpoint: `http://postern:4000/graphql`. */
  readonly url: string;
  /** How long one call may take, all of it; 1,000 by default. */
  readonly timeoutMs?: number;
  readonly breaker?: BreakerOptions;
  /** Instead of the one of the platform, which keeps connections open. */
  readonly fetch?: Fetch;
  /** Is told in one sentence why checks stay undecided. No sentence contains a token. */
  readonly onProblem?: (message: string) => void;
  /** Compares decisions with those of an old system, after they went out. */
  readonly shadow?: ShadowOptions;
}

const query = `query PosternGuard($checks: [ViewerCheckInput!]!) {
  viewer { decisions(checks: $checks) { allowed error { code } } }
}`;

/** Asks a running Postern, with the caller's own token. One client serves all requests of a subgraph. */
export function createPosternClient(options: PosternClientOptions & { readonly shadow: ShadowOptions }): ShadowClient;
export function createPosternClient(options: PosternClientOptions): PosternClient;
export function createPosternClient(options: PosternClientOptions): PosternClient {
  const { timeoutMs = 1000, fetch = (url, init) => globalThis.fetch(url, init), onProblem = () => undefined } = options;
  const url = readUrl(options.url);
  for (const [name, limit, most] of limitsIn(timeoutMs, options.breaker)) checkLimit(name, limit, most);
  const breaker = createCircuitBreaker(() => isAlive(fetch, url, timeoutMs), options.breaker);

  async function decide(
    checks: readonly PermissionCheck[],
    authorization?: string,
    consistency?: string,
  ): Promise<readonly Decision[]> {
    if (checks.length === 0) return [];
    const headers = headersFor(authorization);
    if (headers === undefined || authorization === undefined) return checks.map(() => ({ kind: 'unauthenticated' }));
    if (!addConsistency(headers, consistency)) return report(undecided(checks, unsendable), onProblem);
    if (!breaker.mayCall(authorization)) return undecided(checks, 'is not asked: its last answers did not come');
    addTimeout(headers, timeoutMs);
    const body = JSON.stringify({ query, variables: { checks } });
    const exchanged = await exchange(fetch, url, { method: 'POST', headers, body }, timeoutMs);
    if (isFailure(exchanged)) breaker.failed(authorization);
    else breaker.succeeded(authorization);
    return report(read(checks, exchanged), onProblem);
  }

  return options.shadow === undefined ? { decide } : withShadow({ decide }, options.shadow);
}

/** Whether Postern answers anybody: a question without a token, and about nothing. */
async function isAlive(fetch: Fetch, url: string, timeoutMs: number): Promise<boolean> {
  const headers = new Headers({ 'content-type': 'application/json', accept: 'application/json' });
  const body = JSON.stringify({ query: '{ __typename }' });
  return !isFailure(await exchange(fetch, url, { method: 'POST', headers, body }, timeoutMs));
}

/**
 * Only silence and a broken server count: an answer to somebody's strange token must not shut out everybody else. A server that has too
 * much to do says so at once, and answers whom it can.
 */
function isFailure(exchanged: Exchange): boolean {
  return exchanged.kind === 'none' || (exchanged.status >= 500 && !isOverloaded(exchanged));
}

function isOverloaded({ status, body }: Extract<Exchange, { kind: 'answer' }>): boolean {
  return status === 503 && readErrorCode(body) === 'OVERLOADED';
}

function read(checks: readonly PermissionCheck[], exchanged: Exchange): readonly Decision[] {
  if (exchanged.kind === 'none') return undecided(checks, exchanged.reason);
  if (exchanged.status === 401) return checks.map(() => ({ kind: 'unauthenticated' }));
  if (exchanged.status === 413) return undecided(checks, 'answers with more than it may, or was asked too much');
  if (isOverloaded(exchanged)) return undecided(checks, 'has too much to do at the moment (OVERLOADED)');
  if (exchanged.status !== 200) return undecided(checks, `answers with the HTTP status ${exchanged.status}`);
  const decisions = readDecisions(checks, exchanged.body);
  return decisions.ok ? decisions.value : undecided(checks, decisions.problem);
}

function undecided(checks: readonly PermissionCheck[], reason: string): readonly Decision[] {
  return checks.map(() => ({ kind: 'undecided', reason }));
}

/** Each reason once for a call: a page of 50 items has one problem, not 50. */
function report(decisions: readonly Decision[], onProblem: (message: string) => void): readonly Decision[] {
  const reasons = new Set(decisions.flatMap((decision) => (decision.kind === 'undecided' ? [decision.reason] : [])));
  for (const reason of reasons) void tell(`Postern ${reason}.`.replace(/\?\.$/, '?'), onProblem);
  return decisions;
}

/** Who cannot write a log still gets the decisions; also who finds it out later. */
async function tell(message: string, onProblem: (message: string) => unknown): Promise<void> {
  try {
    await onProblem(message);
  } catch {
    // There is nobody else who could be told.
  }
}

/** Undefined when there is no token, or none that could be sent. */
function headersFor(authorization: string | undefined): Headers | undefined {
  if (authorization === undefined || authorization.trim() === '') return undefined;
  try {
    return new Headers({ authorization, 'content-type': 'application/json', accept: 'application/json' });
  } catch {
    return undefined;
  }
}

/** Whether it could be said; without it, the answer might be older than was asked for. */
function addConsistency(headers: Headers, consistency: string | undefined): boolean {
  try {
    if (consistency !== undefined) headers.set(consistencyHeader, consistency);
    return true;
  } catch {
    return false;
  }
}

/** The header that says how long an answer is waited for, in milliseconds: what comes later need not be worked on. */
const timeoutHeader = 'postern-timeout-ms';
/** The longest that it says. */
const longestSaidMs = 9_999_999;

function addTimeout(headers: Headers, timeoutMs: number): void {
  headers.set(timeoutHeader, String(Math.min(Math.ceil(timeoutMs), longestSaidMs)));
}

const unsendable = `is not asked: the header "${consistencyHeader}" is none that can be sent`;

function readUrl(text: string): string {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  if (url?.protocol === 'http:' || url?.protocol === 'https:') return url.href;
  throw new TypeError(`The url of Postern is "${text}"; it should look like "http://postern:4000/graphql".`);
}

/** The longest that a timer of JavaScript waits; what is longer, it does at once. */
const longestMs = 2 ** 31 - 1;

function limitsIn(timeoutMs: number, { failures = 1, coolDownMs = 1 }: BreakerOptions = {}) {
  return [
    ['timeoutMs', timeoutMs, longestMs],
    ['breaker.failures', failures, Number.POSITIVE_INFINITY],
    ['breaker.coolDownMs', coolDownMs, longestMs],
  ] as const;
}

/** What is no number leaves every check undecided, or the breaker for ever as it is. */
function checkLimit(name: string, limit: unknown, most: number): void {
  if (typeof limit === 'number' && limit > 0 && limit <= most) return;
  const given = typeof limit === 'string' ? `"${limit.slice(0, 100)}"` : String(limit);
  throw new TypeError(`The option "${name}" is ${given}; it should be a number above 0, at most ${most}.`);
}
