import { isNode, isScalar, LineCounter, parseDocument } from 'yaml';

/** Where parts of a YAML text stand; what they say, `parseYaml` reads. */
export class YamlLines {
  readonly #counter = new LineCounter();
  readonly #document;

  constructor(text: string) {
    this.#document = parseDocument(text, { lineCounter: this.#counter });
  }

  /** Undefined where there is no such part. */
  find(path: readonly (string | number)[]): number | undefined {
    const node: unknown = this.#document.getIn(path, true);
    return isNode(node) ? this.#counter.linePos(node.range?.[0] ?? 0).line : undefined;
  }

  at(path: readonly (string | number)[]): number {
    return this.find(path) ?? 1;
  }

  /** How many lines stand before the first of a text: that of a block begins below its key. */
  before(key: string): number {
    const node: unknown = this.#document.get(key, true);
    const isBlock = isScalar(node) && (node.type === 'BLOCK_LITERAL' || node.type === 'BLOCK_FOLDED');
    return this.at([key]) - (isBlock ? 0 : 1);
  }
}
