import type { Gatekeeper } from './gatekeeper.ts';
import type { Guard } from './guard.ts';
import { isRefusal, judge } from './judge.ts';
import { type FieldCall, isList } from './pointer.ts';
import { keepPromises } from './promises-at-hand.ts';

/** The items of a field's list without those that the caller may not see. Throws when it is undecided for any of them. */
export async function filterItems(
  gatekeeper: Gatekeeper,
  guards: readonly Guard[],
  call: FieldCall,
  result: unknown,
): Promise<unknown> {
  if (result === null || result === undefined || result instanceof Error) return result;
  const items = await Promise.all(await toItems(result));
  keepPromises(items);
  const keeps = await Promise.all(
    items.map((item, key) =>
      isKept(gatekeeper, guards, { ...call, source: item, at: { prev: call.info.path, key, typename: undefined } }),
    ),
  );
  return items.filter((_item, index) => keeps[index] === true);
}

/** Null stands for no object, and an error is its item's own. */
async function isKept(gatekeeper: Gatekeeper, guards: readonly Guard[], call: FieldCall): Promise<boolean> {
  const item = call.source;
  if (item === null || item === undefined || item instanceof Error) return true;
  const verdicts = await gatekeeper.ask(guards, call);
  if (verdicts.some(({ decision }) => isRefusal(decision))) return false;
  judge(verdicts);
  return true;
}

/** Some executors also take lists that come piece by piece; they are filtered as a whole. */
async function toItems(result: unknown): Promise<readonly Promise<unknown>[]> {
  if (isList(result)) return Array.from(result, settle);
  if (!isAsyncList(result)) throw new TypeError('A field that is filtered did not resolve to a list.');
  const items: Promise<unknown>[] = [];
  for await (const item of result) items.push(settle(item));
  return items;
}

/** An item that fails is an error in its place, and takes no other item with it. */
async function settle(item: unknown): Promise<unknown> {
  try {
    return await item;
  } catch (error) {
    return error instanceof Error ? error : new Error(String(error));
  }
}

function isAsyncList(value: unknown): value is AsyncIterable<unknown> {
  return typeof value === 'object' && value !== null && Symbol.asyncIterator in value;
}
