import type { ShadowComparison, ShadowResult } from './shadow-options.ts';

const name = 'postern_shadow_comparisons_total';

/** The most pairs of a type and a permission that are told apart; what is beyond counts as "other". */
const maxPairs = 200;

/** How often a result came of comparing decisions on a permission of a type. */
export interface ShadowCount {
  readonly type: string;
  readonly permission: string;
  readonly result: ShadowResult;
  readonly count: number;
}

export class ShadowCounts {
  readonly #byType = new Map<string, Map<string, Map<ShadowResult, number>>>();
  #pairs = 0;

  add({ type, permission, result }: Pick<ShadowComparison, 'type' | 'permission' | 'result'>): void {
    const results = this.#resultsOf(type, permission) ?? this.#open('other', 'other');
    results.set(result, (results.get(result) ?? 0) + 1);
  }

  list(): readonly ShadowCount[] {
    return [...this.#byType].flatMap(([type, permissions]) =>
      [...permissions].flatMap(([permission, results]) =>
        [...results].map(([result, count]) => ({ type, permission, result, count })),
      ),
    );
  }

  /** In the text format of Prometheus. */
  text(): string {
    const lines = this.list().map(({ type, permission, result, count }) => {
      const labels = `type="${escaped(type)}",permission="${escaped(permission)}",result="${result}"`;
      return `${name}{${labels}} ${count}\n`;
    });
    const help = `# HELP ${name} Decisions that were compared with those of the old system.\n# TYPE ${name} counter\n`;
    return help + lines.join('');
  }

  #resultsOf(type: string, permission: string): Map<ShadowResult, number> | undefined {
    const known = this.#byType.get(type)?.get(permission);
    if (known !== undefined || this.#pairs >= maxPairs) return known;
    this.#pairs += 1;
    return this.#open(type, permission);
  }

  #open(type: string, permission: string): Map<ShadowResult, number> {
    const permissions = this.#byType.get(type) ?? new Map<string, Map<ShadowResult, number>>();
    this.#byType.set(type, permissions);
    const results = permissions.get(permission) ?? new Map<ShadowResult, number>();
    permissions.set(permission, results);
    return results;
  }
}

function escaped(label: string): string {
  return label.replaceAll('\\', '\\\\').replaceAll('"', '\\"').replaceAll('\n', '\\n');
}
