import { quote } from '../../base/text-problem.ts';
import { type Expression, gathered, SyntaxProblem } from './syntax.ts';
import type { Value } from './values.ts';

/**
 * What a macro stands for, or undefined where there is no macro of that name for so many inputs.
 *
 * The loops are those that cel-go makes, so that they are checked, evaluated and counted as there.
 */
export function expandMacro(
  at: number,
  name: string,
  target: Expression | undefined,
  inputs: readonly Expression[],
): Expression | undefined {
  const [first, second, third] = inputs;
  if (target === undefined) return name === 'has' && first && inputs.length === 1 ? presenceTest(first) : undefined;
  if (first === undefined || second === undefined) return undefined;
  if (inputs.length === 3) return name === 'map' ? mapped(at, target, first, second, third) : undefined;
  if (inputs.length !== 2) return undefined;
  switch (name) {
    case 'all':
      return quantified(at, target, first, second, '_&&_');
    case 'exists':
      return quantified(at, target, first, second, '_||_');
    case 'exists_one':
      return existsOne(at, target, first, second);
    case 'map':
      return mapped(at, target, first, undefined, second);
    case 'filter':
      return mapped(at, target, first, second, first);
    default:
      return undefined;
  }
}

function presenceTest(input: Expression): Expression {
  if (input.kind === 'select') return { ...input, isTest: true };
  throw new SyntaxProblem(input.at, 'has() takes a field: has(map.field)');
}

function quantified(
  at: number,
  range: Expression,
  element: Expression,
  test: Expression,
  operator: '_&&_' | '_||_',
): Expression {
  const all = operator === '_&&_';
  const goOn = call(at, '@not_strictly_false', [all ? accumulated(at) : call(at, '!_', [accumulated(at)])]);
  const step = call(at, operator, [accumulated(at), test]);
  return fold(at, range, element, literal(at, all), goOn, step, accumulated(at));
}

function existsOne(at: number, range: Expression, element: Expression, test: Expression): Expression {
  const more = call(at, '_+_', [accumulated(at), literal(at, 1n)]);
  const step = call(at, '_?_:_', [test, more, accumulated(at)]);
  const result = call(at, '_==_', [accumulated(at), literal(at, 1n)]);
  return fold(at, range, element, literal(at, 0n), literal(at, true), step, result);
}

function mapped(
  at: number,
  range: Expression,
  element: Expression,
  test: Expression | undefined,
  item: Expression | undefined,
): Expression {
  const items: Expression = { kind: 'list', at, items: item === undefined ? [] : [item] };
  const more = call(at, '_+_', [accumulated(at), items]);
  const step = test === undefined ? more : call(at, '_?_:_', [test, more, accumulated(at)]);
  return fold(at, range, element, { kind: 'list', at, items: [] }, literal(at, true), step, accumulated(at));
}

function fold(
  at: number,
  range: Expression,
  element: Expression,
  start: Expression,
  goOn: Expression,
  step: Expression,
  result: Expression,
): Expression {
  if (element.kind !== 'name') throw new SyntaxProblem(element.at, 'the first input of a macro is a name of your own');
  const { name } = element;
  if (name === '__result__') throw new SyntaxProblem(element.at, `the name ${quote(name)} is taken`);
  return { kind: 'fold', at, range, element: name, start, goOn, step, result };
}

function accumulated(at: number): Expression {
  return { kind: 'name', at, name: gathered };
}

function call(at: number, name: string, inputs: readonly Expression[]): Expression {
  return { kind: 'call', at, name, target: undefined, inputs };
}

function literal(at: number, value: Value): Expression {
  return { kind: 'literal', at, value };
}
