import { type ModelModule, type ModelSource, nowhere, type Place } from './model-source.ts';

/** What a problem is about: a type, a relation of it, a name in the relation's definition, a condition, or the schema. */
export type Spot =
  | { readonly kind: 'type'; readonly type: string }
  | {
      readonly kind: 'relation';
      readonly type: string;
      readonly relation: string;
      readonly part?: NamedPart | undefined;
    }
  | { readonly kind: 'condition'; readonly condition: string; readonly expression?: ExpressionPart | undefined }
  | { readonly kind: 'schema' };

/** A name in a definition, and the word or sign that stands before it: `#viewer`, `from parent`, `with late`. */
export interface NamedPart {
  readonly name: string;
  readonly behind?: '#' | 'from' | 'with';
}

/** A place in the expression of a condition, in UTF-16 units. */
export interface ExpressionPart {
  readonly text: string;
  readonly at: number;
}

interface Line {
  readonly place: Place;
  readonly text: string;
}

/** Finds places in a model's text: it is read once, whatever the number of problems. */
export class Places {
  readonly #lines = new Map<string, Line>();
  readonly #texts: readonly Partial<ModelModule>[];

  constructor(source: ModelSource) {
    this.#texts = source.kind === 'dsl' ? [{ dsl: source.dsl }] : source.modules;
    for (const { name, dsl = '' } of this.#texts) this.#read(name, dsl);
  }

  /** The first place of what the problem is about; of a type that is defined twice, the second. */
  of(spot: Spot): Place {
    const line = this.#lines.get(keyOf(spot));
    if (line === undefined) return nowhere;
    if (spot.kind === 'condition') return this.#inExpression(line.place, spot.expression);
    if (spot.kind !== 'relation' || spot.part === undefined) return line.place;
    const column = columnOf(line.text, spot.part);
    return column === undefined ? line.place : { ...line.place, column };
  }

  /** The first place behind the name of the condition where the expression stands; the name, if it is written otherwise. */
  #inExpression(name: Place, expression: ExpressionPart | undefined): Place {
    const text = this.#texts.find((module) => module.name === name.module)?.dsl ?? '';
    const lines = text.split('\n').slice(0, (name.line ?? 1) - 1);
    const behind = lines.reduce((length, line) => length + line.length + 1, 0) + (name.column ?? 0);
    const start = expression === undefined ? -1 : text.indexOf(expression.text, behind);
    if (expression === undefined || start < 0) return name;
    const before = text.slice(0, start + expression.at).split('\n');
    return { module: name.module, line: before.length, column: (before.at(-1) ?? '').length + 1 };
  }

  #read(module: string | undefined, dsl: string): void {
    for (const { spot, isExtension, line, column, text } of definitionsIn(dsl)) {
      const key = keyOf(spot);
      const isAgain = spot.kind === 'type' && !isExtension;
      if (this.#lines.has(key) && !isAgain) continue;
      this.#lines.set(key, { place: { module, line, column }, text });
    }
  }
}

/** A line of a model's text that defines something. */
export interface DefinitionLine {
  readonly spot: Spot;
  /** Whether it only adds to a type that is defined elsewhere. */
  readonly isExtension: boolean;
  /** Where the name stands; both count from 1. */
  readonly line: number;
  readonly column: number;
  readonly text: string;
  /** The comment lines right above it, without their `#`. */
  readonly comment: readonly string[];
}

/** The lines of a text that define something, in their order. */
export function definitionsIn(dsl: string): readonly DefinitionLine[] {
  const lines: DefinitionLine[] = [];
  let type = '';
  let comment: string[] = [];
  for (const [index, text] of dsl.split('\n').entries()) {
    const [, said] = /^\s*#(.*)$/s.exec(text) ?? [];
    if (said !== undefined) comment.push(said.trim());
    const [head = '', extension, word = '', name = ''] =
      /^\s*(extend\s+)?(type|define|condition|schema)\s+([^\s:(#]+)/.exec(text) ?? [];
    if (word === 'type') type = name;
    const spot = spotOf(word, type, name);
    const column = head.length - name.length + 1;
    if (spot !== undefined)
      lines.push({ spot, isExtension: extension !== undefined, line: index + 1, column, text, comment });
    if (said === undefined) comment = [];
  }
  return lines;
}

function spotOf(word: string, type: string, name: string): Spot | undefined {
  if (word === 'type') return { kind: 'type', type };
  if (word === 'define') return { kind: 'relation', type, relation: name };
  if (word === 'condition') return { kind: 'condition', condition: name };
  return word === 'schema' ? { kind: 'schema' } : undefined;
}

/** Equal for what is about the same definition. */
export function keyOf(spot: Spot): string {
  if (spot.kind === 'relation') return JSON.stringify(['relation', spot.type, spot.relation]);
  return JSON.stringify([
    spot.kind,
    spot.kind === 'type' ? spot.type : spot.kind === 'condition' ? spot.condition : '',
  ]);
}

/** Where a name begins behind the colon of a definition. */
function columnOf(text: string, { name, behind }: NamedPart): number | undefined {
  const colon = text.indexOf(':');
  const escaped = name.replaceAll(/[^A-Za-z0-9_]/g, '\\$&');
  // What stands before the name is looked at where there is the name only: there may be much room between them.
  const before = behind === undefined ? '(?<![A-Za-z0-9_./#-])' : '';
  const after = behind === undefined ? '' : `(?<=${behind}\\s*${escaped})`;
  const found = new RegExp(`${before}${escaped}${after}(?![A-Za-z0-9_./-])`).exec(text.slice(colon + 1));
  return found === null ? undefined : colon + found.index + 2;
}
