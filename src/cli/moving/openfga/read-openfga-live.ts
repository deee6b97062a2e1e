import syntaxTransformer from '@openfga/syntax-transformer';
import { countOf } from '../../../base/count-of.ts';
import type { ChangePosition, PlannedAssertion } from '../plan/moving-plan.ts';
import { isSamePosition } from './change-position.ts';
import type { ApiAssertion, ApiModel, OpenfgaClient } from './openfga-client.ts';
import type { OpenfgaSource, SourceTuple } from './openfga-source.ts';
import { tupleName } from './tuple-name.ts';

const { transformer } = syntaxTransformer;

/** How long before the reading begins the changes are replayed from: what was written then may have become visible later. */
const marginMs = 10 * 60_000;

/**
 * Reads a store while it is written: where its changes are is kept first, then everything is read, then the changes since are
 * done again in their order. Reading is no snapshot; what is read and then changed ends as it ended there.
 */
export async function readOpenfgaLive(
  client: OpenfgaClient,
  { url, store }: { readonly url: string; readonly store: string },
  onProgress: (read: number) => void,
): Promise<OpenfgaSource> {
  const model = await client.latestModel();
  const start: ChangePosition = { startTime: new Date(Date.now() - marginMs).toISOString() };
  // That the changes can be read is known before anything else is.
  await client.changes(start);
  const tuples = new Map<string, SourceTuple>();
  for await (const page of client.tuples()) {
    for (const value of page) tuples.set(tupleName(value), { line: undefined, value });
    onProgress(tuples.size);
  }
  const position = await replay(client, start, tuples);
  const after = await client.latestModel();
  if (after.id !== model.id) {
    throw new Error('The model of the store was changed while it was read. Next: plan again.');
  }
  const { assertions, warnings } = assertionsOf(await client.assertions(model.id));
  return {
    model: { kind: 'dsl', dsl: dslOf(model) },
    modelBefore: 0,
    tuples: [...tuples.values()],
    assertions,
    warnings,
    follow: { url, store, model: model.id, position },
  };
}

async function replay(
  client: OpenfgaClient,
  start: ChangePosition,
  tuples: Map<string, SourceTuple>,
): Promise<ChangePosition> {
  for (let position = start; ; ) {
    const { changes, next } = await client.changes(position);
    for (const { tuple_key, operation } of changes) {
      const name = tupleName(tuple_key);
      if (operation === 'TUPLE_OPERATION_DELETE') tuples.delete(name);
      else tuples.set(name, { line: undefined, value: tuple_key });
    }
    if (changes.length === 0 && isSamePosition(position, next)) return next;
    position = next;
  }
}

function dslOf(model: ApiModel): string {
  return transformer.transformJSONToDSL(model as unknown as Parameters<typeof transformer.transformJSONToDSL>[0]);
}

function assertionsOf(all: readonly ApiAssertion[]) {
  const plain = all.filter(({ contextual_tuples }) => (contextual_tuples ?? []).length === 0);
  const left = all.length - plain.length;
  const assertions = plain.map(({ tuple_key: { user, relation, object }, expectation, context }): PlannedAssertion => {
    const text = `${user} ${relation} ${object}`;
    return {
      line: undefined,
      text,
      user,
      relation,
      object,
      context: context ?? {},
      expected: expectation ? 'allowed' : 'denied',
    };
  });
  const warnings =
    left === 0 ? [] : [`${countOf(left, 'assertion')} of the store with contextual relationships are not in the plan.`];
  return { assertions, warnings };
}
