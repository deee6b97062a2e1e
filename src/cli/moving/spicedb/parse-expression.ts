import { didYouMean } from '../../../base/did-you-mean.ts';
import { quote } from '../../../base/text-problem.ts';
import type { SchemaExpression } from './schema.ts';
import { shown, type TokenReader } from './token-reader.ts';
import { SchemaSyntax } from './tokens.ts';

/**
 * The expression of a permission. A union binds its operands tightest, then an intersection, then an exclusion, and operators
 * of one kind go from left to right: `a - b + c` is `a - (b + c)`, and `a + b & c` is `(a + b) & c`.
 */
export function parseExpression(tokens: TokenReader): SchemaExpression {
  let base = intersection(tokens);
  while (tokens.skip('-')) base = { kind: 'exclusion', base, subtracted: intersection(tokens) };
  return base;
}

function intersection(tokens: TokenReader): SchemaExpression {
  return joined('intersection', '&', tokens, union);
}

function union(tokens: TokenReader): SchemaExpression {
  return joined('union', '+', tokens, operand);
}

type Read = (tokens: TokenReader) => SchemaExpression;

function joined(kind: 'union' | 'intersection', symbol: string, tokens: TokenReader, read: Read): SchemaExpression {
  const first = read(tokens);
  const operands = [first];
  while (tokens.skip(symbol)) operands.push(read(tokens));
  return operands.length === 1 ? first : { kind, operands };
}

function operand(tokens: TokenReader): SchemaExpression {
  const { line } = tokens.peek();
  if (tokens.skip('(')) {
    const inner = parseExpression(tokens);
    tokens.take(')');
    return withoutArrow(tokens, inner);
  }
  if (tokens.skip('nil')) return { kind: 'nil', line };
  if (tokens.flags.has('self') && tokens.skip('self')) return { kind: 'self', line };
  const token = tokens.peek();
  if (token.kind !== 'name') {
    throw new SchemaSyntax(line, `Instead of ${shown(token)} there must be a relation, a permission or "(".`);
  }
  const { name } = tokens.name('a relation');
  return withoutArrow(tokens, arrowFrom(tokens, name, line));
}

/** `name`, `name->other`, `name.any(other)` or `name.all(other)`. */
function arrowFrom(tokens: TokenReader, through: string, line: number): SchemaExpression {
  if (tokens.skip('->')) {
    const { name } = tokens.name('a relation or a permission after "->"');
    return { kind: 'arrow', through, name, of: 'any', line };
  }
  if (!tokens.skip('.')) return { kind: 'name', name: through, line };
  const { name: of } = tokens.name('"any" or "all" after "."');
  if (of !== 'any' && of !== 'all') {
    const near = didYouMean(of, ['any', 'all']) || ' Write "any" or "all".';
    throw new SchemaSyntax(line, `${quote(of)} has no place after ${quote(`${through}.`)}.${near}`);
  }
  tokens.take('(');
  const { name } = tokens.name('a relation or a permission in parentheses');
  tokens.take(')');
  return { kind: 'arrow', through, name, of, line };
}

function withoutArrow(tokens: TokenReader, expression: SchemaExpression): SchemaExpression {
  const { text, line, kind } = tokens.peek();
  if (kind !== 'symbol' || (text !== '->' && text !== '.')) return expression;
  const message =
    'An arrow begins at a relation, and not at another arrow or in parentheses; name what stands before it.';
  throw new SchemaSyntax(line, message);
}
