import { type Level, loadName, type Measurement, type Report } from '../report.ts';
import type { Scenario } from '../scenarios/scenario.ts';
import { type Bar, type BarPanel, type Colour, drawBarChart } from './bar-chart.ts';
import { written } from './written.ts';

/** One scenario on every level and in every size that was measured. */
export function drawScenario({ name, meaning }: Scenario, reports: readonly Report[]): string {
  const found = reports.flatMap(({ data, measurements }) =>
    measurements
      .filter(({ scenario }) => scenario === name)
      .map((measured) => ({ measured, size: data.relationships })),
  );
  const panels = [
    panel('Time of a request, 1 under way: p50, ms', found, isAlone, timeBar),
    panel('Processor time of a request, 1 under way: answering process, then PostgreSQL, ms', found, isAlone, cpuBar),
    panel('Answers per second, many under way', found, isCrowd, answersBar),
    panel('Time at a fixed rate, from the intended start: p50, then p99, ms', found, isOpen, openBar),
  ];
  return drawBarChart({ title: name, subtitle: meaning, panels: panels.filter(({ bars }) => bars.length > 0) });
}

interface Found {
  readonly measured: Measurement;
  readonly size: number;
}

type MakeBar = (measured: Measurement, label: string) => Bar | undefined;

function panel(
  title: string,
  found: readonly Found[],
  isMeant: (one: Measurement) => boolean,
  make: MakeBar,
): BarPanel {
  const bars = found.flatMap(({ measured, size }): readonly Bar[] => {
    if (!isMeant(measured)) return [];
    const rate = 'perSecond' in measured ? `, ${measured.perSecond}/s` : '';
    const bar = make(measured, `${measured.level}, ${size.toLocaleString('en')}${rate}`);
    return bar === undefined ? [] : [bar];
  });
  return { title, bars };
}

function isAlone(one: Measurement): boolean {
  return loadName(one) === '1';
}

function isCrowd(one: Measurement): boolean {
  return 'inFlight' in one && one.inFlight > 1;
}

function isOpen(one: Measurement): boolean {
  return 'perSecond' in one;
}

const colourOf = { engine: 'first', replica: 'fourth', http: 'second' } as const satisfies Readonly<
  Record<Level, Colour>
>;

function timeBar({ level, p50Ms }: Measurement, label: string): Bar {
  return { label, parts: [{ value: p50Ms, colour: colourOf[level] }], text: written(p50Ms) };
}

function cpuBar({ level, cpuMs, databaseCpuMs }: Measurement, label: string): Bar | undefined {
  if (cpuMs === undefined) return undefined;
  const own = { value: cpuMs, colour: colourOf[level] };
  if (databaseCpuMs === undefined) return { label, parts: [own], text: `${written(cpuMs)} + not known` };
  const parts = [own, { value: databaseCpuMs, colour: 'third' }] as const;
  return { label, parts, text: `${written(cpuMs)} + ${written(databaseCpuMs)}` };
}

function answersBar({ level, requestsPerSecond, answersPerRequest }: Measurement, label: string): Bar {
  const value = requestsPerSecond * answersPerRequest;
  return { label, parts: [{ value, colour: colourOf[level] }], text: Math.round(value).toLocaleString('en') };
}

function openBar({ level, p50Ms, p99Ms }: Measurement, label: string): Bar {
  const rest = { value: Math.max(0, p99Ms - p50Ms), colour: 'fifth' } as const;
  const parts = [{ value: p50Ms, colour: colourOf[level] }, rest];
  return { label, parts, text: `${written(p50Ms)} to ${written(p99Ms)}` };
}
