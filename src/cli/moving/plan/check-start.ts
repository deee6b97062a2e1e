import type { ModelParser } from '../../../model/model-parser.ts';
import { formatModelProblem } from '../../../model/model-source.ts';
import type { Construct } from '../translate/construct.ts';
import type { MovingPlan } from './moving-plan.ts';

/** The plan, with what keeps a server from starting with its model: its schema is made of the model's names. */
export async function checkStart(plan: MovingPlan, parser: ModelParser): Promise<MovingPlan> {
  if (plan.model === undefined) return plan;
  const parsed = await parser.parse({ kind: 'dsl', dsl: plan.dsl }, 'publish');
  if (parsed.ok) return plan;
  const problems = parsed.problem.map((problem): Construct => {
    const note = `${formatModelProblem(problem)} Next: give other names, in the source or in the files of --names and --types.`;
    return { line: undefined, construct: 'model', kind: 'refused', as: undefined, note, refusal: 'model' };
  });
  return { ...plan, constructs: [...plan.constructs, ...problems] };
}
