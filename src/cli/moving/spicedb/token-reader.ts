import { quote } from '../../../base/text-problem.ts';
import type { Placed } from './schema.ts';
import { SchemaSyntax, type SchemaToken, Tokens } from './tokens.ts';

/** Tokens, taken by what is expected of them; throws `SchemaSyntax` with what is missing. */
export class TokenReader {
  /** The flags so far: a word may be a keyword with one, and a name without. */
  readonly flags = new Set<string>();
  readonly #tokens: Tokens;

  constructor(text: string, firstLine: number) {
    this.#tokens = new Tokens(text, firstLine);
  }

  next(): SchemaToken {
    return this.#tokens.next();
  }

  peek(): SchemaToken {
    return this.#tokens.peek();
  }

  /** Takes the text if it is next; says whether it was. */
  skip(text: string): boolean {
    const isNext = this.#tokens.peek().kind !== 'end' && this.#tokens.peek().text === text;
    if (isNext) this.#tokens.next();
    return isNext;
  }

  take(text: string): SchemaToken {
    const token = this.#tokens.next();
    if (token.kind !== 'end' && token.text === text) return token;
    throw new SchemaSyntax(token.line, `${quote(text)} is missing before ${shown(token)}.`);
  }

  name(what: string): Placed {
    const { kind, text, line } = this.#tokens.next();
    if (kind === 'name') return { name: text, line };
    throw new SchemaSyntax(line, `Instead of ${shown({ kind, text, line })} there must be ${what}.`);
  }

  /** A name with as many `/` before it as there are: `docs/document`. */
  path(what: string): Placed {
    const { name, line } = this.name(what);
    const parts = [name];
    while (this.skip('/')) parts.push(this.name(what).name);
    return { name: parts.join('/'), line };
  }

  takeBody(): string {
    this.take('{');
    return this.#tokens.takeBody();
  }
}

export function shown({ kind, text }: SchemaToken): string {
  return kind === 'end' ? 'the end' : quote(text);
}
