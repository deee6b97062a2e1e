import { beforeAll, describe, expect, test } from 'vitest';
import { createRandom } from '../../bench/random.ts';
import { failed } from '../../src/base/result.ts';
import { checkInSnapshot } from '../../src/engine/check/check.ts';
import { listObjects } from '../../src/engine/lists/list-objects.ts';
import { listSubjects } from '../../src/engine/lists/list-subjects.ts';
import { formatObjectRef } from '../../src/model/object-ref.ts';
import { formatRelationship } from '../../src/model/relationship.ts';
import { formatSubjectRef, type SubjectRef } from '../../src/model/subject-ref.ts';
import { recordOf } from '../../src/operations/relationship-record.ts';
import type { DecidingSnapshot } from '../../src/store/deciding-snapshot.ts';
import { Trial } from '../../src/store/trial/trial.ts';
import { unconstrained } from '../../src/store/write-constraint.ts';
import type { RelationshipTransaction } from '../../src/store/write-transaction.ts';
import { outcomeOf } from '../support/decide.ts';
import { context, dsl, object, relationship, subject } from '../support/parse.ts';
import { everyStore, publish, usePosternOn, write } from '../support/postern.ts';

/** What a trial says of a write is what the write, once done, says of itself: to every question that there is. */

const club = dsl(
  {
    user: {},
    team: { member: '[user, team#member]' },
    room: {
      parent: '[room]',
      owner: '[user]',
      blocked: '[user, user:*]',
      viewer: '[user, user:*, user with late, team#member]',
      can_view: '(viewer or owner or can_view from parent) but not blocked',
      can_share: 'owner and can_view',
    },
  },
  { late: '(hour: int) { hour > 17 }' },
);

const seed = Number(process.env.TEST_SEED ?? Date.now() % 2 ** 31);
const random = createRandom(seed);
const users = ['a', 'b', 'c', 'never'].map((name) => `user:${name}`);
const rooms = ['1', '2', '3', 'new'].map((name) => `room:${name}`);
const teams = ['x', 'y', 'fresh'].map((name) => `team:${name}`);

function randomRelationship() {
  const [room, user, team] = [random.pick(rooms), random.pick(users), random.pick(teams)];
  const [text, hour] = random.pick<readonly [string, number?]>([
    [`${room}#owner@${user}`],
    [`${room}#blocked@${user}`],
    [`${room}#blocked@user:*`],
    [`${room}#viewer@${user}`],
    [`${room}#viewer@${user}`, random.between(16, 19)],
    [`${room}#viewer@user:*`],
    [`${room}#viewer@${team}#member`],
    [`${room}#parent@room:${random.pick(['1', '2'])}`],
    [`${team}#member@${user}`],
    [`${team}#member@${random.pick(teams)}#member`],
  ]);
  const isOver = random.chance(0.1);
  return relationship(text, {
    ...(hour !== undefined && { condition: ['late', { hour }] as const }),
    ...(random.chance(0.2) && { startsAt: new Date(random.chance(0.5) ? 900_000_000_000 : 3_900_000_000_000) }),
    ...(random.chance(0.2) && { expiresAt: new Date(isOver ? 1_000_000_000_000 : 4_000_000_000_000) }),
  });
}

/** Those whom a wildcard covers need not be named: which of them are is up to where they are written besides. */
function namesOf(subjects: readonly SubjectRef[]): readonly string[] {
  const names = subjects.map(formatSubjectRef).toSorted();
  return names.includes('user:*') ? ['user:*'] : names;
}

const isSelf = (text: string) => /^room:(\w+)#parent@room:\1$|^(team:\w+#member)@\2$/.test(text);

describe.each(everyStore)('on %s', (store) => {
  const postern = usePosternOn(store);

  beforeAll(async () => {
    await publish(postern(), club);
    await write(postern(), [
      'room:1#viewer@user:a',
      'room:2#parent@room:1',
      'team:x#member@user:b',
      'room:1#owner@user:c',
    ]);
  });

  /** Everything that may be asked of a state, in a form that has no numbers of nodes. */
  async function everythingIn(snapshot: DecidingSnapshot) {
    const checks = rooms.flatMap((room) =>
      ['can_view', 'can_share', 'viewer', 'blocked'].flatMap((relation) =>
        [...users, 'team:x#member', 'user:*'].map((by) => {
          return { subject: subject(by), relation, object: object(room), context: context({}) };
        }),
      ),
    );
    const { decisions } = await checkInSnapshot(snapshot, { checks, contextual: [] });
    const asked = { context: context({}), contextual: [] };
    const subjects = await Promise.all(
      rooms.map((room) =>
        listSubjects(
          snapshot,
          { ...asked, object: object(room), relation: 'can_view', type: 'user', subjectRelation: undefined },
          100,
        ),
      ),
    );
    const objects = await Promise.all(
      users.map((user) =>
        listObjects(snapshot, { ...asked, subject: subject(user), relation: 'can_view', type: 'room' }, 100, undefined),
      ),
    );
    const sources = rooms.map((room) => ({ object: object(room), relation: 'owner', after: 0 }));
    const holders = await snapshot.readPermanentHolders(sources, 2);
    return {
      decisions: decisions.map(outcomeOf),
      subjects: subjects.map((page) => page.ok && namesOf(page.value.subjects.map((one) => one.subject))),
      objects: objects.map((page) => page.ok && page.value.objects.map(formatObjectRef)),
      // Which two of several is another matter.
      holders: sources.map((_, position) => holders.filter((one) => one.position === position).length),
    };
  }

  test(`random writes (seed ${seed})`, { timeout: 60_000 }, async () => {
    for (let round = 0; round < 15; round++) {
      const changes = Array.from({ length: random.between(1, 6) }, () => ({
        kind: random.pick(['write', 'write', 'delete', 'replace'] as const),
        one: randomRelationship(),
      })).filter(({ one }) => !isSelf(formatRelationship(one)));
      const apply = async ({ relationships }: RelationshipTransaction) => {
        const told: unknown[] = [];
        for (const { kind, one } of changes) {
          const found = await relationships.find([one]);
          const said =
            kind === 'replace'
              ? await relationships.replace(one, undefined)
              : kind === 'write'
                ? await relationships.write([one], undefined)
                : await relationships.delete([one]);
          told.push([found.map(recordOf), said?.map(recordOf)]);
        }
        return told;
      };
      const tried = await postern().store.reader.withSnapshot(
        [],
        async (snapshot) => {
          const before = await everythingIn(snapshot);
          const trial = new Trial(snapshot, unconstrained);
          const told = await apply(trial);
          const { before: without, after } = trial.states;
          expect(await everythingIn(without)).toEqual(before);
          return { told, state: await everythingIn(after) };
        },
        { history: true },
      );
      let told: unknown;
      await postern().store.writer.write(unconstrained, async (transaction) => {
        told = await apply(transaction);
        return { ok: true, value: undefined };
      });
      const about = changes.map(({ kind, one }) => `${kind} ${JSON.stringify(recordOf(one))}`).join('\n');
      expect(tried.told, about).toEqual(told);
      const state = await postern().store.reader.withSnapshot([], everythingIn);
      expect(tried.state, about).toEqual(state);
    }
  });

  test('leaves nothing behind', async () => {
    const read = () => postern().store.readRelationships({}, 100, undefined);
    const before = await read();
    await postern().store.reader.withSnapshot([], async (snapshot) => {
      const trial = new Trial(snapshot, () => ({ see: async () => {}, findProblem: async () => 'no' }));
      await trial.relationships.write([relationship('room:none#viewer@user:none')], undefined);
      expect(failed(await trial.findProblem())).toEqual(failed('no'));
    });
    expect(await read()).toEqual(before);
  });
});
