import { quote } from '../../base/text-problem.ts';
import { literalOf } from './literals.ts';
import { expandMacro } from './macros.ts';
import { type Expression, SyntaxProblem } from './syntax.ts';
import { type Token, tokensOf } from './tokens.ts';

/** Reads an expression in CEL, as cel-go's parser with its standard macros. Throws a `SyntaxProblem`. */
export function parseExpression(text: string): Expression {
  const parser = new Parser(tokensOf(text));
  return parser.whole();
}

/** Words that are kept for later versions of the language: fields and methods may be named so, nothing else. */
const reserved: ReadonlySet<string> = new Set([
  ...['as', 'break', 'const', 'continue', 'else', 'for', 'function', 'if', 'import', 'let', 'loop', 'package'],
  ...['namespace', 'return', 'var', 'void', 'while'],
]);

type Rule = 'expression' | 'relation' | 'calculation' | 'member';

/** As in cel-go: how often a rule may be inside of itself. */
const maxDepth = 250;

const relations: ReadonlySet<string> = new Set(['<', '<=', '>=', '>', '==', '!=', 'in']);
const strengths: ReadonlyMap<string, number> = new Map([
  ...([
    ['+', 1],
    ['-', 1],
    ['*', 2],
    ['/', 2],
    ['%', 2],
  ] as const),
]);

class Parser {
  readonly #tokens: readonly Token[];
  readonly #depths = new Map<Rule, number>();
  #next = 0;

  constructor(tokens: readonly Token[]) {
    this.#tokens = tokens;
  }

  whole(): Expression {
    const expression = this.#expression();
    if (this.#token.kind !== 'end') throw this.#unexpected('an operator');
    return expression;
  }

  get #token(): Token {
    return this.#tokens[this.#next] ?? { kind: 'end', text: '', at: 0 };
  }

  #expression(): Expression {
    const leave = this.#enter('expression');
    const condition = this.#logical('||', () => this.#logical('&&', () => this.#relation()));
    const { at } = this.#token;
    if (!this.#takes('?')) return leave(condition);
    const yes = this.#logical('||', () => this.#logical('&&', () => this.#relation()));
    this.#expect(':');
    const no = this.#expression();
    return leave(call(at, '_?_:_', [condition, yes, no]));
  }

  #logical(symbol: '||' | '&&', operand: () => Expression): Expression {
    let left = operand();
    for (let { at } = this.#token; this.#takes(symbol); { at } = this.#token) {
      left = call(at, `_${symbol}_`, [left, operand()]);
    }
    return left;
  }

  #relation(): Expression {
    const leave = this.#enter('relation');
    let left = this.#calculation(1);
    while (relations.has(this.#token.text) && this.#token.kind === 'symbol') {
      const { at, text } = this.#take();
      leave.deeper();
      const right = this.#enter('relation')(this.#calculation(1));
      left = call(at, text === 'in' ? '@in' : `_${text}_`, [left, right]);
    }
    return leave(left);
  }

  #calculation(weakest: number): Expression {
    const leave = this.#enter('calculation');
    let left = this.#unary();
    for (;;) {
      const strength = this.#token.kind === 'symbol' ? (strengths.get(this.#token.text) ?? 0) : 0;
      if (strength < weakest) return leave(left);
      const { at, text } = this.#take();
      leave.deeper();
      left = call(at, `_${text}_`, [left, this.#calculation(strength + 1)]);
    }
  }

  /** Two signs in a row take each other away; a single minus before a number belongs to the number. */
  #unary(): Expression {
    const first = this.#token;
    if (first.kind !== 'symbol' || (first.text !== '!' && first.text !== '-')) return this.#member();
    const after = this.#tokens[this.#next + 1];
    if (first.text === '-' && (after?.kind === 'int' || after?.kind === 'double')) return this.#member();
    let count = 0;
    while (this.#takes(first.text)) count += 1;
    const operand = this.#member();
    return count % 2 === 0 ? operand : call(first.at, first.text === '!' ? '!_' : '-_', [operand]);
  }

  #member(): Expression {
    const leave = this.#enter('member');
    let left = this.#primary();
    for (;;) {
      const { at } = this.#token;
      if (this.#takes('.')) {
        leave.deeper();
        left = this.#field(left, at);
      } else if (this.#takes('[')) {
        leave.deeper();
        const index = this.#expression();
        this.#expect(']');
        left = call(at, '_[_]', [left, index]);
      } else return leave(left);
    }
  }

  #field(of: Expression, at: number): Expression {
    const { kind, text: field } = this.#token;
    if (kind !== 'name') throw this.#unexpected('the name of a field or a function');
    this.#take();
    if (this.#token.text !== '(' || this.#token.kind !== 'symbol')
      return { kind: 'select', at, of, field, isTest: false };
    const inputs = this.#inputs();
    return expandMacro(at, field, of, inputs) ?? { kind: 'call', at, name: field, target: of, inputs };
  }

  #inputs(): readonly Expression[] {
    this.#expect('(');
    const inputs: Expression[] = [];
    if (this.#takes(')')) return inputs;
    do inputs.push(this.#expression());
    while (this.#takes(','));
    this.#expect(')');
    return inputs;
  }

  #primary(): Expression {
    const { kind, text, at } = this.#token;
    if (kind === 'name') return this.#named('');
    if (kind !== 'symbol' && kind !== 'end') return { kind: 'literal', at, value: literalOf(this.#take()) };
    if (kind === 'symbol' && text === '.') {
      this.#take();
      if (this.#token.kind !== 'name') throw this.#unexpected('a name');
      return this.#named('.');
    }
    if (this.#takes('(')) {
      const inner = this.#expression();
      this.#expect(')');
      return inner;
    }
    if (this.#takes('[')) return { kind: 'list', at, items: this.#items(']', () => this.#expression()) };
    if (this.#takes('{')) return { kind: 'map', at, entries: this.#items('}', () => this.#entry()) };
    return this.#word();
  }

  #word(): Expression {
    const { at } = this.#token;
    if (this.#takes('true')) return { kind: 'literal', at, value: true };
    if (this.#takes('false')) return { kind: 'literal', at, value: false };
    if (this.#takes('null')) return { kind: 'literal', at, value: null };
    if (this.#takes('-')) {
      const { kind } = this.#token;
      if (kind === 'int' || kind === 'double') return { kind: 'literal', at, value: literalOf(this.#take(), '-') };
    }
    throw this.#unexpected('a value');
  }

  #items<Item>(end: ']' | '}', item: () => Item): readonly Item[] {
    const items: Item[] = [];
    if (this.#takes(',')) return this.#expect(end) ?? items;
    while (!this.#takes(end)) {
      items.push(item());
      if (!this.#takes(',')) return this.#expect(end) ?? items;
    }
    return items;
  }

  #entry(): readonly [Expression, Expression] {
    const key = this.#expression();
    this.#expect(':');
    return [key, this.#expression()];
  }

  #named(dot: '' | '.'): Expression {
    const message = this.#messageName();
    const { at, text } = this.#token;
    if (message !== undefined) {
      this.#next += message.tokens;
      return { kind: 'message', at, name: message.name, fields: this.#items('}', () => this.#messageField()) };
    }
    if (reserved.has(text)) throw new SyntaxProblem(at, `${quote(text)} is a reserved word`);
    this.#take();
    if (this.#token.kind !== 'symbol' || this.#token.text !== '(') return { kind: 'name', at, name: `${dot}${text}` };
    const inputs = this.#inputs();
    return expandMacro(at, `${dot}${text}`, undefined, inputs) ?? call(at, `${dot}${text}`, inputs);
  }

  /** Names with dots between them and a brace behind them begin a message; `tokens` includes the brace. */
  #messageName(): { readonly name: string; readonly tokens: number } | undefined {
    const names: string[] = [];
    for (let index = this.#next; this.#tokens[index]?.kind === 'name'; index += 2) {
      names.push(this.#tokens[index]?.text ?? '');
      const after = this.#tokens[index + 1];
      if (after?.kind === 'symbol' && after.text === '{') return { name: names.join('.'), tokens: names.length * 2 };
      if (after?.kind !== 'symbol' || after.text !== '.') return undefined;
    }
    return undefined;
  }

  #messageField(): readonly [string, Expression] {
    const { kind, text } = this.#token;
    if (kind !== 'name') throw this.#unexpected('the name of a field');
    this.#take();
    this.#expect(':');
    return [text, this.#expression()];
  }

  #take(): Token {
    const token = this.#token;
    this.#next += 1;
    return token;
  }

  #takes(symbol: string): boolean {
    const matches = this.#token.kind === 'symbol' && this.#token.text === symbol;
    if (matches) this.#next += 1;
    return matches;
  }

  #expect(symbol: string): undefined {
    if (!this.#takes(symbol)) throw this.#unexpected(quote(symbol));
  }

  #unexpected(expected: string): SyntaxProblem {
    const { kind, text, at } = this.#token;
    const found = kind === 'end' ? 'it ends' : `there is ${quote(text)}`;
    return new SyntaxProblem(at, `${found} where ${expected} is expected`);
  }

  /** Counts how deep a rule is in itself; the answer passes its expression on and takes back what was counted. */
  #enter(rule: Rule): Leave {
    let count = 0;
    const deeper = () => {
      count += 1;
      const depth = (this.#depths.get(rule) ?? 0) + 1;
      this.#depths.set(rule, depth);
      if (depth > maxDepth) throw new SyntaxProblem(this.#token.at, 'it is nested too deeply');
    };
    deeper();
    const leave = (expression: Expression) => {
      this.#depths.set(rule, (this.#depths.get(rule) ?? 0) - count);
      return expression;
    };
    return Object.assign(leave, { deeper });
  }
}

interface Leave {
  (expression: Expression): Expression;
  readonly deeper: () => void;
}

function call(at: number, name: string, inputs: readonly Expression[]): Expression {
  return { kind: 'call', at, name, target: undefined, inputs };
}
