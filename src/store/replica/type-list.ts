import { inTurns } from './in-turns.ts';
import type { NodeSet } from './node-set.ts';
import type { TypePage } from './replica-feed.ts';

/** Objects with the numbers of their types, as they were read. */
export class TypeList {
  readonly #pages: { readonly nodes: Float64Array; readonly types: Uint16Array }[] = [];
  #bytes = 0;

  get bytes(): number {
    return this.#bytes;
  }

  add({ nodes, types }: TypePage): void {
    const page = { nodes: Float64Array.from(nodes), types: Uint16Array.from(types) };
    this.#pages.push(page);
    this.#bytes += page.nodes.byteLength + page.types.byteLength;
  }

  readonly tell = async (_nodes: NodeSet, tell: (node: number, type: number) => void): Promise<void> => {
    for (const { nodes, types } of this.#pages) {
      await inTurns(nodes.length, (index) => tell(nodes[index] ?? 0, types[index] ?? 0));
    }
  };
}
