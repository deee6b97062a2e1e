import type { SubjectType } from './schema.ts';
import type { TokenReader } from './token-reader.ts';
import { SchemaSyntax } from './tokens.ts';

/** `user | user:* | group#member with in_house and expiration` */
export function parseSubjectTypes(tokens: TokenReader): readonly SubjectType[] {
  const subjects = [subjectType(tokens)];
  while (tokens.skip('|')) subjects.push(subjectType(tokens));
  return subjects;
}

function subjectType(tokens: TokenReader): SubjectType {
  const { name: type, line } = tokens.path('a type');
  const kind = kindOf(tokens);
  return { ...kind, type, line, ...traits(tokens) };
}

/** `user#...` is a user and nothing more. */
function kindOf(tokens: TokenReader): Pick<SubjectType, 'kind' | 'relation'> {
  if (tokens.skip(':')) {
    tokens.take('*');
    return { kind: 'wildcard', relation: '' };
  }
  if (!tokens.skip('#') || tokens.skip('...')) return { kind: 'object', relation: '' };
  return { kind: 'set', relation: tokens.name('a relation after "#"').name };
}

function traits(tokens: TokenReader): Pick<SubjectType, 'caveat' | 'expires'> {
  if (!tokens.skip('with')) return { caveat: undefined, expires: false };
  const first = tokens.path('a caveat or "expiration" after "with"');
  if (first.name === 'expiration' && tokens.flags.has('expiration')) return { caveat: undefined, expires: true };
  if (!tokens.skip('and')) return { caveat: first.name, expires: false };
  const second = tokens.name('"expiration" after "and"');
  if (second.name === 'expiration') return { caveat: first.name, expires: true };
  throw new SchemaSyntax(second.line, 'Only "expiration" has a place after "and".');
}
