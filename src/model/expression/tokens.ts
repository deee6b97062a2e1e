import { quote } from '../../base/text-problem.ts';
import { SyntaxProblem } from './syntax.ts';

export interface Token {
  readonly kind: 'name' | 'int' | 'uint' | 'double' | 'string' | 'bytes' | 'symbol' | 'end';
  readonly text: string;
  readonly at: number;
}

/** The words that are no names. */
const wordSymbols: ReadonlySet<string> = new Set(['in', 'true', 'false', 'null']);

const escapeSequence = String.raw`\\(?:[abfnrtv"'\\?${'`'}]|[0-3][0-7][0-7]|[xX][0-9a-fA-F]{2}|u[0-9a-fA-F]{4}|U[0-9a-fA-F]{8})`;
const quoted = [
  `"""(?:${escapeSequence}|[^\\\\])*?"""`,
  `'''(?:${escapeSequence}|[^\\\\])*?'''`,
  `"(?:${escapeSequence}|[^\\\\"\\n\\r])*"`,
  `'(?:${escapeSequence}|[^\\\\'\\n\\r])*'`,
  ...['[rR]"""[^]*?"""', "[rR]'''[^]*?'''", '[rR]"[^"\\n\\r]*"', "[rR]'[^'\\n\\r]*'"],
].join('|');

/** The longest comes first, as cel-go's lexer takes the longest. */
const pattern = new RegExp(
  [
    '(?<space>[\\t \\r\\n\\f]+|//[^\\n]*)',
    `(?<bytes>[bB](?:${quoted}))`,
    `(?<string>${quoted})`,
    '(?<name>[A-Za-z_][A-Za-z0-9_]*)',
    '(?<uint>(?:0x[0-9a-fA-F]+|[0-9]+)[uU])',
    '(?<double>[0-9]+\\.[0-9]+(?:[eE][+-]?[0-9]+)?|[0-9]+[eE][+-]?[0-9]+|\\.[0-9]+(?:[eE][+-]?[0-9]+)?)',
    '(?<int>0x[0-9a-fA-F]+|[0-9]+)',
    '(?<symbol>==|!=|<=|>=|&&|\\|\\||[<>[\\](){}.,\\-!?:+*/%])',
  ].join('|'),
  'uy',
);

/** Cuts a text into tokens; spaces and comments are dropped. Throws a `SyntaxProblem`. */
export function tokensOf(text: string): readonly Token[] {
  const tokens: Token[] = [];
  for (let at = 0; at < text.length; ) {
    pattern.lastIndex = at;
    const groups = pattern.exec(text)?.groups;
    const found = Object.entries(groups ?? {}).find(([, part]) => part !== undefined);
    if (found === undefined) throw new SyntaxProblem(at, unreadable(text.slice(at)));
    const [kind, part] = found as [Token['kind'] | 'space', string];
    if (kind !== 'space') tokens.push({ kind: wordSymbols.has(part) ? 'symbol' : kind, text: part, at });
    at += part.length;
  }
  return [...tokens, { kind: 'end', text: '', at: text.length }];
}

function unreadable(rest: string): string {
  const [first = ''] = rest;
  if (first === '"' || first === "'")
    return `the text that begins with ${first} has no end, or a wrong escapeSequence in it`;
  return `${quote(first)} has no meaning there`;
}
