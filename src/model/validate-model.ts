import { declarationProblems } from './declarations.ts';
import type { ModelFlaw } from './document-problems.ts';
import { circleProblems } from './find-circles.ts';
import { entryPointProblems } from './find-entry-points.ts';
import type { Model } from './model.ts';
import { protectedRoleProblems } from './protected-role.ts';
import { runtimeParameterProblems } from './runtime-parameters.ts';

const rules: readonly ((model: Model) => readonly ModelFlaw[])[] = [
  circleProblems,
  declarationProblems,
  runtimeParameterProblems,
  protectedRoleProblems,
  entryPointProblems,
];

/**
 * Everything that makes a model unusable, though it can be parsed (OpenFGA, `typesystem.validate`), and what our
 * declarations ask for. Each step relies on the ones before it: problems of the first that finds any.
 */
export function validateModel(model: Model): readonly ModelFlaw[] {
  for (const problemsOf of rules) {
    const problems = problemsOf(model);
    if (problems.length > 0) return problems;
  }
  return [];
}
