import type { ModelModule, ModelSource } from './model-source.ts';

/** Where a relation, or a condition, is defined; line and column count from 1. */
export interface Place {
  readonly module: string | undefined;
  readonly line: number | undefined;
  readonly column: number | undefined;
}

/** The line that defines a relation of a type, in whichever module it is. */
export function findRelationPlace(source: ModelSource, type: string, relation: string): Place {
  return findPlace(source, (line, currentType) => {
    const match = /^\s*define\s+([^\s:]+)\s*:/.exec(line);
    return currentType === type && match?.[1] === relation ? line.indexOf(relation, line.indexOf('define') + 6) : -1;
  });
}

export function findConditionPlace(source: ModelSource, condition: string): Place {
  return findPlace(source, (line) => {
    const match = /^\s*condition\s+([^\s(]+)\s*\(/.exec(line);
    return match?.[1] === condition ? line.indexOf(condition, line.indexOf('condition') + 9) : -1;
  });
}

function findPlace(source: ModelSource, columnOf: (line: string, currentType: string | undefined) => number): Place {
  const texts: readonly Partial<ModelModule>[] = source.kind === 'dsl' ? [{ dsl: source.dsl }] : source.modules;
  for (const { name, dsl = '' } of texts) {
    let currentType: string | undefined;
    for (const [index, line] of dsl.split('\n').entries()) {
      currentType = /^\s*(?:extend\s+)?type\s+(\S+)/.exec(line)?.[1] ?? currentType;
      const column = columnOf(line, currentType);
      if (column >= 0) return { module: name, line: index + 1, column: column + 1 };
    }
  }
  return { module: undefined, line: undefined, column: undefined };
}
