import { readFile } from 'node:fs/promises';
import { describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { definitionOf, type MetricName, metricNames } from '../../src/base/metric-table.ts';
import { type MadeSeries, readPromql, secondsOf } from './promql.ts';

interface Alert {
  readonly alert: string;
  readonly expr: string;
  readonly for?: string;
  readonly annotations: Readonly<Record<'summary' | 'runbook', string>>;
}

const rules: { readonly groups: readonly { readonly rules: readonly Alert[] }[] } = parse(
  await readFile('ops/alerts.yaml', 'utf8'),
);
const alerts = rules.groups.flatMap((group) => group.rules);
const dashboard: { readonly panels: readonly { readonly targets?: readonly { readonly expr: string }[] }[] } =
  JSON.parse(await readFile('ops/dashboard.json', 'utf8'));
const running = await readFile('docs/running.md', 'utf8');

const functions = ['sum', 'max', 'min', 'count', 'rate', 'increase', 'histogram_quantile', 'by', 'and', 'offset', 'le'];

/** Metrics and labels of an expression that no server tells. */
function unknownIn(expression: string): readonly string[] {
  const text = expression.replaceAll(/"[^"]*"|\[[^\]]*\]|offset \w+/g, '');
  const grouped = [...text.matchAll(/by \(([^)]*)\)/g)].flatMap(([, names = '']) => names.split(/,\s*/));
  const matched = [...text.matchAll(/([a-z]\w*)\s*=~?/g)].map(([, name = '']) => name);
  const words = [...text.matchAll(/[a-zA-Z_]\w*/g)].map(([word]) => word);
  const metrics = words.filter(
    (word) => !functions.includes(word) && !grouped.includes(word) && !matched.includes(word),
  );
  const labels = new Set(['le', 'worker', 'instance', ...metrics.flatMap(labelsOf)]);
  return [
    ...metrics.filter((metric) => nameOf(metric) === undefined),
    ...[...grouped, ...matched].filter((label) => !labels.has(label)),
  ];
}

/** Histograms are told as three. */
function nameOf(metric: string): MetricName | undefined {
  return metricNames.find((name) => {
    if (definitionOf(name).kind !== 'histogram') return name === metric;
    return [`${name}_bucket`, `${name}_sum`, `${name}_count`].includes(metric);
  });
}

function labelsOf(metric: string): readonly string[] {
  const name = nameOf(metric);
  return name === undefined ? [] : definitionOf(name).labels;
}

describe('what is asked of Prometheus', () => {
  const panels = dashboard.panels.flatMap(({ targets = [] }) => targets.map(({ expr }) => expr));
  test.each([...panels, ...alerts.map(({ expr }) => expr)])('%s is told by servers', (expression) => {
    expect(unknownIn(expression)).toEqual([]);
  });

  test('names that no server tells are found', () => {
    expect(unknownIn('sum by (nothing) (rate(postern_decision_total{decision="deny",cod="x"}[5m]))')).toEqual([
      'postern_decision_total',
      'nothing',
      'decision',
      'cod',
    ]);
  });

  test('every metric is on the dashboard', () => {
    const shown = panels.join(' ');
    expect(metricNames.filter((name) => !shown.includes(name))).toEqual([]);
  });
});

test.each(alerts.map((alert) => [alert.alert, alert] as const))(
  '%s says what to do, in a row of its own',
  (name, alert) => {
    expect(alert.annotations.runbook).toBe(`docs/running.md#${name.toLowerCase()}`);
    expect(running).toMatch(new RegExp(`^\\| <a id="${name.toLowerCase()}"></a>\`${name}\` \\| .+ \\| .+ \\|$`, 'm'));
  },
);

test('there is no row for an alert that is none', () => {
  const rows = [...running.matchAll(/<a id="\w+"><\/a>`(\w+)`/g)].map(([, name]) => name);
  expect(rows).toEqual(alerts.map(({ alert }) => alert));
});

/** A month in which nothing happens but what a scene says, by seconds until now. */
const now = secondsOf('5w');
type Rate = (ago: number) => number;

function counter(metric: string, labels: Readonly<Record<string, string>>, rate: Rate): MadeSeries {
  // By minutes, which is as exact as any of the alerts is.
  const sums = new Float64Array(now / 60 + 1);
  for (let minute = 1; minute < sums.length; minute += 1) {
    sums[minute] = (sums[minute - 1] ?? 0) + 60 * rate(now - minute * 60);
  }
  return { metric, labels, at: (seconds) => sums[Math.max(0, Math.round(seconds / 60))] ?? 0 };
}

const gauge = (metric: string, value: Rate): MadeSeries => ({
  metric,
  labels: {},
  at: (seconds) => value(now - seconds),
});
const always =
  (rate: number): Rate =>
  () =>
    rate;
const lately = (time: string, rate: number, before = 0): Rate => {
  return (ago) => (ago < secondsOf(time) ? rate : before);
};
const requests = (good: Rate, bad: Rate, outcome = 'unavailable') => [
  counter('postern_requests_total', { outcome: 'ok' }, good),
  counter('postern_requests_total', { outcome }, bad),
];
const checks = (fast: Rate, all: Rate) => {
  const labels = { door: 'graphql', operation: 'viewer' };
  return [
    counter('postern_request_duration_seconds_bucket', { ...labels, le: '0.05' }, fast),
    counter('postern_request_duration_seconds_count', labels, all),
  ];
};
const decisions = (denied: Rate, undecided: Rate = always(0)) => [
  counter('postern_decisions_total', { decision: 'allow' }, always(10)),
  counter('postern_decisions_total', { decision: 'deny' }, denied),
  counter('postern_decisions_total', { decision: 'undecided' }, undecided),
];

test.each<readonly [scene: string, series: readonly MadeSeries[], fires: readonly string[]]>([
  ['nothing is asked', requests(always(0), always(0)), []],
  [
    'all is well',
    [...requests(always(100), always(0)), ...checks(always(99.9), always(100)), ...decisions(always(1))],
    [],
  ],
  ['whatever is denied, for long', [...requests(always(100), always(0)), ...decisions(always(1000))], []],
  ['0.9 times the budget', requests(always(100), always(100 * 0.0005 * 0.9)), []],
  [
    '1.2 times the budget for days',
    requests(always(100), always(100 * 0.0005 * 1.2)),
    ['PosternAvailabilityBurnsSlowly'],
  ],
  [
    '7 times the budget for 6 hours',
    requests(always(100), lately('6h', 100 * 0.0005 * 7)),
    ['PosternAvailabilityBurns'],
  ],
  [
    '15 times the budget for an hour',
    requests(always(100), lately('1h', 100 * 0.0005 * 15)),
    ['PosternAvailabilityBurnsFast'],
  ],
  [
    '15 times the budget, refused for lack of room',
    requests(always(100), lately('1h', 100 * 0.0005 * 15), 'shed'),
    ['PosternAvailabilityBurnsFast'],
  ],
  [
    'everything for an hour that is over',
    requests(always(100), (ago) => (ago > 600 && ago < 3600 ? 100 : 0)),
    // The last half hour and six hours still show it.
    ['PosternAvailabilityBurns', 'PosternAvailabilityBurnsSlowly'],
  ],
  ['one of three requests of a day', requests(lately('1h', 2 / 3600), lately('1h', 1 / 3600)), []],
  ['what callers do wrong', requests(always(1), always(100), 'invalid'), []],
  ['two of a hundred checks take long', checks(always(98), always(100)), ['PosternIsSlow']],
  ['connections are waited for', [gauge('postern_database_waiting', lately('6m', 3))], ['PosternWaitsForConnections']],
  ['connections are waited for, for a moment', [gauge('postern_database_waiting', lately('3m', 3))], []],
  ['a thread is busy', [gauge('nodejs_eventloop_utilization', lately('11m', 0.97))], ['PosternThreadIsBusy']],
  ['much is refused', [counter('postern_shed_total', {}, lately('15m', 5))], ['PosternRefusesForLackOfRoom']],
  ['a caller asks too much', requests(always(100), lately('15m', 30), 'limited'), ['PosternLimitsCallers']],
  ['a caller asks too much for a moment', requests(always(100), lately('3m', 30), 'limited'), []],
  [
    'keys cannot be read',
    [counter('postern_key_problems_total', {}, lately('20m', 1 / 60))],
    ['PosternKeysCannotBeRead'],
  ],
  ['keys could not be read once', [counter('postern_key_problems_total', {}, lately('1m', 1 / 60))], []],
  ['a replica does not come', [gauge('postern_replica_loaded', lately('20m', 0, 1))], ['PosternReplicaIsAway']],
  ['a replica is loaded again', [gauge('postern_replica_loaded', lately('2m', 0, 1))], []],
  [
    'a standby answers nothing',
    [
      counter('postern_standby_questions_total', { standby: '1', outcome: 'answered' }, (ago) => (ago > 2400 ? 50 : 0)),
      counter('postern_standby_questions_total', { standby: '1', outcome: 'left' }, lately('40m', 1 / 16)),
      counter('postern_standby_questions_total', { standby: '2', outcome: 'answered' }, always(50)),
      counter('postern_standby_questions_total', { standby: '2', outcome: 'left' }, always(0.1)),
    ],
    ['PosternStandbyDoesNotAnswer'],
  ],
  [
    'a standby was away for a moment',
    [
      counter('postern_standby_questions_total', { standby: '1', outcome: 'answered' }, always(50)),
      counter('postern_standby_questions_total', { standby: '1', outcome: 'left' }, lately('5m', 10)),
    ],
    [],
  ],
  ['a condition has no parameter', decisions(always(1), lately('30m', 2)), ['PosternCannotDecide']],
  [
    'lines of decisions are lost',
    [counter('postern_decision_log_lines_total', { outcome: 'dropped' }, lately('25m', 1))],
    ['PosternLosesDecisionLines'],
  ],
  [
    'all lines of decisions are written',
    [counter('postern_decision_log_lines_total', { outcome: 'written' }, lately('25m', 1))],
    [],
  ],
  ['somebody lost a right', decisions(lately('2h', 8, 0.5)), ['PosternDeniesMoreThanUsual']],
])('%s', (_scene, series, expected) => {
  const firing = alerts.filter(({ expr, for: lasting = '0s' }) => {
    const evaluate = readPromql(expr);
    const lastingSeconds = secondsOf(lasting);
    for (let at = now - lastingSeconds; at <= now; at += 60) if (evaluate(series, at).length === 0) return false;
    return true;
  });
  expect(firing.map(({ alert }) => alert)).toEqual(expected);
});
