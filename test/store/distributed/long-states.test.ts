import { beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { FaultPoint } from '../../../src/base/fault-points.ts';
import type { FaultPort } from '../../../src/base/fault-port.ts';
import { StateChanged } from '../../../src/store/postgres/distributed/shared-state.ts';
import type { StoreReader } from '../../../src/store/store-reader.ts';
import type { StoreSnapshot } from '../../../src/store/store-snapshot.ts';
import { useDatabase } from '../../support/database.ts';
import { connectAsOwner } from '../../support/owner-sql.ts';
import { dsl, object } from '../../support/parse.ts';
import { publish, usePostern, write } from '../../support/postern.ts';

/** Questions that take long beside writes, on a store that is on several servers, which one server plays here. */

/** Holds a write where it tries once more to take the lock of the state. */
class HeldTry implements FaultPort {
  #reached: (() => void) | undefined;
  #released = Promise.resolve();

  hold(): { readonly reached: Promise<void>; readonly release: () => void } {
    const [reached, released] = [Promise.withResolvers<void>(), Promise.withResolvers<void>()];
    this.#reached = reached.resolve;
    this.#released = released.promise;
    return { reached: reached.promise, release: released.resolve };
  }

  async around<Value>(point: FaultPoint, work: () => Promise<Value>): Promise<Value> {
    if (point !== 'tryState' || this.#reached === undefined) return work();
    this.#reached();
    await this.#released;
    return work();
  }
}

const held = new HeldTry();
const database = useDatabase();
const postern = usePostern(database, { playsCitus: true, faults: held });
/** Takes its time, so that no answer is missed on a busy machine. */
const patient = usePostern(database, { playsCitus: true, heldMs: 60_000 });
let count = 0;

beforeAll(() => publish(postern(), dsl({ user: {}, doc: { owner: '[user]' } })));
beforeEach(() => {
  count += 1;
});

const place = () => object(`doc:long${count}`);
const writeOwner = (user: string) => write(postern(), [`doc:long${count}#owner@user:${user}`]);

async function readState(snapshot: StoreSnapshot) {
  const [node] = await snapshot.resolve([place()]);
  const edges = await snapshot.readEdgesFrom([{ object: node ?? 0, relation: 'owner' as never }], 10);
  return { revision: snapshot.revision, owners: edges.items.length };
}

/** Ways to ask what may take long. */
const ways: readonly (readonly [string, (reader: StoreReader, use: () => Promise<unknown>) => Promise<unknown>])[] = [
  ['a snapshot', (reader, use) => reader.withSnapshot([], use)],
  ['a state', (reader, use) => reader.withState(use)],
  ['models', (reader, use) => reader.withModels([], use)],
];

describe('a write', () => {
  test.each(ways)('waits for no question that takes long, however many of them overlap: %s', async (_what, ask) => {
    const gate = Promise.withResolvers<void>();
    const begun = [Promise.withResolvers<void>(), Promise.withResolvers<void>()];
    const asking = begun.map(({ resolve }) =>
      ask(postern().store.reader, async () => {
        resolve();
        await gate.promise;
        return 'answered';
      }),
    );
    await Promise.all(begun.map(({ promise }) => promise));
    await writeOwner('ann');
    await writeOwner('ben');
    gate.resolve();
    expect(await Promise.all(asking)).toEqual(['answered', 'answered']);
  });

  test('is not lost to checks that hang: they let go, and are asked again', async () => {
    await writeOwner('ann');
    const begun = Promise.withResolvers<void>();
    const gate = Promise.withResolvers<void>();
    let runs = 0;
    const asking = postern()
      .store.checkReader(1)
      .withSnapshot([place()], async (snapshot) => {
        runs += 1;
        begun.resolve();
        if (runs === 1) await gate.promise;
        return readState(snapshot);
      });
    await begun.promise;
    const { revision } = await writeOwner('ben');
    // The write did not wait for it to end; it may have been asked again right before the commit, or behind it.
    const states = [
      { revision: revision - 1, owners: 1 },
      { revision, owners: 2 },
    ];
    expect(states).toContainEqual(await asking);
    gate.resolve();
  });

  test('keeps nobody from reading while it waits for one who reads', async () => {
    const { revision } = await writeOwner('ann');
    const owner = connectAsOwner(database(), 1);
    await owner`select pg_advisory_lock_shared(hashtext('postern.state'))`;
    const { reached, release } = held.hold();
    const writing = writeOwner('ben');
    await reached;
    expect(await postern().store.checkReader(1).withSnapshot([place()], readState)).toEqual({ revision, owners: 1 });
    await owner.end();
    release();
    expect((await writing).revision).toBe(revision + 1);
  });
});

describe('a question that takes long', () => {
  test.each([
    ['once', 1],
    ['twice', 2],
  ])('is of one state, where something was written meanwhile %s', async (_what, times) => {
    await writeOwner('ann');
    let runs = 0;
    const state = await patient().store.reader.withSnapshot([place()], async (snapshot) => {
      runs += 1;
      if (runs <= times) await writeOwner(`user${runs}`);
      return readState(snapshot);
    });
    expect(state.owners).toBe(1 + times);
    expect(runs).toBe(times + 1);
  });

  test('is asked again where it failed on what was no state', async () => {
    let runs = 0;
    const asked = await postern().store.reader.withSnapshot([], async () => {
      runs += 1;
      if (runs > 1) return 'answered';
      await writeOwner('ann');
      throw new Error('What was there is gone.');
    });
    expect(asked).toBe('answered');
  });

  test('fails as it fails, where nothing was written', async () => {
    const asking = postern().store.reader.withSnapshot([], () => Promise.reject(new RangeError('no')));
    await expect(asking).rejects.toThrow(RangeError);
  });

  test('has no answer where something is written whenever it is asked, and lets writes go on', async () => {
    let runs = 0;
    const writes: Promise<unknown>[] = [];
    const asking = postern().store.reader.withSnapshot([], async () => {
      runs += 1;
      const writing = writeOwner(`user${runs}`);
      writes.push(writing);
      await writing;
    });
    await expect(asking).rejects.toBeInstanceOf(StateChanged);
    await Promise.all(writes);
    expect(runs).toBe(3);
  });
});
