import type { Caveat, CaveatParameter, CaveatType } from './schema.ts';
import type { TokenReader } from './token-reader.ts';

/** `caveat name(parameter type, …) { expression in CEL }` */
export class CaveatParser {
  readonly #tokens: TokenReader;

  constructor(tokens: TokenReader) {
    this.#tokens = tokens;
  }

  read(): Caveat {
    const path = this.#tokens.path('the name of a caveat');
    this.#tokens.take('(');
    const parameters: CaveatParameter[] = [];
    while (!this.#tokens.skip(')')) {
      if (parameters.length > 0) this.#tokens.take(',');
      const parameter = this.#tokens.name('a parameter');
      parameters.push({ ...parameter, type: this.#type() });
    }
    return { ...path, parameters, expression: this.#tokens.takeBody() };
  }

  #type(): CaveatType {
    const { name } = this.#tokens.name('the type of a parameter');
    if (!this.#tokens.skip('<')) return { name, of: [] };
    const of = [this.#type()];
    while (this.#tokens.skip(',')) of.push(this.#type());
    this.#tokens.take('>');
    return { name, of };
  }
}

/** As it is written: `list<string>`. */
export function formatCaveatType({ name, of }: CaveatType): string {
  return of.length === 0 ? name : `${name}<${of.map(formatCaveatType).join(', ')}>`;
}
