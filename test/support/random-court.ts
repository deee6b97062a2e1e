import type { Model } from '../../src/model/model.ts';
import { formatRelationship, type Relationship } from '../../src/model/relationship.ts';
import { validateRelationship } from '../../src/model/validate-relationship.ts';
import { farAway, notYet } from './firm.ts';
import { dsl, relationship, storedModel } from './parse.ts';
import type { Random } from './seeded-random.ts';

/** People, and what keeps them from the role that nobody gives to themselves. */
const things: Readonly<Record<string, readonly string[]>> = {
  user: ['ann', 'ben'],
  team: ['a', 'b'],
  court: ['1', '2'],
  firm: ['1', '2'],
};

const links: Readonly<Record<string, string>> = { above: 'court', court: 'court' };

function one<Item>(random: Random, items: readonly Item[]): Item {
  const item = items[Math.floor(random() * items.length)];
  if (item === undefined) throw new Error('There is something to choose from.');
  return item;
}

/** Definitions in which everything takes away from something else, on this object or on another. */
export function courtModel(random: Random): string {
  const parts = ['officer', 'spared', 'officer from above', 'spared from above'];
  // Each once: to name one twice is refused.
  const part = () => parts.splice(Math.floor(random() * parts.length), 1)[0] ?? '';
  const judge = one(random, [
    () => `${part()} but not ${part()}`,
    () => `${part()} or ${part()}`,
    () => `${part()} and ${part()}`,
    () => `${part()} but not (${part()} but not ${part()})`,
    () => `(${part()} but not ${part()}) or ${part()}`,
  ])();
  const kept = one(random, ['judge from court', 'officer from court', '(judge from court or blocked)', '(judge from court and blocked)', '(blocked but not judge from court)']); // biome-ignore format: one line
  const written = '[user, user:*, team#member]';
  return dsl({
    user: {},
    platform: { writer: '[user:*]', can_write_relationships: 'writer' },
    team: { member: '[user, team#member]' },
    court: { above: '[court]', officer: written, spared: written, judge },
    firm: { court: '[court]', blocked: written, money: `[user] but not ${kept}`, no_self_grant: 'money' },
  });
}

/** A relationship that the model admits, perhaps with a beginning or an end. */
export function courtRelationship(random: Random, model: Model): Relationship {
  for (;;) {
    const type = one(random, ['team', 'court', 'court', 'firm']);
    const relation = one(random, [...(model.types.get(type)?.relations.keys() ?? [])]);
    const target = links[relation];
    const people = [
      `user:${one(random, things.user ?? [])}`,
      `team:${one(random, things.team ?? [])}#member`,
      'user:*',
    ];
    const subject = target === undefined ? one(random, people) : `${target}:${one(random, things[target] ?? [])}`;
    const times = one(random, [{}, {}, {}, { expiresAt: notYet }, { expiresAt: farAway }, { startsAt: notYet }]);
    const made = relationship(`${type}:${one(random, things[type] ?? [])}#${relation}@${subject}`, times);
    if (validateRelationship(model, made).ok) return made;
  }
}

export interface CourtAct {
  readonly writes: readonly Relationship[];
  readonly deletes: readonly Relationship[];
}

/** A few changes that can be made where this is written. */
export function courtAct(random: Random, model: Model, there: ReadonlyMap<string, Relationship>): CourtAct {
  const writes = new Map<string, Relationship>();
  const deletes = new Map<string, Relationship>();
  const count = one(random, [1, 1, 1, 2, 3]);
  for (let index = 0; index < count; index += 1) {
    if (random() < 0.55 && there.size > 0) {
      const [text, gone] = one(random, [...there]);
      deletes.set(text, gone);
    } else {
      const made = courtRelationship(random, model);
      const text = formatRelationship(made);
      if (!there.has(text)) writes.set(text, made);
    }
  }
  return { writes: [...writes.values()], deletes: [...deletes.values()] };
}

export function courtWorld(random: Random): {
  readonly text: string;
  readonly model: Model;
  readonly stored: readonly Relationship[];
} {
  const text = courtModel(random);
  const model = storedModel(text);
  const given = ['firm:1#money@user:ann', 'firm:1#court@court:1', 'firm:2#money@user:ben', 'firm:2#court@court:2'];
  const stored = [
    ...given.map((one) => relationship(one)),
    ...Array.from({ length: 14 }, () => courtRelationship(random, model)),
  ];
  return { text, model, stored: [...new Map(stored.map((each) => [formatRelationship(each), each])).values()] };
}
