import fc from 'fast-check';
import type { SpicedbWorld, Term, WorldRelationship, WorldSubject, WorldType } from './spicedb-world.ts';

const typeNames = ['user', 'group', 'folder', 'doc'] as const;
/** As long as names have to be there. */
const memberNames = ['alpha', 'beta', 'gamma', 'delta', 'omega'] as const;
const ids = ['1', '2', '3'] as const;

type Draw = <Value>(arbitrary: fc.Arbitrary<Value>) => Value;

/** Chosen again and again by numbers, so that a world that fails becomes a small one. */
export const spicedbWorlds: fc.Arbitrary<SpicedbWorld> = fc.gen().map((generate) => {
  const draw: Draw = (arbitrary) => generate(() => arbitrary);
  const types = new Map<string, WorldType>([['user', { relations: new Map(), permissions: new Map() }]]);
  for (const type of typeNames.slice(1)) types.set(type, { relations: new Map(), permissions: new Map() });
  for (const type of typeNames.slice(1)) types.set(type, randomType(draw, type));
  return { types, relationships: randomRelationships(draw, types) };
});

const sometimes = fc.nat(3).map((number) => number === 0);

function randomType(draw: Draw, type: string): WorldType {
  const relations = new Map<string, string>();
  const permissions = new Map<string, Term>();
  for (const name of memberNames) {
    const kind = relations.size === 0 ? 1 : draw(fc.nat(4));
    if (kind === 1 || kind === 2) relations.set(name, randomSubjects(draw, type));
    if (kind >= 3) permissions.set(name, randomTerm(draw, { relations, permissions }, 2));
  }
  return { relations, permissions };
}

/** Of the types up to this one. */
function randomSubjects(draw: Draw, type: string): string {
  const lower = typeNames.slice(0, typeNames.indexOf(type as 'user') + 1);
  const count = 1 + draw(fc.nat(2));
  const subjects = Array.from({ length: count }, () => {
    const of = draw(fc.constantFrom(...lower));
    const kind = draw(fc.nat(3));
    const subject =
      kind === 0 && of === 'user' ? 'user:*' : kind === 1 && of !== 'user' ? `${of}#${memberNames[0]}` : of;
    return draw(sometimes) ? `${subject} with when` : subject;
  });
  return [...new Set(subjects)].join(' | ');
}

function randomTerm(draw: Draw, { relations, permissions }: WorldType, depth: number): Term {
  const op =
    depth === 0 ? 'name' : draw(fc.constantFrom('name', 'name', 'arrow', '+', '&', '-', '+', '&', '-', 'nil', 'self'));
  if (op === 'nil' || op === 'self') return { op };
  if (op === '+' || op === '&' || op === '-') {
    const part = () => randomTerm(draw, { relations, permissions }, depth - 1);
    return { op, left: part(), right: part() };
  }
  const through = [...relations].filter(([, subjects]) => !subjects.includes('*')).map(([name]) => name);
  if (op === 'arrow' && through.length > 0) {
    return { op, through: draw(fc.constantFrom(...through)), name: draw(fc.constantFrom(...memberNames)) };
  }
  return { op: 'name', name: draw(fc.constantFrom(...relations.keys(), ...permissions.keys())) };
}

/** Only ever to what comes before: there are no rings. */
function randomRelationships(draw: Draw, types: ReadonlyMap<string, WorldType>): readonly WorldRelationship[] {
  const objects = typeNames.flatMap((type) => ids.map((id) => ({ type, id })));
  const made = new Map<string, WorldRelationship>();
  for (let count = 4 + draw(fc.nat(14)); count > 0; count -= 1) {
    const at = ids.length + draw(fc.nat(objects.length - ids.length - 1));
    const object = objects[at];
    const relations = [...(types.get(object?.type ?? '')?.relations ?? [])];
    if (object === undefined || relations.length === 0) continue;
    const [relation, subjects] = draw(fc.constantFrom(...relations));
    const written = draw(fc.constantFrom(...subjects.split(' | ')));
    const before = objects.slice(0, at);
    const found = relationshipOf(draw, object, relation, written, before);
    if (found === undefined) continue;
    const { subject } = found;
    made.set(JSON.stringify([object, relation, subject]), found);
  }
  return [...made.values()];
}

function relationshipOf(
  draw: Draw,
  object: { readonly type: string; readonly id: string },
  relation: string,
  written: string,
  before: readonly { readonly type: string; readonly id: string }[],
): WorldRelationship | undefined {
  const [kind = '', , caveated] = written.split(' ');
  const [type = '', set = ''] = kind.replace(':*', '').split('#');
  const candidates = before.filter((one) => one.type === type);
  if (candidates.length === 0) return undefined;
  const id = kind.endsWith('*') ? '*' : draw(fc.constantFrom(...candidates)).id;
  const subject: WorldSubject = { type, id, relation: set };
  const choice = caveated === undefined ? 0 : draw(fc.nat(2));
  const [caveat, holds] = caveated === undefined ? ['', true] : (caveats[choice] ?? ['', true]);
  return { ...object, relation, subject, caveat, holds };
}

const caveats: readonly (readonly [text: string, holds: boolean | undefined])[] = [
  ['[when:{"x":1}]', true],
  ['[when:{"x":-1}]', false],
  ['[when]', undefined],
];

/** Everybody who could hold something: users, objects and the sets that relations name. */
export function worldSubjects({ relationships }: SpicedbWorld): readonly WorldSubject[] {
  const named = relationships.flatMap(({ type, id, subject }) => [{ type, id, relation: '' }, subject]);
  const all = [...named, { type: 'user', id: '1', relation: '' }, { type: 'user', id: 'stranger', relation: '' }];
  return [...new Map(all.filter(({ id }) => id !== '*').map((one) => [JSON.stringify(one), one])).values()];
}
