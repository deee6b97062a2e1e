import type { WorkKind } from '../../operations/gate.ts';

/** What a request is expected to be, by its bytes. */
export interface ExpectedRequest {
  readonly kind: WorkKind;
  readonly weight: number;
  /** Is told what it turned out to be. */
  readonly onKnown: (kind: WorkKind, weight: number) => void;
}

/** Bytes that take a millisecond to be read and understood; all that is asked with them takes one besides. */
export const weightOfBytes = (bytes: number) => 1 + bytes / (32 * 1024);

interface Known {
  readonly kind: WorkKind;
  readonly weight: number;
}

/** Documents that are remembered, and how long each may be: programs send few, again and again. */
const mostDocuments = 1000;
const longestDocument = 4096;
/** How much of the next request counts among those before it. */
const share = 0.1;

/**
 * Tells of what kind a request is before it is understood, which costs more than to refuse it: by what the same document was the last
 * times. It is only about where it waits: what a request is charged for, and where it is worked on, its document says.
 */
export class ExpectedWork {
  readonly #known = new Map<string, Known>();
  #meanWeight = 1;

  of(body: Buffer): ExpectedRequest {
    const document = documentIn(body);
    const known = document === undefined ? undefined : this.#known.get(document);
    return {
      // All that one caller writes waits in one line, also what turns out to be a preview: it keeps its order.
      kind: (document ?? body).includes('mutation') ? 'writes' : (known?.kind ?? 'display'),
      weight: Math.max(known?.weight ?? this.#meanWeight, weightOfBytes(body.length)),
      onKnown: (kind, weight) => this.#learn(document, kind, weight),
    };
  }

  #learn(document: string | undefined, kind: WorkKind, weight: number): void {
    this.#meanWeight += share * (weight - this.#meanWeight);
    if (document === undefined) return;
    const before = this.#known.get(document)?.weight ?? weight;
    // Last of all, so that the first is the one that nobody has sent for the longest time.
    this.#known.delete(document);
    this.#known.set(document, { kind, weight: before + share * (weight - before) });
    const [oldest] = this.#known.keys();
    if (this.#known.size > mostDocuments && oldest !== undefined) this.#known.delete(oldest);
  }
}

const [quotationMark, backslash] = [0x22, 0x5c];
const starts = ['"query":"', '"query": "'] as const;

/** As it stands in the JSON, letter by letter; undefined where it is not to be found at a glance. */
function documentIn(body: Buffer): string | undefined {
  for (const start of starts) {
    const at = body.indexOf(start, 0, 'latin1');
    if (at < 0) continue;
    const from = at + start.length;
    const end = endOfString(body, from);
    return end < 0 || end - from > longestDocument ? undefined : body.toString('latin1', from, end);
  }
  return undefined;
}

function endOfString(body: Buffer, from: number): number {
  let end = body.indexOf(quotationMark, from);
  while (end > from && isEscaped(body, from, end)) end = body.indexOf(quotationMark, end + 1);
  return end;
}

/** An odd number of backslashes stands before it. */
function isEscaped(body: Buffer, from: number, at: number): boolean {
  let first = at;
  while (first > from && body[first - 1] === backslash) first -= 1;
  return (at - first) % 2 === 1;
}
