/** Bars below each other, in panels with a scale each. */
export interface BarChart {
  readonly title: string;
  readonly subtitle: string;
  readonly panels: readonly BarPanel[];
}

export interface BarPanel {
  readonly title: string;
  readonly bars: readonly Bar[];
}

export interface Bar {
  readonly label: string;
  /** One after the other; a bar of one part has one colour. */
  readonly parts: readonly BarPart[];
  /** What stands at its end. */
  readonly text: string;
}

export interface BarPart {
  readonly value: number;
  readonly colour: Colour;
}

/** Names of colours that can be told apart on a light and on a dark ground. */
export type Colour = keyof typeof colours;

const colours = {
  first: { light: '#2f6db5', dark: '#6ea8e8' },
  second: { light: '#b8651b', dark: '#e9a15b' },
  third: { light: '#3d8558', dark: '#74c494' },
  fourth: { light: '#8a4fa3', dark: '#c493dc' },
  fifth: { light: '#7a7f87', dark: '#a3a9b3' },
} as const;

const width = 760;
const margin = 20;
const labelWidth = 210;
const textWidth = 130;
const barHeight = 16;
const rowHeight = 22;
const panelTop = 40;

/** The chart as an SVG that is readable on a light and on a dark page, and says in words what it shows. */
export function drawBarChart({ title, subtitle, panels }: BarChart): string {
  let top = 74;
  const drawn = panels.map((panel) => {
    const text = drawPanel(panel, top);
    top += panelTop + panel.bars.length * rowHeight + 8;
    return text;
  });
  const height = top + 4;
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" width="${width}" height="${height}" role="img" aria-labelledby="title">`,
    `<title id="title">${escapeXml(`${title}: ${subtitle}`)}</title>`,
    `<style>${style()}</style>`,
    `<rect class="ground" x="0.5" y="0.5" width="${width - 1}" height="${height - 1}" rx="8"/>`,
    `<text class="title" x="${margin}" y="34">${escapeXml(title)}</text>`,
    `<text class="quiet" x="${margin}" y="56">${escapeXml(subtitle)}</text>`,
    ...drawn,
    '</svg>\n',
  ].join('\n');
}

function drawPanel({ title, bars }: BarPanel, top: number): string {
  const longest = Math.max(...bars.map(lengthOf), Number.MIN_VALUE);
  const scale = (width - 2 * margin - labelWidth - textWidth) / longest;
  const rows = bars.map((bar, index) => drawBar(bar, top + panelTop - 8 + index * rowHeight, scale));
  return [`<text class="panel" x="${margin}" y="${top + 18}">${escapeXml(title)}</text>`, ...rows].join('\n');
}

function drawBar(bar: Bar, top: number, scale: number): string {
  let left = margin + labelWidth;
  const pieces = bar.parts.map(({ value, colour }) => {
    const piece = `<rect class="${colour}" x="${round(left)}" y="${top}" width="${round(value * scale)}" height="${barHeight}"/>`;
    left += value * scale;
    return piece;
  });
  const middle = top + barHeight - 4;
  return [
    `<text class="label" x="${margin + labelWidth - 10}" y="${middle}">${escapeXml(bar.label)}</text>`,
    ...pieces,
    `<text x="${round(left + 6)}" y="${middle}">${escapeXml(bar.text)}</text>`,
  ].join('\n');
}

function lengthOf({ parts }: Bar): number {
  return parts.reduce((total, { value }) => total + value, 0);
}

function style(): string {
  const of = (shade: 'light' | 'dark') =>
    Object.entries(colours)
      .map(([name, shades]) => `.${name}{fill:${shades[shade]}}`)
      .join('');
  const ground =
    'text{font:12px system-ui,sans-serif;fill:#1f2328}.title{font-size:18px;font-weight:600}.panel{font-weight:600}';
  const light = `${ground}.quiet{fill:#59636e}.label{text-anchor:end}.ground{fill:#ffffff;stroke:#d1d9e0}${of('light')}`;
  const dark = `text{fill:#f0f6fc}.quiet{fill:#9198a1}.ground{fill:#0d1117;stroke:#3d444d}${of('dark')}`;
  return `${light}@media(prefers-color-scheme:dark){${dark}}`;
}

function round(number: number): number {
  return Math.round(number * 10) / 10;
}

function escapeXml(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}
