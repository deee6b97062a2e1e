import { judgeCondition } from './judge-condition.ts';
import type { CaseResult } from './play-world.ts';
import type { TableCase } from './read-condition-table.ts';

/** What comes out of each condition of a table, beside what must. */
export async function playConditions(cases: readonly TableCase[]): Promise<readonly CaseResult[]> {
  const results: CaseResult[] = [];
  for (const one of cases) {
    const { answer, reason } = await judgeCondition(one);
    const values = JSON.stringify(one.context, (_key, value: unknown) =>
      typeof value === 'bigint' ? `${value}` : value,
    );
    results.push({
      world: one.table,
      name: `(${formatParameters(one)}) ${one.expression} on ${values}`,
      passed: answer === one.answer,
      expected: one.answer,
      actual: reason === '' ? answer : `${answer}: ${reason}`,
    });
  }
  return results;
}

function formatParameters({ params }: TableCase): string {
  return Object.entries(params)
    .map(([name, type]) => `${name}: ${type}`)
    .join(', ');
}
