import { isDeepStrictEqual } from 'node:util';
import { isRecord } from '../../../src/base/canonical-json.ts';
import type { Answer } from '../../support/postern-server.ts';

/** What somebody may be told who was not answered. */
const unanswered: readonly unknown[] = ['AUTHORIZATION_UNAVAILABLE'];

/**
 * What is wrong with an answer beside the right one: whatever is not as in the right one must say that it is not known. An ordinary
 * denial, an empty list or a missing permission says something else.
 */
export function judgeAnswer(right: Answer, got: Answer): string | undefined {
  if (got.status !== 200) return got.status === 503 ? undefined : `status ${got.status}: ${got.text}`;
  const rightCodes = right.errors.map(({ extensions }) => extensions.code);
  const strange = got.errors.find(
    ({ extensions: { code } }) => !unanswered.includes(code) && !rightCodes.includes(code),
  );
  if (strange !== undefined) return `the error ${JSON.stringify(strange)}`;
  if (isDeepStrictEqual(got.data, right.data) && got.errors.length === right.errors.length) return undefined;
  const isUnanswered = got.errors.some(({ extensions: { code } }) => unanswered.includes(code));
  return differs(right.data, got.data, isUnanswered) ? `instead of ${right.text}: ${got.text}` : undefined;
}

/** Whether something is said that is not so. */
function differs(right: unknown, got: unknown, isUnanswered: boolean): boolean {
  if (isDeepStrictEqual(right, got)) return false;
  if (got === null || got === undefined) return !isUnanswered;
  if (Array.isArray(right) && Array.isArray(got)) {
    return right.length !== got.length || right.some((one, index) => differs(one, got[index], isUnanswered));
  }
  if (!isRecord(right) || !isRecord(got)) return true;
  if (isUndecided(got)) return false;
  if (isPartlyDecided(right, got) || isCutShort(right, got)) return false;
  return Object.keys(right).some((key) => differs(right[key], got[key], isUnanswered));
}

function isUndecided({ allowed, error }: Readonly<Record<string, unknown>>): boolean {
  return allowed === false && isRecord(error) && unanswered.includes(error.code);
}

/** What was found of a preview while there was time, which says that it is not all: never more than there is. */
function isCutShort(right: Readonly<Record<string, unknown>>, got: Readonly<Record<string, unknown>>): boolean {
  if (right.isComplete !== true || got.isComplete !== false) return false;
  return ['gained', 'lost'].every((name) => countIn(got[name]) <= countIn(right[name]));
}

function countIn(found: unknown): number {
  return isRecord(found) ? Number(found.count) : Number.NaN;
}

/** Permissions of which some are granted, and all others that should be are said to be undecided. */
function isPartlyDecided(right: Readonly<Record<string, unknown>>, got: Readonly<Record<string, unknown>>): boolean {
  if (!Array.isArray(right.granted) || !Array.isArray(got.granted) || !Array.isArray(got.undecided)) return false;
  const undecided = got.undecided
    .filter(({ error }) => unanswered.includes(error.code))
    .map(({ permission }) => permission);
  const known = new Set([...got.granted, ...undecided]);
  return (
    got.granted.every((one) => (right.granted as readonly unknown[]).includes(one)) &&
    right.granted.every((one) => known.has(one))
  );
}
