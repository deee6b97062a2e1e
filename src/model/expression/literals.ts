import { parseDouble } from './double-text.ts';
import { SyntaxProblem } from './syntax.ts';
import type { Token } from './tokens.ts';
import { isInt, isUint, Uint, type Value } from './values.ts';

/** The value that a literal spells. Throws a `SyntaxProblem`. */
export function literalOf(token: Token, sign = ''): Value {
  switch (token.kind) {
    case 'int': {
      const value = BigInt(token.text) * (sign === '-' ? -1n : 1n);
      if (isInt(value)) return value;
      throw new SyntaxProblem(token.at, `${sign}${token.text} is no int: it needs more than 64 bits`);
    }
    case 'uint': {
      const value = BigInt(token.text.slice(0, -1));
      if (isUint(value)) return new Uint(value);
      throw new SyntaxProblem(token.at, `${token.text} is no uint: it needs more than 64 bits`);
    }
    case 'double': {
      const value = parseDouble(`${sign}${token.text}`);
      if (value !== undefined) return value;
      throw new SyntaxProblem(token.at, `${token.text} is larger than any double`);
    }
    case 'bytes':
      return bytesOf(token);
    default:
      return textOf(token);
  }
}

interface Quoted {
  readonly content: string;
  readonly isRaw: boolean;
}

function contentOf(text: string): Quoted {
  const isRaw = /^[rR]/.test(text);
  const body = (isRaw ? text.slice(1) : text).replaceAll(/\r\n?/g, '\n');
  const marks = body.length >= 6 && (body.startsWith('"""') || body.startsWith("'''")) ? 3 : 1;
  return { content: body.slice(marks, -marks), isRaw };
}

const escapes = /\\(?:([abfnrtv"'\\?`])|([0-3][0-7][0-7])|[xX]([0-9a-fA-F]{2})|u([0-9a-fA-F]{4})|U([0-9a-fA-F]{8}))/g;

const named: ReadonlyMap<string, string> = new Map([
  ...([
    ['a', '\u0007'],
    ['b', '\b'],
    ['f', '\f'],
    ['n', '\n'],
    ['r', '\r'],
    ['t', '\t'],
    ['v', '\v'],
  ] as const),
]);

function textOf(token: Token): string {
  const { content, isRaw } = contentOf(token.text);
  if (isRaw) return content;
  return content.replaceAll(
    escapes,
    (_whole, one?: string, octal?: string, hex?: string, four?: string, eight?: string) => {
      if (one !== undefined) return named.get(one) ?? one;
      const code = octal === undefined ? Number.parseInt(hex ?? four ?? eight ?? '', 16) : Number.parseInt(octal, 8);
      if (code <= 0x10ffff && (code < 0xd800 || code > 0xdfff)) return String.fromCodePoint(code);
      throw new SyntaxProblem(token.at, 'an escape in the text names no character');
    },
  );
}

/** In bytes, octal and hexadecimal escapes are bytes, and there are no others with numbers. */
function bytesOf(token: Token): Uint8Array {
  const { content, isRaw } = contentOf(token.text.slice(1));
  if (isRaw) return Buffer.from(content);
  const parts: Buffer[] = [];
  let end = 0;
  for (const match of content.matchAll(escapes)) {
    const [whole, one, octal, hex] = match;
    if (one === undefined && octal === undefined && hex === undefined) {
      throw new SyntaxProblem(token.at, 'bytes have no escapes for characters');
    }
    parts.push(Buffer.from(content.slice(end, match.index)));
    const code = octal === undefined ? Number.parseInt(hex ?? '', 16) : Number.parseInt(octal, 8);
    parts.push(one === undefined ? Buffer.from([code]) : Buffer.from(named.get(one) ?? one));
    end = match.index + whole.length;
  }
  return Buffer.concat([...parts, Buffer.from(content.slice(end))]);
}
