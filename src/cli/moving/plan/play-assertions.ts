import { playWorlds } from '../../store-file/test-command.ts';
import type { TestCase } from '../../store-file/test-world.ts';
import type { MovingPlan } from './moving-plan.ts';
import { rawOf } from './relationship-line.ts';
import { type FailedAssertion, failedAssertion } from './report-of.ts';

/** Asks the questions of the source of its translation, on an empty database; returns those with another answer. */
export async function playAssertions(
  { dsl, relationships, assertions }: MovingPlan,
  databaseUrl: string | undefined,
  print: (line: string) => void,
): Promise<readonly FailedAssertion[]> {
  if (assertions.length === 0) return [];
  const cases = assertions.map(
    ({ text, user, relation, object, context, expected }): TestCase => ({
      kind: 'check',
      name: text,
      ...{ user, relation, object, context, contextual: [] },
      expected: expected === 'undecided' ? { errorCode: 2000 } : expected,
    }),
  );
  const model = { kind: 'dsl', dsl } as const;
  const world = { name: 'assertions', continues: false, model, relationships: relationships.map(rawOf), cases };
  const results = await playWorlds([world], databaseUrl, print);
  return results.flatMap(({ passed, actual }, index) => {
    const assertion = assertions[index];
    return passed || assertion === undefined ? [] : [failedAssertion(assertion, actual)];
  });
}
