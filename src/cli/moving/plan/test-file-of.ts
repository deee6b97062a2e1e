import { stringify } from 'yaml';
import type { MovingPlan } from './moving-plan.ts';
import { planFiles } from './plan-files.ts';

/** The assertions of the source as a test file. That nobody can say what a question depends on is none that it can ask. */
export function testFileOf({ source, assertions, relationships }: MovingPlan): string {
  const check = assertions.flatMap(({ user, object, relation, context, expected }) => {
    if (expected === 'undecided') return [];
    const given = Object.keys(context).length === 0 ? {} : { context };
    return [{ user, object, ...given, assertions: { [relation]: expected === 'allowed' } }];
  });
  return stringify({
    name: `What ${source.from} says of itself`,
    model_file: planFiles.model,
    ...(relationships.length > 0 && { tuple_file: planFiles.relationships }),
    tests: [{ name: 'assertions', check }],
  });
}
