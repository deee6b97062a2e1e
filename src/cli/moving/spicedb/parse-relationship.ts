import { isRecord } from '../../../base/canonical-json.ts';
import { parseExactJson } from '../../../base/exact-number.ts';
import { failed, ok, type Result } from '../../../base/result.ts';
import { quote } from '../../../base/text-problem.ts';
import type { SourceCaveat, SourceRelationship } from './source-relationship.ts';

const name = '[a-z][a-z0-9_]*(?:/[a-z][a-z0-9_]*)*';
const id = String.raw`[a-zA-Z0-9/_|\-=+.@]+|\*`;
const head = new RegExp(`^(${name}):(${id})#([a-z][a-z0-9_]*)@(${name}):(${id})(?:#([a-z][a-z0-9_]*|\\.\\.\\.))?(.*)$`);

/** Reads `document:1#viewer@user:ann[tier:{"level":2}][expiration:2030-01-01T00:00:00Z]`; the problem is a sentence. */
export function parseSourceRelationship(text: string, line: number): Result<SourceRelationship, string> {
  const match = head.exec(text);
  if (match === null) {
    return failed(`${quote(text)} is no relationship; write "document:1#viewer@user:ann".`);
  }
  const [, type = '', object = '', relation = '', subjectType = '', subjectId = '', subjectRelation = '', rest = ''] =
    match;
  const traits = parseTraits(rest);
  if (!traits.ok) return failed(`${traits.problem} behind ${quote(text.slice(0, text.length - rest.length))}.`);
  const set = subjectRelation === '...' ? '' : subjectRelation;
  return ok({ line, type, id: object, relation, subjectType, subjectId, subjectRelation: set, ...traits.value });
}

type Traits = Pick<SourceRelationship, 'caveat' | 'expiresAt'>;

/** `[caveat]`, `[caveat:{…}]`, `[expiration:…]`, in any order and each once. */
function parseTraits(text: string): Result<Traits, string> {
  let rest = text.trim();
  let [caveat, expiresAt]: [SourceCaveat | undefined, Date | undefined] = [undefined, undefined];
  while (rest !== '') {
    const expiration = /^\[expiration:([^\]]*)\]/.exec(rest);
    if (expiration !== null && expiresAt === undefined) {
      expiresAt = parseInstant(expiration[1] ?? '');
      if (expiresAt === undefined) return failed(`${quote(expiration[1] ?? '')} is no time`);
      rest = rest.slice(expiration[0].length).trim();
      continue;
    }
    const read: ReadCaveat | undefined = caveat === undefined && expiration === null ? parseCaveat(rest) : undefined;
    if (read === undefined) return failed(`${quote(rest)} has no place`);
    caveat = read.caveat;
    rest = read.rest.trim();
  }
  return ok({ caveat, expiresAt });
}

interface ReadCaveat {
  readonly caveat: SourceCaveat;
  readonly rest: string;
}

function parseCaveat(text: string): ReadCaveat | undefined {
  const [whole, caveat] = new RegExp(`^\\[(${name})(?=[\\]:])`).exec(text) ?? [];
  if (whole === undefined || caveat === undefined) return undefined;
  if (text[whole.length] === ']') return { caveat: { name: caveat, context: {} }, rest: text.slice(whole.length + 1) };
  // JSON may hold brackets itself: the first end behind which it is whole.
  for (let end = text.indexOf(']', whole.length); end >= 0; end = text.indexOf(']', end + 1)) {
    const context = jsonIn(text.slice(whole.length + 1, end));
    if (context !== undefined) return { caveat: { name: caveat, context }, rest: text.slice(end + 1) };
  }
  return undefined;
}

function jsonIn(text: string): Readonly<Record<string, unknown>> | undefined {
  try {
    const value = parseExactJson(text);
    return isRecord(value) ? value : undefined;
  } catch {
    return undefined;
  }
}

const instant = /^\d{4}-\d\d-\d\d[Tt]\d\d:\d\d:\d\d(?:\.(\d+))?(?:[Zz]|[+-]\d\d:\d\d)$/;

/** A time of RFC 3339; what is finer than a millisecond is cut off, so that nothing lasts longer than it did. */
export function parseInstant(text: string): Date | undefined {
  const match = instant.exec(text);
  if (match === null) return undefined;
  const fraction = match[1];
  const cut = fraction === undefined ? text : text.replace(`.${fraction}`, `.${fraction.slice(0, 3)}`);
  const date = new Date(cut);
  return Number.isNaN(date.getTime()) ? undefined : date;
}
