import fc from 'fast-check';
import { expect, test } from 'vitest';
import { type HistoryMark, markOf } from '../../src/model/history-mark.ts';
import { HistoryLine } from '../../src/store/history-line.ts';

/** An event of a tree of histories: each goes on from another one, and where two do, one of them is lost. */
interface TreeEvent {
  readonly before: TreeEvent | undefined;
  readonly mark: HistoryMark;
  readonly hash: string;
}

function grown(parents: readonly number[]): readonly TreeEvent[] {
  const events: TreeEvent[] = [];
  parents.forEach((parent, index) => {
    const before = index === 0 ? undefined : events[parent % events.length];
    // Only its beginning is kept by tokens.
    const hash = Buffer.from(`${index}`.padEnd(32)).toString('base64url');
    const mark = markOf((before?.mark.event ?? 0) + 1, hash);
    if (mark !== undefined) events.push({ before, mark, hash });
  });
  return events;
}

function logOf(end: TreeEvent | undefined): readonly TreeEvent[] {
  return end === undefined ? [] : [...logOf(end.before), end];
}

const isOf = (log: readonly TreeEvent[], mark: HistoryMark) => log.some((event) => event.mark === mark);

test('what is said of histories is so, whatever was asked before', async () => {
  const question = fc.record({ state: fc.nat(), tokens: fc.array(fc.nat(), { maxLength: 3 }), log: fc.nat() });
  const world = fc.record({ parents: fc.array(fc.nat(), { minLength: 1, maxLength: 12 }), asked: fc.array(question) });
  await fc.assert(
    fc.asyncProperty(world, async ({ parents, asked }) => {
      const events = grown(parents);
      const one = (index: number) => events[index % events.length] as TreeEvent;
      const line = new HistoryLine();
      for (const { state, tokens, log } of asked) {
        const [present, marks, now] = [one(state).mark, tokens.map((token) => one(token).mark), logOf(one(log))];
        const hashes = new Map(now.map(({ mark, hash }) => [mark.event, hash]));
        const said = await line.judge(present, marks, { readHashes: async () => hashes });
        const isOne = events.some((end) => [present, ...marks].every((mark) => isOf(logOf(end), mark)));
        if (said === 'same') expect(isOne).toBe(true);
        if (said === 'other') expect(isOf(now, present) && marks.some((mark) => !isOf(now, mark))).toBe(true);
        if (said === 'unknown') expect(isOf(now, present)).toBe(false);
        if ([present, ...marks].every((mark) => isOf(now, mark))) expect(said).toBe('same');
      }
    }),
    { numRuns: 500 },
  );
});

test('what was found once is not looked up again, also while there are newer states', async () => {
  const events = grown(Array.from({ length: 60 }, (_, index) => index - 1).map((parent) => Math.max(0, parent)));
  const log = logOf(events.at(-1));
  const hashes = new Map(log.map(({ mark, hash }) => [mark.event, hash]));
  const line = new HistoryLine();
  let lookUps = 0;
  const readHashes = async () => {
    lookUps += 1;
    return hashes;
  };
  const [token, state, next] = [log[3], log[20], log[40]].map((event) => event?.mark as HistoryMark);
  if (token === undefined) throw new Error('The tree is too small.');
  for (const _ of [1, 2, 3]) expect(await line.judge(state, [token], { readHashes })).toBe('same');
  expect(lookUps).toBe(1);
  for (const _ of [1, 2, 3]) expect(await line.judge(next, [token, state as HistoryMark], { readHashes })).toBe('same');
  expect(lookUps).toBe(2);
  expect(await line.judge(state, [state as HistoryMark], { readHashes })).toBe('same');
  expect(await line.judge(undefined, [], { readHashes })).toBe('same');
  expect(lookUps).toBe(2);
});
