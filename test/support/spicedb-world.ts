/**
 * What SpiceDB answers, from the words of its documentation and of nothing that Postern has: a schema as terms, relationships,
 * and who holds what. Slow, and for graphs without rings only.
 */

export type Term =
  | { readonly op: 'nil' | 'self' }
  | { readonly op: 'name'; readonly name: string }
  | { readonly op: 'arrow'; readonly through: string; readonly name: string }
  | { readonly op: '+' | '&' | '-'; readonly left: Term; readonly right: Term };

export interface WorldSubject {
  readonly type: string;
  /** `*` for everybody. */
  readonly id: string;
  readonly relation: string;
}

export interface WorldRelationship {
  readonly type: string;
  readonly id: string;
  readonly relation: string;
  readonly subject: WorldSubject;
  /** Whether its caveat holds, if it has one; undefined while nobody says its parameter. */
  readonly holds: boolean | undefined;
  /** As the source writes its caveat. */
  readonly caveat: string;
}

export interface WorldType {
  /** What each relation takes, as it is written. */
  readonly relations: ReadonlyMap<string, string>;
  readonly permissions: ReadonlyMap<string, Term>;
}

export interface SpicedbWorld {
  readonly types: ReadonlyMap<string, WorldType>;
  readonly relationships: readonly WorldRelationship[];
}

/** True, false, or undefined while it depends on what nobody says. */
type Answer = boolean | undefined;

/** Whether a subject holds a relation or a permission. */
export function holds(world: SpicedbWorld, type: string, id: string, name: string, subject: WorldSubject): Answer {
  if (subject.type === type && subject.id === id && subject.relation === name) return true;
  const term = world.types.get(type)?.permissions.get(name);
  return term === undefined ? isRelated(world, type, id, name, subject) : holdsTerm(world, type, id, term, subject);
}

function isRelated(world: SpicedbWorld, type: string, id: string, name: string, asked: WorldSubject): Answer {
  const written = world.relationships.filter((one) => one.type === type && one.id === id && one.relation === name);
  return any(
    written.map(({ subject, holds: caveat }) => {
      const isThis = subject.type === asked.type && subject.relation === asked.relation && subject.id === asked.id;
      const isAll = subject.id === '*' && subject.type === asked.type && asked.relation === '';
      if (isThis || isAll) return caveat;
      return subject.relation === ''
        ? false
        : both(caveat, holds(world, subject.type, subject.id, subject.relation, asked));
    }),
  );
}

function holdsTerm(world: SpicedbWorld, type: string, id: string, term: Term, asked: WorldSubject): Answer {
  const of = (part: Term) => holdsTerm(world, type, id, part, asked);
  switch (term.op) {
    case 'nil':
      return false;
    case 'self':
      return asked.type === type && asked.id === id && asked.relation === '';
    case 'name':
      return holds(world, type, id, term.name, asked);
    case '+':
      return any([of(term.left), of(term.right)]);
    case '&':
      return both(of(term.left), of(term.right));
    case '-':
      return both(of(term.left), not(of(term.right)));
    case 'arrow':
      return any(
        world.relationships
          .filter((one) => one.type === type && one.id === id && one.relation === term.through)
          .map(({ subject, holds: caveat }) => both(caveat, holds(world, subject.type, subject.id, term.name, asked))),
      );
  }
}

function any(answers: readonly Answer[]): Answer {
  if (answers.includes(true)) return true;
  return answers.includes(undefined) ? undefined : false;
}

function both(left: Answer, right: Answer): Answer {
  return not(any([not(left), not(right)]));
}

function not(answer: Answer): Answer {
  return answer === undefined ? undefined : !answer;
}

const strength = { '-': 1, '&': 2, '+': 3 } as const;

/** A term with as few parentheses as its operators need: a union binds tightest, then an intersection, then an exclusion. */
export function printTermOf(term: Term, least = 1): string {
  switch (term.op) {
    case 'nil':
    case 'self':
      return term.op;
    case 'name':
      return term.name;
    case 'arrow':
      return `${term.through}->${term.name}`;
    default: {
      const own = strength[term.op];
      const text = `${printTermOf(term.left, own)} ${term.op} ${printTermOf(term.right, own + 1)}`;
      return own < least ? `(${text})` : text;
    }
  }
}

export function printSchema({ types }: SpicedbWorld): string {
  const definitions = Array.from(types, ([type, { relations, permissions }]) =>
    [
      `definition ${type} {`,
      ...Array.from(relations, ([name, subjects]) => `  relation ${name}: ${subjects}`),
      ...Array.from(permissions, ([name, term]) => `  permission ${name} = ${printTermOf(term)}`),
      '}',
    ].join('\n'),
  );
  return ['use self', 'caveat when(x int) { x > 0 }', ...definitions].join('\n\n');
}

export function printWorldRelationship({ type, id, relation, subject, caveat }: WorldRelationship): string {
  const set = subject.relation === '' ? '' : `#${subject.relation}`;
  return `${type}:${id}#${relation}@${subject.type}:${subject.id}${set}${caveat}`;
}
