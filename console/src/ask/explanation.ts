import type { AnswerKind } from '../parts/answer-kind.ts';
import type { AskWhyQuery } from './__generated__/operations.ts';

export type Explanation = AskWhyQuery['explainPermission'];
export type Step = Explanation['steps'][number];

/** A step with the steps that explain it. */
export interface StepNode {
  readonly step: Step;
  readonly below: readonly StepNode[];
}

/** Each step explains the last one before it that is less deep. */
export function treeOf(steps: readonly Step[]): readonly StepNode[] {
  const roots: GrowingNode[] = [];
  const path: GrowingNode[] = [];
  for (const step of steps) {
    const node = { step, below: [] };
    while ((path.at(-1)?.step.depth ?? -1) >= step.depth) path.pop();
    (path.at(-1)?.below ?? roots).push(node);
    path.push(node);
  }
  return roots;
}

interface GrowingNode {
  readonly step: Step;
  readonly below: GrowingNode[];
}

/** An error is no denial, and is never shown as one. */
export function kindOf({ decision }: Explanation): Exclude<AnswerKind, 'hidden'> {
  if (decision.error !== null) return 'undecided';
  return decision.allowed ? 'allowed' : 'denied';
}

/** Whether there is something that the asker may not see. */
export function hiddenCountOf({ steps }: Explanation): number {
  return steps.filter(({ kind }) => kind === 'HIDDEN').length;
}
