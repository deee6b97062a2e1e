import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { FaultPort } from '../../src/base/fault-port.ts';
import { createDecisionLoader } from '../../src/graphql/decision-loader.ts';
import { usualConsistency } from '../../src/model/consistency.ts';
import { checkViewer } from '../../src/operations/access/check-viewer.ts';
import type { Viewer } from '../../src/operations/actor.ts';
import { openUseWindow } from '../../src/operations/findings/use-window.ts';
import type { Postern } from '../../src/operations/postern.ts';
import { UseCounter } from '../../src/operations/uses/use-counter.ts';
import { useDatabase } from '../support/database.ts';
import { localParser } from '../support/local-parser.ts';
import { openReplica } from '../support/open-replica.ts';
import { openStore, type PostgresStore } from '../support/open-store.ts';
import { connectAsOwner } from '../support/owner-sql.ts';
import { dsl, object } from '../support/parse.ts';
import { publish, signedIn, write } from '../support/postern.ts';
import { noteStatement, throwIfUnnamed } from '../support/unnamed-statements.ts';

/** Counting what is used: exact, apart from the answers, and honest about what it does not know. */
const databaseUrl = useDatabase();
const statements: string[] = [];
/** What happens to statements that count. */
let fault: 'none' | 'hang' | 'fail' = 'none';
let hanging = Promise.withResolvers<void>();
const faults: FaultPort = {
  around: async (point, work) => {
    if (!/Use$/.test(point) || fault === 'none') return work();
    if (fault === 'fail') throw new Error('The database cannot count.');
    hanging.resolve();
    return new Promise(() => undefined);
  },
};

let store: PostgresStore;
let owner: ReturnType<typeof connectAsOwner>;
const problems: string[] = [];
const report = (message: string) => void problems.push(message);
const postern = (): Postern => ({ store, platform: object('platform:main'), report });

beforeAll(async () => {
  const onStatement = (text: string) => {
    noteStatement(text);
    statements.push(text);
  };
  store = openStore(databaseUrl(), { connections: 4, statementTimeoutMs: 2_000, onStatement, faults }, localParser);
  owner = connectAsOwner(databaseUrl(), 1);
  await publish(
    postern(),
    dsl({
      user: {},
      team: { member: '[user]' },
      doc: { viewer: '[user, team#member, user:*]', owner: '[user]', can_view: 'viewer or owner', can_own: 'owner' },
    }),
  );
  await write(postern(), [
    'team:a#member@user:ann',
    'doc:1#viewer@team:a#member',
    'doc:1#viewer@user:ann',
    'doc:2#viewer@team:a#member',
    'doc:3#viewer@user:*',
    'doc:4#owner@user:ann',
  ]);
});
afterAll(async () => {
  await Promise.all([store.close(), owner.end()]);
  throwIfUnnamed();
});
beforeEach(async () => {
  fault = 'none';
  hanging = Promise.withResolvers();
  problems.length = 0;
  await owner`truncate use_server, grant_use, subject_use`;
});

const ann = signedIn('user:ann') as Viewer;
const rights = (...ids: readonly string[]) =>
  ids.map((id) => ({ permission: 'can_view', object: object(`doc:${id}`) }));

async function startCounting(of: Postern = postern()) {
  const counter = new UseCounter({ log: of.store.uses, report });
  const server = await of.store.uses.join(true);
  if (server === undefined) throw new Error('A server that counts has a number.');
  return {
    counter,
    tell: (isLast = false) => counter.tell(server, isLast),
    counting: { ...of, onEnforced: counter.note },
  };
}

/** What is counted, with names. */
async function counted(): Promise<readonly string[]> {
  const rows = await owner<{ text: string; uses: number }[]>`
    select o.name || '#' || u.relation || '@' || coalesce(s.name, '*') || case u.subject_relation when '' then '' else '#' || u.subject_relation end as text,
      sum(u.uses)::int8 as uses
    from grant_use u join object o on o.id = u.object left join object s on s.id = u.subject
    group by 1 order by 1`;
  return rows.map(({ text, uses }) => `${text} ${uses}`);
}

async function countedSubjects(): Promise<readonly string[]> {
  const rows = await owner<{ name: string; uses: number }[]>`
    select o.name, u.uses from subject_use u join object o on o.id = u.subject order by 1`;
  return rows.map(({ name, uses }) => `${name} ${uses}`);
}

describe('what is counted', () => {
  test('is what carries each enforced check that is allowed: the shortest way, and nothing of what is denied', async () => {
    const { counting, tell } = await startCounting();
    await checkViewer(counting, ann, rights('1', '1', '2', '3', 'none'));
    await checkViewer(counting, signedIn('user:ben') as Viewer, rights('1', '3'));
    await tell();
    expect(await counted()).toEqual(['1#viewer@ann 2', '2#viewer@a#member 1', '3#viewer@* 2', 'a#member@ann 1']);
    // Nothing names ben.
    expect(await countedSubjects()).toEqual(['ann 4']);
  });

  test('is not what is shown, unless somebody enforces it as well', async () => {
    const { counting, tell } = await startCounting();
    const loader = createDecisionLoader(counting, ann, usualConsistency);
    await Promise.all([loader.loadAll(rights('2', '3')), loader.loadAll(rights('1'), true)]);
    await tell();
    expect(await counted()).toEqual(['1#viewer@ann 1']);
    await loader.loadAll(rights('3'), true);
    await tell();
    expect(await counted()).toEqual(['1#viewer@ann 1', '3#viewer@* 1']);
  });

  test('is the same where a replica answers', async () => {
    const replica = openReplica(databaseUrl());
    await replica.store.replica.whenLoaded();
    const { counting, tell } = await startCounting({ ...postern(), store: replica.store });
    await checkViewer(counting, ann, rights('1', '2', '3'));
    await tell();
    expect(await counted()).toEqual(['1#viewer@ann 1', '2#viewer@a#member 1', '3#viewer@* 1', 'a#member@ann 1']);
    await replica.store.close();
  });

  test('adds up where several servers tell it at once', async () => {
    const servers = await Promise.all([startCounting(), startCounting(), startCounting()]);
    for (let round = 0; round < 5; round += 1) {
      await Promise.all(
        servers.map(async ({ counting, tell }) => {
          await Promise.all(Array.from({ length: 10 }, () => checkViewer(counting, ann, rights('1', '2'))));
          await tell();
        }),
      );
    }
    expect(await counted()).toEqual(['1#viewer@ann 150', '2#viewer@a#member 150', 'a#member@ann 150']);
    expect(await countedSubjects()).toEqual(['ann 300']);
  });

  test('waits where it cannot be told, and is told the next time', async () => {
    const { counting, tell } = await startCounting();
    await checkViewer(counting, ann, rights('1'));
    fault = 'fail';
    await expect(tell()).rejects.toThrow('The database cannot count.');
    await checkViewer(counting, ann, rights('1'));
    fault = 'none';
    await tell();
    expect(await counted()).toEqual(['1#viewer@ann 2']);
    expect((await owner`select from use_server where lost_at is not null`).length).toBe(0);
  });
});

test.each(['none', 'fail', 'hang'] as const)(
  'answers are the same, with the same statements, where counting: %s',
  async (how) => {
    const asked = rights('1', '2', '3', 'none');
    const ask = async (of: Postern) => {
      const before = statements.length;
      const decisions = [];
      for (let round = 0; round < 20; round += 1) decisions.push(await checkViewer(of, ann, asked));
      return { decisions, statements: statements.slice(before) };
    };
    const plain = await ask(postern());
    const { counting, tell } = await startCounting();
    fault = how;
    const told = tell().catch(() => undefined);
    await (how === 'hang' ? hanging.promise : told);
    const counted = await ask(counting);
    expect(counted.decisions).toEqual(plain.decisions);
    expect(counted.statements).toEqual(plain.statements);
    expect(counted.statements.length).toBe(20);
    expect(problems).toEqual([]);
  },
);

test('what is more than can be looked at is not counted, and that is told', async () => {
  const { counter, counting, tell } = await startCounting();
  await checkViewer(counting, ann, rights('1'));
  const endless = { checks: Array.from({ length: 5_001 }, () => ({}) as never), goalsOf: async () => new Map() };
  counter.note(endless);
  counter.note({ checks: [{} as never], goalsOf: () => Promise.reject(new Error('Nobody knows.')) });
  await tell();
  expect(await counted()).toEqual(['1#viewer@ann 1']);
  expect(problems).toEqual(['What an enforced check rests on could not be found; it is not counted.']);
  expect((await owner`select from use_server where lost_at is not null`).length).toBe(1);
});

describe('nothing is claimed', () => {
  const covered = async (days = 7) => {
    const window = await openUseWindow(store.uses, days);
    return window.kind === 'covered' ? 'covered' : window.why.replace(/\d{4}-[\dT:.-]+Z/, 'TIME');
  };
  const past = (days: number) => owner`update use_server set started_at = now() - ${days} * interval '1 day'`;
  const next = 'and 7 days are asked about. Next: ask about fewer days, or wait';

  test('where nobody measures', async () => {
    expect(await store.uses.join(false)).toBe(undefined);
    expect(await covered()).toBe('no server measures use. Next: set POSTERN_MEASURE_USE to "on" for all of them');
  });

  test('of more days than are measured', async () => {
    await startCounting();
    expect(await covered()).toBe(`everything that is used is counted only since TIME, when servers began to, ${next}`);
    await past(8);
    expect(await covered()).toBe('covered');
  });

  test('while a server answers that does not count, and of the time before', async () => {
    await startCounting();
    await past(30);
    const other = await store.uses.join(false);
    if (other === undefined) throw new Error('It is missed.');
    expect(await covered()).toContain('as a server answered until then that does not count');
    await store.uses.tell(other, { agoMs: 0, hasLost: false, isLast: true });
    expect(await covered()).toContain('as a server answered until then that does not count');
    await owner`update use_server set told_at = now() - interval '8 days' where not is_counting`;
    expect(await covered()).toBe('covered');
  });

  test('where a server had more to count than it could', async () => {
    const { tell, counter } = await startCounting();
    counter.note({ checks: [{} as never], goalsOf: async () => new Map() });
    await tell();
    await past(30);
    expect(await covered()).toContain('as a server had more to count than it could');
  });

  test('where a server ended without a word, and is where it said all', async () => {
    await startCounting();
    await startCounting();
    const { tell } = await startCounting();
    await past(30);
    await tell(true);
    await owner`update use_server set told_at = now() - interval '2 minutes', ended_at = null where ended_at is null`;
    expect(await covered()).toBe('covered');
    await owner`update use_server set told_at = now() - interval '6 minutes' where id = (select min(id) from use_server)`;
    expect(await covered()).toContain('as a server ended without a word of what it had counted last');
  });
});

test('old numbers are removed, and newer ones are not', async () => {
  const { counting, tell } = await startCounting();
  await checkViewer(counting, ann, rights('1', '2', '3'));
  await tell();
  expect(await store.uses.removeOld(396)).toBe(0);
  await owner`update grant_use set day = day - 400 where relation = 'viewer'`;
  await owner`update subject_use set day = day - 400`;
  await owner`insert into use_server (is_counting, told_at) values (true, now() - interval '400 days')`;
  expect(await store.uses.removeOld(396)).toBe(5);
  expect(await counted()).toEqual(['a#member@ann 1']);
  expect((await owner`select from use_server`).length).toBe(1);
});
