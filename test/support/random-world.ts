import fc from 'fast-check';
import type { Check } from '../../src/engine/check/check.ts';
import type { Model, Restriction } from '../../src/model/model.ts';
import type { ConditionName, RelationName } from '../../src/model/names.ts';
import type { ObjectRef } from '../../src/model/object-ref.ts';
import { type Context, formatRelationship, type Relationship } from '../../src/model/relationship.ts';
import { formatSubjectRef } from '../../src/model/subject-ref.ts';
import { validateRelationship } from '../../src/model/validate-relationship.ts';
import { context, object, subject } from './parse.ts';
import { type RandomModel, relationsOf, subjects } from './random-model.ts';

/** A small model, relationships and checks that fast-check made; prints itself as text that can be read. */
export class RandomWorld {
  readonly dsl: string;
  readonly model: Model;
  readonly stored: readonly Relationship[];
  readonly contextual: readonly Relationship[];
  readonly checks: readonly Check[];

  constructor(
    source: RandomModel,
    seeds: readonly RelationshipSeed[],
    contextual: readonly RelationshipSeed[],
    checks: readonly Check[],
  ) {
    this.dsl = source.dsl;
    this.model = source.model;
    this.stored = unique(seeds.map((seed) => relationshipFrom(source.model, seed)));
    const given = unique(contextual.map((seed) => relationshipFrom(source.model, seed)));
    this.contextual = given.filter((one) => validateRelationship(source.model, one).ok);
    this.checks = checks;
  }

  [fc.toStringMethod](): string {
    const list = (title: string, lines: readonly string[]) => [title, ...lines.map((line) => `  ${line}`)];
    return [
      '',
      this.dsl,
      ...list('stored', this.stored.map(describe)),
      ...list('contextual', this.contextual.map(describe)),
      ...list(
        'checks',
        this.checks.map((check) => `${describe(check)}${asJson(check.context)}`),
      ),
    ].join('\n');
  }
}

const longPast = new Date('1999-01-01T00:00:00Z');
const past = new Date('2000-01-01T00:00:00Z');
const soon = new Date('2099-01-01T00:00:00Z');
const future = new Date('2100-01-01T00:00:00Z');

const values: readonly Readonly<Record<string, unknown>>[] = [{ x: 1 }, {}, { x: -1 }, { x: 0 }, { x: 'soon' }];

/** Numbers that choose; so a relationship that is there can stay while the model around it shrinks. */
interface RelationshipSeed {
  readonly object: number;
  readonly relation: number;
  readonly restriction: number;
  readonly id: number;
  readonly values: number;
  readonly expiry: number;
  readonly beginning: number;
  /** 0 writes something that the model does not admit. */
  readonly admitted: number;
}

const seeds: fc.Arbitrary<RelationshipSeed> = fc.record({
  object: fc.nat(5),
  relation: fc.nat(3),
  restriction: fc.nat(5),
  id: fc.nat(1),
  values: fc.nat(values.length),
  expiry: fc.nat(9),
  beginning: fc.nat(9),
  admitted: fc.nat(12),
});

const objects = ['group:1', 'group:2', 'folder:1', 'folder:2', 'doc:1', 'doc:2'].map(object);

function relationshipFrom(model: Model, seed: RelationshipSeed): Relationship {
  const on = at(objects, seed.object);
  const all = [...(model.types.get(on.type)?.relations.values() ?? [])].filter(
    ({ restrictions }) => restrictions.length > 0,
  );
  const relation = all.length === 0 ? undefined : at(all, seed.relation);
  const admitted = relation === undefined ? undefined : at(relation.restrictions, seed.restriction);
  const text =
    admitted === undefined || seed.admitted === 0 ? at(subjects, seed.restriction) : restrictionText(admitted);
  const isConditional = seed.admitted === 1 ? admitted?.condition === undefined : admitted?.condition !== undefined;
  return {
    object: on,
    relation: relation?.name ?? ('a' as RelationName),
    subject: subject(subjectText(text, seed.id + 1)),
    condition: isConditional ? { name: 'when' as ConditionName, context: context(at(values, seed.values)) } : undefined,
    ...timesFrom(seed),
  };
}

/** Begins before it ends, if it has both. */
function timesFrom({ beginning, expiry }: RelationshipSeed): Pick<Relationship, 'startsAt' | 'expiresAt'> {
  const expiresAt = expiry === 0 ? past : expiry === 1 ? future : undefined;
  const later = expiry === 0 ? longPast : soon;
  return { startsAt: beginning === 0 ? longPast : beginning <= 2 ? later : undefined, expiresAt };
}

function restrictionText(restriction: Restriction): string {
  if (restriction.kind === 'wildcard') return `${restriction.type}:*`;
  return restriction.kind === 'object' ? restriction.type : `${restriction.type}#${restriction.relation}`;
}

/** `doc#a` and 1 make `doc:1#a`. */
function subjectText(text: string, id: number): string {
  if (text.endsWith(':*')) return text;
  const [type = '', relation] = text.split('#');
  return relation === undefined ? `${type}:${id}` : `${type}:${id}#${relation}`;
}

/** Some are far more likely than others, so that relationships and checks often meet. */
const asking = [
  'user:1',
  'user:1',
  'user:1',
  'user:2',
  'user:3',
  'user:*',
  'bot:1',
  'bot:2',
  'group:1',
  'folder:1',
  'group:1#m',
  'group:2#n',
  'doc:2#b',
];

const checks: fc.Arbitrary<Check> = fc
  .record({
    subject: fc.constantFrom(...asking),
    object: fc.constantFrom(...objects),
    relation: fc.nat(11),
    values: fc.constantFrom(...values.slice(0, 3)),
  })
  .map((one) => ({
    subject: subject(one.subject),
    object: one.object,
    // Parents are asked for as well, now and then.
    relation: one.relation === 11 ? parentOf(one.object) : at(relationsOf[one.object.type] ?? [], one.relation),
    context: context(one.values),
  }));

function parentOf({ type }: ObjectRef): string {
  return type === 'group' ? 'm' : 'parent';
}

export function randomWorlds(models: fc.Arbitrary<RandomModel>): fc.Arbitrary<RandomWorld> {
  return fc
    .tuple(
      models,
      fc.array(seeds, { minLength: 10, maxLength: 30, size: 'max' }),
      fc.array(seeds, { maxLength: 3 }),
      fc.array(checks, { minLength: 1, maxLength: 8, size: 'max' }),
    )
    .map(([model, stored, contextual, asked]) => new RandomWorld(model, stored, contextual, asked));
}

function at<One>(list: readonly One[], index: number): One {
  const one = list[index % list.length];
  if (one === undefined) throw new Error('An empty list has nothing to choose from.');
  return one;
}

/** The first of those with the same object, relation and subject. */
function unique(list: readonly Relationship[]): readonly Relationship[] {
  return [...new Map(list.toReversed().map((one) => [formatRelationship(one), one])).values()].toReversed();
}

function describe(one: Relationship | Check): string {
  const { condition, startsAt, expiresAt } = 'condition' in one ? one : {};
  const base = `${one.object.type}:${one.object.id}#${one.relation}@${formatSubjectRef(one.subject)}`;
  const guard = condition === undefined ? '' : ` with ${condition.name}${asJson(condition.context)}`;
  const start = startsAt === undefined ? '' : ` from ${startsAt.toISOString()}`;
  return `${base}${guard}${start}${expiresAt === undefined ? '' : ` until ${expiresAt.toISOString()}`}`;
}

function asJson(values: Context): string {
  return ` ${JSON.stringify(Object.fromEntries(values))}`;
}
