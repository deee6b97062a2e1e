import { didYouMean } from '../../base/did-you-mean.ts';
import { quote } from '../../base/text-problem.ts';
import { declaredFunctions, declaredTypes, type Overload } from './declared-functions.ts';
import { messageTypes } from './messages.ts';
import {
  bool,
  bytes,
  double,
  dyn,
  formatType,
  int,
  isDynamic,
  isSameType,
  listOf,
  mapOf,
  nullType,
  type StaticType,
  string,
  typeOf,
  uint,
} from './static-type.ts';
import { type Call, type Expression, type Fold, gathered, type Message, type Select, SyntaxProblem } from './syntax.ts';
import { isLessSpecific, TypeBindings } from './type-bindings.ts';
import { Uint } from './values.ts';

/** What the checker found out, for whoever evaluates. */
export interface CheckedExpression {
  readonly type: StaticType;
  /** The only way in which a call can be meant; calls that can be meant in several are not here. */
  readonly overloads: ReadonlyMap<Expression, Overload>;
}

/**
 * Checks the types of an expression over its parameters, as cel-go's checker; throws a `SyntaxProblem` at the first
 * place that cannot be right.
 */
export function checkExpression(
  expression: Expression,
  parameters: ReadonlyMap<string, StaticType>,
): CheckedExpression {
  const checker = new Checker(parameters);
  const type = checker.resolve(checker.check(expression, noLocals));
  return { type, overloads: checker.overloads };
}

type Locals = ReadonlyMap<string, StaticType>;

const noLocals: Locals = new Map();

class Checker {
  readonly overloads = new Map<Expression, Overload>();
  readonly #parameters: ReadonlyMap<string, StaticType>;
  readonly #bindings = new TypeBindings();
  /** cel-go forgets to forbid comparisons of numbers of two types once it has seen a loop, and models rely on it. */
  #mixesNumbers = false;

  constructor(parameters: ReadonlyMap<string, StaticType>) {
    this.#parameters = parameters;
  }

  resolve(type: StaticType): StaticType {
    return this.#bindings.resolve(type);
  }

  check(expression: Expression, locals: Locals): StaticType {
    switch (expression.kind) {
      case 'literal':
        return typeOfLiteral(expression.value);
      case 'name':
        return this.#checkName(expression.at, expression.name, locals);
      case 'select':
        return this.#checkSelect(expression, locals);
      case 'call':
        return this.#checkCall(expression, locals);
      case 'list':
        return listOf(this.#join(expression.items.map((item) => this.check(item, locals))));
      case 'map':
        return this.#checkMap(expression.entries, locals);
      case 'message':
        return this.#checkMessage(expression, locals);
      case 'fold':
        return this.#checkFold(expression, locals);
    }
  }

  #checkName(at: number, name: string, locals: Locals): StaticType {
    const local = locals.get(name);
    if (local !== undefined) return local;
    const known = this.#global(name.replace('.', ''));
    if (known !== undefined) return known;
    const near = didYouMean(
      name,
      [...locals.keys(), ...this.#parameters.keys()].filter((other) => other !== gathered),
    );
    throw new SyntaxProblem(at, `the name ${quote(name)} is not declared${near && `.${near}`}`);
  }

  #global(name: string): StaticType | undefined {
    const type = declaredTypes.get(name);
    return this.#parameters.get(name) ?? (type === undefined ? undefined : typeOf(type));
  }

  #checkSelect(select: Select, locals: Locals): StaticType {
    const names = select.isTest ? undefined : qualifiedName(select);
    if (names !== undefined && !locals.has(names.split('.')[0] ?? '')) {
      const known = this.#global(names.replace(/^\./, ''));
      if (known !== undefined) return known;
    }
    const of = this.#bindings.resolve(this.check(select.of, locals));
    const field = this.#fieldType(select.at, of);
    return select.isTest ? bool : this.#bindings.resolve(field);
  }

  #fieldType(at: number, of: StaticType): StaticType {
    if (of.kind === 'map') return of.value;
    if (isDynamic(of)) return dyn;
    if (of.kind === 'variable') {
      this.#bindings.isAssignable(dyn, of);
      return dyn;
    }
    throw new SyntaxProblem(at, `a value of the type ${formatType(of)} has no fields`);
  }

  #checkCall(call: Call, locals: Locals): StaticType {
    const inputs = call.inputs.map((input) => this.check(input, locals));
    if (call.target !== undefined) inputs.unshift(this.check(call.target, locals));
    const name = call.name.replace(/^\./, '');
    const overloads = declaredFunctions.get(name);
    if (overloads === undefined || name.startsWith('@') !== call.name.startsWith('@')) {
      const near = didYouMean(
        name,
        [...declaredFunctions.keys()].filter((other) => /^[a-z]/i.test(other)),
      );
      throw new SyntaxProblem(call.at, `there is no function ${quote(name)}${near && `.${near}`}`);
    }
    if (name === '_&&_' || name === '_||_') return this.#checkLogic(call, inputs);
    const output = this.#resolveOverload(call, overloads, inputs);
    if (output !== undefined) return output;
    const shown = inputs.map((type) => formatType(this.#bindings.resolve(type))).join(', ');
    throw new SyntaxProblem(call.at, `${describe(name, call)} is not defined for (${shown})`);
  }

  #checkLogic(call: Call, inputs: readonly StaticType[]): StaticType {
    for (const [index, type] of inputs.entries()) {
      if (this.#bindings.isAssignable(type, bool)) continue;
      const { at } = call.inputs[index] ?? call;
      throw new SyntaxProblem(
        at,
        `${describe(call.name, call)} takes bool, not ${formatType(this.#bindings.resolve(type))}`,
      );
    }
    return bool;
  }

  #resolveOverload(call: Call, overloads: readonly Overload[], inputs: readonly StaticType[]): StaticType | undefined {
    let output: StaticType | undefined;
    const matching: Overload[] = [];
    for (const overload of overloads) {
      if (overload.isMethod !== (call.target !== undefined)) continue;
      if (overload.mixesNumbers && !this.#mixesNumbers) continue;
      const { wanted, result } = this.#instantiate(overload);
      if (!this.#bindings.areAssignable(inputs, wanted)) continue;
      matching.push(overload);
      const found = this.#bindings.resolve(result);
      if (output === undefined) output = found;
      else if (!isDynamic(output) && !isSameType(found, output)) output = dyn;
    }
    const [only] = matching;
    if (only !== undefined && matching.length === 1) this.overloads.set(call, only);
    return output;
  }

  /** The overload with variables of its own in place of its A and B. */
  #instantiate({ inputs, output }: Overload): { readonly wanted: readonly StaticType[]; readonly result: StaticType } {
    const own = new Map([
      ['A', this.#bindings.fresh()],
      ['B', this.#bindings.fresh()],
    ]);
    const replace = (type: StaticType): StaticType => {
      if (type.kind === 'variable') return own.get(type.name) ?? type;
      if (type.kind === 'list') return listOf(replace(type.element));
      if (type.kind === 'map') return mapOf(replace(type.key), replace(type.value));
      return type.kind === 'type' ? typeOf(type.of && replace(type.of)) : type;
    };
    return { wanted: inputs.map(replace), result: replace(output) };
  }

  #checkMap(entries: readonly (readonly [Expression, Expression])[], locals: Locals): StaticType {
    const keys: StaticType[] = [];
    const values: StaticType[] = [];
    for (const [key, value] of entries) {
      keys.push(this.check(key, locals));
      values.push(this.check(value, locals));
    }
    return mapOf(this.#join(keys), this.#join(values));
  }

  /** The type of which all of them are: `any`, where they have nothing in common. */
  #join(types: readonly StaticType[]): StaticType {
    let [joined] = types;
    if (joined === undefined) return this.#bindings.fresh();
    for (const type of types.slice(1)) {
      if (!this.#bindings.isAssignable(joined, type)) joined = dyn;
      else joined = isLessSpecific(joined, type) ? joined : type;
    }
    return joined;
  }

  #checkMessage(message: Message, locals: Locals): StaticType {
    const known = messageTypes.get(message.name);
    if (known === undefined) throw new SyntaxProblem(message.at, `there is no message ${quote(message.name)}`);
    for (const [name, value] of message.fields) {
      const field = known.fields.get(name);
      if (field === undefined) {
        throw new SyntaxProblem(value.at, `the message ${quote(message.name)} has no field ${quote(name)}`);
      }
      const given = this.check(value, locals);
      if (!this.#bindings.isAssignable(field, given)) {
        const shown = formatType(this.#bindings.resolve(given));
        throw new SyntaxProblem(value.at, `the field ${quote(name)} takes ${formatType(field)}, not ${shown}`);
      }
    }
    return known.type;
  }

  #checkFold(fold: Fold, locals: Locals): StaticType {
    const range = this.#bindings.resolve(this.check(fold.range, locals));
    const start = this.check(fold.start, locals);
    this.#mixesNumbers = true;
    const outer = new Map([...locals, [gathered, start]]);
    const inner = new Map([...outer, [fold.element, this.#elementType(fold, range)]]);
    this.#expect(fold.goOn, bool, inner);
    this.#expect(fold.step, start, inner);
    return this.#bindings.resolve(this.check(fold.result, outer));
  }

  #elementType({ range: { at } }: Fold, range: StaticType): StaticType {
    if (range.kind === 'list') return range.element;
    if (range.kind === 'map') return range.key;
    if (range.kind !== 'dyn' && range.kind !== 'variable') {
      const advice = range.kind === 'any' ? '; write dyn(…) around it' : '';
      throw new SyntaxProblem(at, `a macro goes through a list or a map, not through ${formatType(range)}${advice}`);
    }
    this.#bindings.isAssignable(dyn, range);
    return dyn;
  }

  #expect(expression: Expression, wanted: StaticType, locals: Locals): void {
    const given = this.check(expression, locals);
    if (this.#bindings.isAssignable(wanted, given)) return;
    const [expected, shown] = [wanted, given].map((type) => formatType(this.#bindings.resolve(type)));
    throw new SyntaxProblem(expression.at, `${expected} is expected, not ${shown}`);
  }
}

function typeOfLiteral(value: unknown): StaticType {
  if (value === null) return nullType;
  if (value instanceof Uint) return uint;
  if (value instanceof Uint8Array) return bytes;
  if (typeof value === 'boolean') return bool;
  if (typeof value === 'bigint') return int;
  return typeof value === 'number' ? double : string;
}

/** `a.b.c`, where the expression is nothing but names with dots between them. */
export function qualifiedName(expression: Expression): string | undefined {
  if (expression.kind === 'name') return expression.name;
  if (expression.kind !== 'select' || expression.isTest) return undefined;
  const of = qualifiedName(expression.of);
  return of === undefined ? undefined : `${of}.${expression.field}`;
}

/** A function or an operator as a message names it. */
function describe(name: string, { target }: Call): string {
  if (name === '_[_]') return 'the index []';
  if (name === '_?_:_') return 'the operator ?:';
  const symbol = /^_?(\W+)_$/.exec(name)?.[1] ?? (name === '@in' ? 'in' : undefined);
  if (symbol !== undefined) return `the operator ${symbol}`;
  return `the ${target === undefined ? 'function' : 'method'} ${quote(name)}`;
}
