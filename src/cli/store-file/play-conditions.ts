import { writeAsText } from '../../base/exact-number.ts';
import { quote } from '../../base/text-problem.ts';
import { type ConditionAnswer, judgeCondition } from './judge-condition.ts';
import type { CaseResult } from './play-world.ts';
import type { TableCase } from './read-condition-table.ts';

/** What comes out of each condition of a table, beside what must. */
export async function playConditions(cases: readonly TableCase[]): Promise<readonly CaseResult[]> {
  const results: CaseResult[] = [];
  for (const one of cases) {
    const { answer, reason } = one.tooLong === undefined ? await judgeCondition(one) : unread(one.tooLong);
    results.push({
      world: one.table,
      name: `(${formatParameters(one)}) ${one.expression} on ${JSON.stringify(one.context)}`,
      passed: answer === one.answer,
      expected: one.answer,
      actual: reason === '' ? answer : `${answer}: ${reason}`,
    });
  }
  return results;
}

/** What happens to such a context at every door: it is refused, and nothing is decided. */
function unread(number: string): ConditionAnswer {
  return { answer: 'error', reason: `The number ${quote(number)} ${writeAsText}.` };
}

function formatParameters({ params }: TableCase): string {
  return Object.entries(params)
    .map(([name, type]) => `${name}: ${type}`)
    .join(', ');
}
