import { canonicalJson, isRecord } from '../../base/canonical-json.ts';
import type { AuthzenCase } from './authzen-suite.ts';

export interface AskedCase extends AuthzenCase {
  /** The answer, and those of the pages behind it. */
  readonly pages: readonly Answered[];
  /** What was wrong with asking it again. */
  readonly repetition: string | undefined;
}

export interface Answered {
  readonly status: number;
  readonly text: string;
  readonly body: Readonly<Record<string, unknown>>;
}

/** What of the answer to a case is not as it must be; undefined where nothing is. Cases may be about the answers of others. */
export function judgeAuthzenAnswer(one: AskedCase, all: readonly AskedCase[]): string | undefined {
  const [first] = one.pages;
  if (first === undefined || first.status !== one.expect.status) return 'another status';
  if (first.status !== 200) return holdsAnswer(first) ? 'an answer beside a refusal' : undefined;
  return one.endpoint.startsWith('search/') ? problemOfResults(one, all) : problemOfDecisions(one, first);
}

/** What leads to the next page; empty at the end. */
export function tokenAfter({ body: { page } }: Answered): unknown {
  return isRecord(page) ? page.next_token : undefined;
}

function holdsAnswer({ body }: Answered): boolean {
  return ['decision', 'evaluations', 'results'].some((member) => member in body);
}

function problemOfDecisions({ expect }: AskedCase, { body }: Answered): string | undefined {
  if (expect.decision !== undefined && body.decision !== expect.decision) return 'another decision';
  const evaluations = listOf(body.evaluations);
  const isToTheLetter = (wanted: unknown, given: unknown) => JSON.stringify(wanted) === JSON.stringify(given);
  if (expect.evaluations && !isToTheLetter(expect.evaluations, evaluations)) return 'other evaluations';
  const decisions = evaluations.map((item) => (isRecord(item) ? item.decision : undefined));
  if (expect.decisions && !isToTheLetter(expect.decisions, decisions)) return 'other decisions';
  const isWhole = decisions.length === expect.length && decisions.every((one) => typeof one === 'boolean');
  return expect.length !== undefined && !isWhole ? 'not a decision for each' : undefined;
}

function problemOfResults({ pages, expect, body }: AskedCase, all: readonly AskedCase[]): string | undefined {
  const last = pages.at(-1);
  if (last === undefined || tokenAfter(last) !== '') return 'a last page that is none';
  const found = resultsOf(pages);
  if (new Set(found).size !== found.length) return 'a result twice';
  if (expect.results && !isSame(found, textsOf(expect.results))) return 'other results';
  const same = all.find(({ name }) => name === expect.sameAs);
  if (expect.sameAs !== undefined && !(same && isSame(found, resultsOf(same.pages))))
    return 'other results than that case';
  const whole = all.find((other) => other.expect.includes !== undefined && isUnpaged(other.body, body));
  if (expect.pages && (whole === undefined || pages.length < 2)) return 'no pages to look at';
  const wanted = textsOf(expect.includes ?? (expect.pages ? whole?.expect.includes : undefined) ?? []);
  return wanted.every((one) => found.includes(one)) ? undefined : 'not all that it includes';
}

/** Whether the one asks what the other asks page by page. */
function isUnpaged(whole: string, paged: string): boolean {
  const { page: _page, ...question } = JSON.parse(paged);
  return canonicalJson(question) === canonicalJson(JSON.parse(whole));
}

function resultsOf(pages: readonly Answered[]): readonly string[] {
  return pages.flatMap(({ body }) => textsOf(listOf(body.results)));
}

function textsOf(list: readonly unknown[]): readonly string[] {
  return list.map((one) => canonicalJson(one));
}

function listOf(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}

function isSame(left: readonly string[], right: readonly string[]): boolean {
  return canonicalJson(left.toSorted()) === canonicalJson(right.toSorted());
}
