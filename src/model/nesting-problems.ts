import { type ModelModule, type ModelProblem, type ModelSource, modelTooCostly } from './model-source.ts';

/** Deepest nesting of parentheses in a definition; reading them takes the square of it. */
export const maxParentheses = 16;

/** Definitions whose parentheses are nested too deeply to be read. */
export function nestingProblems(source: ModelSource): readonly ModelProblem[] {
  const texts: readonly Partial<ModelModule>[] = source.kind === 'dsl' ? [{ dsl: source.dsl }] : source.modules;
  return texts.flatMap(({ name, dsl = '' }) => problemsOf(name, dsl));
}

function problemsOf(module: string | undefined, dsl: string): readonly ModelProblem[] {
  const problems: ModelProblem[] = [];
  let depth = 0;
  let isCondition = false;
  for (const [index, line] of dsl.split('\n').entries()) {
    const head = /^\s*(define|type|extend|relations|condition|module|model)\b/.exec(line)?.[1];
    if (head !== undefined) {
      depth = 0;
      isCondition = head === 'condition';
    }
    if (isCondition) continue;
    const before = depth;
    const column = columnBeyond(line, depth);
    depth = before + countOf(line, '(') - countOf(line, ')');
    if (column === undefined) continue;
    const message = `The definition has more than ${maxParentheses} parentheses inside each other; name a part of it as a relation of its own.`;
    problems.push(modelTooCostly(message, { module, line: index + 1, column }));
    depth = Number.NEGATIVE_INFINITY;
  }
  return problems;
}

/** Where a line opens a parenthesis too many. */
function columnBeyond(line: string, before: number): number | undefined {
  let depth = before;
  for (let index = 0; index < line.length; index++) {
    if (line[index] === ')') depth -= 1;
    if (line[index] !== '(') continue;
    depth += 1;
    if (depth > maxParentheses) return index + 1;
  }
  return undefined;
}

function countOf(line: string, character: string): number {
  return line.split(character).length - 1;
}
