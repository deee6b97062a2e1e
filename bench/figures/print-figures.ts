import { table } from '../print-report.ts';
import type { FiguresReport } from './figures-report.ts';
import {
  type Figure,
  figures,
  isReached,
  type PlaceName,
  placeNames,
  places,
  type SingleFigure,
  singleFigures,
  type Target,
} from './figures-to-reach.ts';

/** The table of the figures to reach, with what was measured beside each. */
export function printFigures(report: FiguresReport): string {
  const { machine, data } = report;
  return [
    `${machine.cores} cores of ${machine.processor}, ${machine.memoryGb} GB; PostgreSQL ${machine.postgres}; ${data.relationships} relationships`,
    '',
    table(figureRows(report)),
    '',
    table(singleRows(report)),
    '',
    growthSentence(report),
  ].join('\n');
}

export function figureRows(report: FiguresReport): readonly (readonly string[])[] {
  const heading = ['', ...placeNames.flatMap((name) => [places[name].title, 'to reach', ''])];
  return [
    heading,
    ...figures.map((figure) => [figure.name, ...placeNames.flatMap((name) => cellsAt(figure, name, report))]),
  ];
}

export function singleRows(report: FiguresReport): readonly (readonly string[])[] {
  const row = (figure: SingleFigure) => [figure.name, ...cells(figure, figure.target, figure.read(report))];
  return [['', 'measured', 'to reach', ''], ...singleFigures.map(row)];
}

/** What the growth of CPU was measured between. */
export function growthSentence({ growth }: FiguresReport): string {
  const [few, many] = [growth.at(0)?.relationships ?? 0, growth.at(-1)?.relationships ?? 0];
  if (few === many) return 'Growth is measured between two sizes only: see --growth-to.';
  return `CPU per page, of the answering process and PostgreSQL together, grows from ${words(few)} to ${words(many)} relationships.`;
}

function words(number: number): string {
  return number.toLocaleString('en');
}

function cellsAt(figure: Figure, name: PlaceName, report: FiguresReport): readonly string[] {
  return cells(figure, figure.targets[name], figure.read(report, places[name].level));
}

function cells(
  { unit, digits }: Pick<Figure, 'unit' | 'digits'>,
  target: Target,
  value: number | undefined,
): readonly string[] {
  const written = (number: number) => {
    const text = number.toLocaleString('en', { minimumFractionDigits: 0, maximumFractionDigits: digits });
    return unit === '' || unit === '×' || unit.startsWith('/') ? `${text}${unit}` : `${text} ${unit}`;
  };
  const bound = 'atMost' in target ? `≤ ${written(target.atMost)}` : `≥ ${written(target.atLeast)}`;
  if (value === undefined) return ['not measured', bound, ''];
  return [written(value), bound, isReached(target, value) ? 'met' : 'missed'];
}
