import type { Metrics } from '../../base/metrics.ts';
import type { StatementEnd, StatementKind, StatementWatch } from '../../store/statement-watch.ts';

/** How long statements take, and how many rows they are about, by what they are for. */
export function measureStatements(metrics: Metrics): StatementWatch {
  const known = new Map<StatementKind, KindMeasures>();
  return {
    begin: (kind) => {
      const measures = known.get(kind) ?? measuresOf(metrics, kind);
      known.set(kind, measures);
      const startedAt = performance.now();
      return ({ rows }: StatementEnd) => {
        measures.seconds((performance.now() - startedAt) / 1000);
        if (rows === undefined) metrics.count('postern_statement_failures_total', [kind]);
        else measures.rows(rows);
      };
    },
  };
}

interface KindMeasures {
  readonly seconds: (value: number) => void;
  readonly rows: (value: number) => void;
}

function measuresOf(metrics: Metrics, kind: StatementKind): KindMeasures {
  return {
    seconds: metrics.measureOf('postern_statement_duration_seconds', [kind]),
    rows: metrics.measureOf('postern_statement_rows', [kind]),
  };
}
