import { quote } from '../../../base/text-problem.ts';
import type { LineProblem } from './schema.ts';

export interface SchemaToken {
  readonly kind: 'name' | 'symbol' | 'end';
  readonly text: string;
  readonly line: number;
}

/** A line of a schema that cannot be read; thrown while it is parsed, and a value for everybody else. */
export class SchemaSyntax extends Error implements LineProblem {
  readonly line: number;

  constructor(line: number, message: string) {
    super(message);
    this.line = line;
  }
}

const pattern =
  /(?<space>\s+|\/\/[^\n]*|\/\*[\s\S]*?\*\/)|(?<name>[\p{L}\p{Nd}_]+)|(?<symbol>->|\.\.\.|[{}()<>|+\-&/=:;#*.,])/uy;

/** What a body of CEL is made of, so that a brace in a text or a comment closes nothing. */
const celPiece =
  /[rR]"""[\s\S]*?"""|[rR]'''[\s\S]*?'''|[rR]"[^"\n]*"|[rR]'[^'\n]*'|"""(?:\\[\s\S]|[^\\])*?"""|'''(?:\\[\s\S]|[^\\])*?'''|"(?:\\.|[^"\\\n])*"|'(?:\\.|[^'\\\n])*'|\/\/[^\n]*|[\s\S]/y;

/** Cuts a schema into tokens, one after the other; spaces and comments are dropped. Throws `SchemaSyntax`. */
export class Tokens {
  readonly #text: string;
  #at = 0;
  #line: number;
  #peeked: SchemaToken | undefined;

  constructor(text: string, firstLine: number) {
    this.#text = text;
    this.#line = firstLine;
  }

  peek(): SchemaToken {
    this.#peeked ??= this.#read();
    return this.#peeked;
  }

  next(): SchemaToken {
    const token = this.peek();
    this.#peeked = undefined;
    return token;
  }

  /** The text up to the brace that closes the one just taken, which is taken too. */
  takeBody(): string {
    const [start, line] = [this.#at, this.#line];
    for (let depth = 1; this.#at < this.#text.length; ) {
      celPiece.lastIndex = this.#at;
      const [piece = ''] = celPiece.exec(this.#text) ?? [];
      this.#pass(piece);
      if (piece === '{') depth += 1;
      if (piece === '}') depth -= 1;
      if (depth === 0) return this.#text.slice(start, this.#at - 1);
    }
    throw new SchemaSyntax(line, 'The "{" is not closed; write "}" behind the expression.');
  }

  #read(): SchemaToken {
    while (this.#at < this.#text.length) {
      pattern.lastIndex = this.#at;
      const groups = pattern.exec(this.#text)?.groups;
      const text = groups?.space ?? groups?.name ?? groups?.symbol;
      if (text === undefined) throw this.#unreadable();
      const line = this.#line;
      this.#pass(text);
      if (groups?.space === undefined) return { kind: groups?.name === undefined ? 'symbol' : 'name', text, line };
    }
    return { kind: 'end', text: '', line: this.#line };
  }

  #pass(text: string): void {
    this.#at += text.length;
    this.#line += text.split('\n').length - 1;
  }

  #unreadable(): SchemaSyntax {
    const rest = this.#text.slice(this.#at);
    if (rest.startsWith('/*')) return new SchemaSyntax(this.#line, 'The comment is not closed; write "*/" behind it.');
    const [first = ''] = rest;
    return new SchemaSyntax(this.#line, `The character ${quote(first)} has no place in a schema.`);
  }
}
