import { expect, test } from 'vitest';
import type { Model } from '../../src/model/model.ts';
import { emptyContext, formatRelationship, type Relationship } from '../../src/model/relationship.ts';
import type { Actor } from '../../src/operations/actor.ts';
import type { Postern } from '../../src/operations/postern.ts';
import { describeRefusal } from '../../src/operations/refusal.ts';
import { recordOf } from '../../src/operations/relationship-record.ts';
import { writeRelationships } from '../../src/operations/relationships/write-relationships.ts';
import { extendGrant } from '../../src/operations/roles/extend-grant.ts';
import { referenceCheck } from '../reference/reference-check.ts';
import { farAway, notYet } from '../support/firm.ts';
import { openMemoryStore } from '../support/memory-store.ts';
import { object, subject } from '../support/parse.ts';
import { publish, signedIn, write, writing } from '../support/postern.ts';
import { type CourtAct, courtAct, courtWorld } from '../support/random-court.ts';
import { type Random, seededRandom } from '../support/seeded-random.ts';

/** Many with `npm run fuzz:administration`. */
const worlds = Number(process.env.TEST_SELF_GRANT_WORLDS ?? 25);
const actsOfWorld = 20;
/** The same number gives the same worlds: set it to see a failure again. */
const seed = Number(process.env.TEST_SEED ?? Date.now() % 2 ** 31);

type Written = ReadonlyMap<string, Relationship>;

/** Now, and after everything that begins or ends: nothing else changes at any other time. */
const instants = () => [new Date(), new Date(notYet.getTime() + 1), new Date(farAway.getTime() + 1)];

/** Where somebody holds the role at one of the times after an act, and did not before it, by the definition of the language alone. */
function gainedBy(who: string, model: Model, before: Written, after: Written): readonly string[] {
  const holds = (written: Written, firm: string, now: Date) => {
    const world = { model, stored: [...written.values()], contextual: [], now };
    return referenceCheck(world, {
      subject: subject(who),
      relation: 'money',
      object: object(firm),
      context: emptyContext,
    });
  };
  return instants().flatMap((now) =>
    ['firm:1', 'firm:2'].filter((firm) => holds(before, firm, now).most < 2 && holds(after, firm, now).least === 2),
  );
}

function apply(written: Written, { writes, deletes }: CourtAct): Written {
  const after = new Map(written);
  for (const one of deletes) after.delete(formatRelationship(one));
  for (const one of writes) after.set(formatRelationship(one), one);
  return after;
}

const times: readonly (Date | null)[] = [null, notYet, farAway];

/** Another beginning or end of something that is there; undefined where there is nothing. */
function changedTimes(random: Random, written: Written): Relationship | undefined {
  const all = [...written.values()].filter(({ startsAt }) => startsAt === undefined);
  const one = all[Math.floor(random() * all.length)];
  const end = times[Math.floor(random() * times.length)];
  return one === undefined || end === undefined ? undefined : { ...one, expiresAt: end ?? undefined };
}

type Outcome = 'done' | 'gain' | 'other';

async function attempt(postern: Postern, actor: Actor, act: CourtAct, isExtension: boolean): Promise<Outcome> {
  const [first] = act.writes;
  const none = { reason: undefined, idempotency: undefined };
  const result =
    isExtension && first !== undefined
      ? await extendGrant(postern, actor, { ...none, relationship: first, startsAt: undefined, expiresAt: first.expiresAt ?? null, condition: undefined }) // biome-ignore format: one line
      : await writeRelationships(postern, actor, writing(act.writes, act.deletes));
  if (result.ok) return 'done';
  return describeRefusal(result.problem).includes('this would give it to whoever writes it') ? 'gain' : 'other';
}

test(`nobody comes to hold a protected role by writes of their own (seed ${seed})`, {
  timeout: 3_600_000,
}, async () => {
  const seen = { done: 0, gain: 0, other: 0, gainsOfOthers: 0 };
  for (let index = 0; index < worlds; index += 1) {
    const random = seededRandom(seed + index);
    const { text, model, stored } = courtWorld(random);
    const postern: Postern = { store: openMemoryStore(), platform: object('platform:main'), report: () => undefined };
    await publish(postern, text);
    await write(postern, ['platform:main#writer@user:*', ...stored]);
    let written: Written = new Map(stored.map((one) => [formatRelationship(one), one]));
    const history: string[] = [];
    for (let step = 0; step < actsOfWorld; step += 1) {
      const who = random() < 0.5 ? 'user:ann' : 'user:ben';
      const extended = random() < 0.25 ? changedTimes(random, written) : undefined;
      const act = extended === undefined ? courtAct(random, model, written) : { writes: [extended], deletes: [] };
      if (act.writes.length + act.deletes.length === 0) continue;
      const after = apply(written, act);
      const outcome = await attempt(postern, signedIn(who), act, extended !== undefined);
      history.push(
        `${outcome} ${who} +${JSON.stringify(act.writes.map(recordOf))} -${JSON.stringify(act.deletes.map(recordOf))}`,
      );
      const gained = gainedBy(who, model, written, after);
      const about = () =>
        `world ${index}:\n${text}\n${[...written.values()].map((one) => JSON.stringify(recordOf(one))).join('\n')}\n${history.at(-1)}`;
      if (outcome === 'done') expect(gained, about()).toEqual([]);
      // And nobody hears that of a write that gives them nothing.
      if (outcome === 'gain') expect(gained.length, about()).toBeGreaterThan(0);
      seen[outcome] += 1;
      if (outcome !== 'done') continue;
      const other = who === 'user:ann' ? 'user:ben' : 'user:ann';
      if (gainedBy(other, model, written, after).length > 0) seen.gainsOfOthers += 1;
      written = after;
    }
    await postern.store.close();
  }
  process.stdout.write(`${worlds} worlds: ${JSON.stringify(seen)}\n`);
  // What is never refused, or never done, teaches nothing.
  expect(Math.min(seen.done, seen.gain, seen.gainsOfOthers)).toBeGreaterThan(0);
});
