import { z } from 'zod';
import type { AuthzenQuestion } from '../../authzen/questions.ts';

/** Cases of AuthZEN in a file, and the store file that they are about. */
export interface AuthzenSuite {
  readonly path: string;
  readonly storeFile: string;
  /** Whether its actions are named as permissions are. */
  readonly isFull: boolean;
  readonly cases: readonly AuthzenCase[];
}

export interface AuthzenCase {
  readonly name: string;
  readonly endpoint: AuthzenQuestion['name'];
  readonly contentType: string;
  readonly body: string;
  readonly expect: AuthzenExpectation;
}

/** What must come back, as far as it says. */
export type AuthzenExpectation = z.infer<typeof expectation>;

const entity = z.record(z.string(), z.string());

const expectation = z.strictObject({
  status: z.number(),
  decision: z.boolean().optional(),
  /** Of the evaluations, in their order. */
  decisions: z.array(z.boolean()).optional(),
  length: z.number().optional(),
  /** The evaluations to the letter. */
  evaluations: z.array(z.unknown()).optional(),
  includes: z.array(entity).optional(),
  /** All results, in any order. */
  results: z.array(entity).optional(),
  /** The name of a case with the same results. */
  sameAs: z.string().optional(),
  /** Whether to go on to the last page; they hold together what a case includes that asks the same. */
  pages: z.boolean().optional(),
});

const endpoint = z.enum(['evaluation', 'evaluations', 'search/subject', 'search/resource', 'search/action']);
const sent = z.record(z.string(), z.unknown());
const named = { id: z.string(), level: z.string().optional(), endpoint, expect: expectation };

const certification = z.strictObject({
  cases: z.array(z.strictObject({ ...named, request: sent })).min(1),
  rawBodies: z.array(z.strictObject({ ...named, contentType: z.string(), body: z.string() })).default([]),
});

const decided = z.strictObject({
  request: sent,
  expected: z.union([z.boolean(), z.array(z.unknown()), z.strictObject({ results: z.array(entity) })]),
});

const interop = z
  .strictObject({
    evaluation: z.array(decided).optional(),
    evaluations: z.array(decided).optional(),
    search: z.array(decided).optional(),
  })
  .refine((lists) => Object.keys(lists).length > 0);

/** The cases in a file of either form: those of a certification, and those of the interoperability tests. Undefined for any other file. */
export function readAuthzenCases(json: unknown): readonly AuthzenCase[] | undefined {
  const certified = certification.safeParse(json);
  if (certified.success) {
    const { cases, rawBodies } = certified.data;
    return [
      ...cases.map(({ id, request, ...one }) => caseOf(id, one.endpoint, request, one.expect)),
      ...rawBodies.map(({ id, level: _level, ...one }) => ({ name: id, ...one })),
    ];
  }
  const played = interop.safeParse(json);
  if (!played.success) return undefined;
  return Object.values(played.data).flatMap((list = []) => list.map(interopCase));
}

function caseOf(
  name: string,
  where: AuthzenCase['endpoint'],
  request: object,
  expect: AuthzenExpectation,
): AuthzenCase {
  return { name, endpoint: where, contentType: 'application/json', body: JSON.stringify(request), expect };
}

function interopCase({ request, expected }: z.infer<typeof decided>, index: number): AuthzenCase {
  const name = `${index + 1}: ${JSON.stringify(request)}`;
  const status = 200;
  if (typeof expected === 'boolean') return caseOf(name, 'evaluation', request, { status, decision: expected });
  if (Array.isArray(expected)) return caseOf(name, 'evaluations', request, { status, evaluations: expected });
  return caseOf(name, searchOf(request), request, { status, results: expected.results });
}

/** What is left out is searched for. */
function searchOf({ subject, action }: z.infer<typeof sent>): AuthzenCase['endpoint'] {
  if (action === undefined) return 'search/action';
  return z.looseObject({ id: z.string() }).safeParse(subject).success ? 'search/resource' : 'search/subject';
}
